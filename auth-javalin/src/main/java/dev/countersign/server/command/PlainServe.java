package dev.countersign.server.command;

import dev.countersign.server.DemoMode;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ConfigLoader;
import dev.countersign.server.config.Setting;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A command line that only starts the server with known flags, each once: read without the library for command lines, whose classes take a good part of
 * the time of a start. Everything else, also what only looks wrong, is left to the library.
 */
final class PlainServe {

    private final Map<Setting, String> flags = new EnumMap<>(Setting.class);
    private @Nullable String file;
    private DemoMode demo = DemoMode.NONE;

    private PlainServe() {}

    /** {@return what the arguments say; empty if they are of any other form} */
    static Optional<PlainServe> of(String... arguments) {
        PlainServe plain = new PlainServe();
        Iterator<String> words = Arrays.asList(arguments).iterator();
        boolean isFirst = true;
        while (words.hasNext()) {
            String word = words.next();
            if (!(isFirst && word.equals("serve")) && !plain.takes(word, words)) {
                return Optional.empty();
            }
            isFirst = false;
        }
        return Optional.of(plain);
    }

    private boolean takes(String word, Iterator<String> further) {
        if (word.equals("--demo") && demo == DemoMode.NONE) {
            demo = DemoMode.THIS_MACHINE;
            return true;
        }
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        if (!name.startsWith("--") || (equals < 0 && !further.hasNext())) {
            return false;
        }
        String value = equals < 0 ? further.next() : word.substring(equals + 1);
        return isPlain(value) && put(name, value);
    }

    /** Whether the library would take a value as it is: it gives quotes, the sign of a file of arguments and a hyphen a meaning. */
    private static boolean isPlain(String value) {
        return !value.isEmpty() && "-@'\"".indexOf(value.charAt(0)) < 0;
    }

    private boolean put(String name, String value) {
        if (name.equals(ConfiguredCommand.FILE)) {
            boolean isNew = file == null;
            file = value;
            return isNew;
        }
        for (Setting setting : Setting.values()) {
            if (setting.flag().equals(name)) {
                return flags.put(setting, value) == null;
            }
        }
        return false;
    }

    int run(Terminal terminal) throws ConfigException {
        ConfigLoader loader = new ConfigLoader(terminal.environment());
        return Serving.start(loader.load(flags, Optional.ofNullable(file)), demo, terminal);
    }
}
