package dev.countersign.server.command;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import dev.countersign.server.config.ConfigException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decodes arguments and environment as UTF-8. The JVM decodes them with the locale's encoding, and under LC_ALL=C loses every non-ASCII letter. On
 * Linux /proc has the original bytes; on other systems a text with lost letters is refused.
 */
final class ProcessText {

    private static final char LOST = '\uFFFD';
    private static final String OURS = "AUTH_";
    private static final String ADVICE = ": start it with LC_ALL=C.UTF-8 and give it as UTF-8";

    private final Path folder;

    /** The text of this process. */
    ProcessText() {
        this(Path.of("/proc/self"));
    }

    ProcessText(Path folder) {
        this.folder = folder;
    }

    String[] arguments(String... given) throws ConfigException {
        List<String> raw = parts("cmdline");
        String[] decoded = given.clone();
        for (int i = 0; i < given.length; i++) {
            if (isAscii(given[i])) {
                continue;
            }
            // The entries before the arguments are the JVM and its options.
            String bytes = raw.size() > given.length ? raw.get(raw.size() - given.length + i) : "";
            decoded[i] = utf8(bytes.isEmpty() ? given[i] : bytes, bytes.isEmpty(), "argument " + (i + 1));
        }
        return decoded;
    }

    Map<String, String> environment(Map<String, String> given) throws ConfigException {
        if (given.values().stream().allMatch(ProcessText::isAscii)) {
            return given;
        }
        Map<String, String> raw = new HashMap<>();
        for (String entry : parts("environ")) {
            int equals = entry.indexOf('=');
            if (equals > 0) {
                raw.put(entry.substring(0, equals), entry.substring(equals + 1));
            }
        }
        Map<String, String> decoded = new HashMap<>(given);
        for (Map.Entry<String, String> variable : given.entrySet()) {
            String name = variable.getKey();
            if (!isAscii(variable.getValue())) {
                String bytes = raw.getOrDefault(name, "");
                try {
                    String text = bytes.isEmpty() ? variable.getValue() : bytes;
                    decoded.put(name, utf8(text, bytes.isEmpty(), "the environment variable " + name));
                } catch (ConfigException lost) {
                    if (name.startsWith(OURS)) {
                        throw lost;
                    }
                }
            }
        }
        return decoded;
    }

    /** The parts of a file in /proc, separated by NUL, with one character for each byte. */
    private List<String> parts(String file) {
        try {
            String all = Files.readString(folder.resolve(file), StandardCharsets.ISO_8859_1);
            return Splitter.on('\0').splitToList(all.endsWith("\0") ? all.substring(0, all.length() - 1) : all);
        } catch (IOException elsewhere) {
            return List.of();
        }
    }

    private static String utf8(String text, boolean isDecoded, String what) throws ConfigException {
        if (isDecoded) {
            if (text.indexOf(LOST) >= 0) {
                throw new ConfigException(what + " has letters that are lost under this process's locale ("
                        + System.getProperty("sun.jnu.encoding") + ")" + ADVICE);
            }
            return text;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException otherEncoding) {
            throw new ConfigException(what + " is not UTF-8" + ADVICE);
        }
    }

    private static boolean isAscii(String text) {
        return CharMatcher.ascii().matchesAllOf(text);
    }
}
