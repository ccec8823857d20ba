package dev.countersign.server.command;

import dev.countersign.internal.yaml.Durations;
import dev.countersign.server.KeyAdmin;
import dev.countersign.server.KeyState;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.TextFile;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Commands for the keys that sign tokens; running servers follow within seconds. */
@Command(
        mixinStandardHelpOptions = true,
        name = "key",
        description = "List and change the keys of a mount; running servers follow within seconds, without a restart.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {KeyAddCommand.class})
final class KeyCommand implements Runnable, ConfiguredCommand {

    static final String MOUNT = "MOUNT";
    static final String NAMED = "the mount, as in the setting dialects: NAME or NAME@/prefix";
    static final String AFTER =
            "time until the key signs, such as 10m (default: until every node and every reader of the public keys knows it);"
                    + " 0s to sign at once";

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    KeyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is missing: " + String.join(", ", spec.subcommands().keySet()));
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "list",
            description = "List the keys, one per line, with tab-separated columns; never a secret.")
    int list(
            @Parameters(paramLabel = MOUNT, arity = "0..1", description = NAMED + "; without it all mounts") @Nullable
                    String mount)
            throws ConfigException {
        List<KeyState> found = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        try (KeyAdmin keys = keys()) {
            for (String name : mount == null ? keys.mounts() : List.of(mount)) {
                try {
                    found.addAll(keys.list(name));
                } catch (ConfigException unreadable) {
                    problems.add(String.valueOf(unreadable.getMessage()));
                }
            }
        }
        if (!found.isEmpty()) {
            terminal.out()
                    .println(String.join("\t", "MOUNT", "KEY", "ALGORITHM", "USE", "FROM", "UNTIL", "OLD SYSTEM"));
            found.forEach(key -> terminal.out().println(line(key)));
        }
        terminal.out().flush();
        problems.forEach(terminal.err()::println);
        return problems.isEmpty() ? AuthCommand.DONE : AuthCommand.REFUSED;
    }

    private static String line(KeyState key) {
        return String.join(
                "\t", key.mount(), key.id(), key.algorithm(), key.use(), key.from(), key.until(), key.system());
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "rotate",
            description = "Make a new key. It signs after a delay in which everybody learns it; the former key verifies"
                    + " until its last token has expired.")
    int rotate(
            @Parameters(paramLabel = MOUNT, description = NAMED) String mount,
            @Option(names = "--after", paramLabel = "TIME", description = AFTER) @Nullable String after)
            throws ConfigException {
        Optional<Duration> delay = delay(after, subcommand());
        try (KeyAdmin keys = keys()) {
            keys.rotate(mount, delay).forEach(terminal.out()::println);
        }
        return AuthCommand.DONE;
    }

    /** The delay that an option gives. */
    static Optional<Duration> delay(@Nullable String after, CommandSpec spec) {
        if (after == null) {
            return Optional.empty();
        }
        return Optional.of(Durations.parse(after)
                .filter(time -> time.compareTo(Duration.ofDays(366)) <= 0)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--after is a time such as 0s, 10m or 2d, at most 366d")));
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "retire",
            description = "Remove a key, so that its tokens are refused; never the only key that signs.")
    int retire(
            @Parameters(paramLabel = MOUNT, description = NAMED) String mount,
            @Parameters(
                            paramLabel = "KEY",
                            arity = "0..1",
                            description = "the key's id; without it all keys that do not sign any more")
                    @Nullable
                    String id)
            throws ConfigException {
        try (KeyAdmin keys = keys()) {
            keys.retire(mount, Optional.ofNullable(id)).forEach(terminal.out()::println);
        }
        return AuthCommand.DONE;
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "rotate-master",
            description = "Encrypt the keys in a PostgreSQL database under another master key.")
    int rotateMaster(
            @Parameters(
                            paramLabel = "FILE",
                            description = "file with the new master key: 32 random bytes in base64 or hex")
                    String file)
            throws ConfigException, IOException {
        try (KeyAdmin keys = keys()) {
            keys.rotateMaster(TextFile.path(file)).forEach(terminal.out()::println);
        }
        return AuthCommand.DONE;
    }

    private KeyAdmin keys() throws ConfigException {
        return KeyAdmin.open(ConfiguredCommand.config(subcommand(), terminal), terminal.environment());
    }

    private CommandSpec subcommand() {
        return spec.commandLine().getParseResult().subcommand().commandSpec();
    }
}
