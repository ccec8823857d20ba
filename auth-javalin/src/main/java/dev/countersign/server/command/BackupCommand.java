package dev.countersign.server.command;

import dev.countersign.server.DatabaseBackup;
import dev.countersign.server.config.ConfigException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Backs the database up. */
@Command(
        mixinStandardHelpOptions = true,
        name = "backup",
        description = {
            "Copy the SQLite database while the server runs: a consistent copy, readable only by its owner.",
            "For PostgreSQL, prints the command that makes one, with exit code 1."
        })
final class BackupCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "the new file; an existing one is not replaced")
    private Path file = Path.of("");

    @Option(
            names = "--keys",
            paramLabel = "DIR",
            description =
                    "also copy the keys into this new folder; without them all tokens end when the copy is restored")
    private @Nullable Path keys;

    BackupCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws ConfigException {
        DatabaseBackup backup = DatabaseBackup.of(ConfiguredCommand.config(spec, terminal));
        if (keys != null) {
            backup.checkKeys(keys);
        }
        long bytes = backup.database(file);
        terminal.out().println("copied the database to " + file + " (" + bytes + " bytes)");
        if (keys != null) {
            terminal.out().println("copied " + backup.keys(keys) + " key files to " + keys);
        } else if (backup.hasKeys()) {
            terminal.out()
                    .println("not copied: the keys in " + backup.keys()
                            + "; back them up too (--keys DIR), or all tokens end when this copy is restored");
        }
        return AuthCommand.DONE;
    }
}
