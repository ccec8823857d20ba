package dev.countersign.server.command;

import dev.countersign.AuthFault;
import dev.countersign.jdbi.table.SchemaStatus;
import dev.countersign.jdbi.table.StoreCheck;
import dev.countersign.server.DatabasePlace;
import dev.countersign.server.DatabaseTrouble;
import dev.countersign.server.SchemaAdvice;
import dev.countersign.server.Storage;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ServerConfig;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Commands for the database's tables; servers may run on the database at the same time. */
@Command(
        mixinStandardHelpOptions = true,
        name = "db",
        description = "Show the state of the database's tables, migrate them, check their contents, or back them up.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = BackupCommand.class)
final class DatabaseCommand implements Runnable, ConfiguredCommand {

    private static final String ADVICE =
            "the database is damaged: stop the server, keep a copy of all its files, and restore a"
                    + " backup (see Damage in docs/storage.md)";

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    DatabaseCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "one of status, check, migrate and backup is missing");
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "status",
            description = "Show the database, its schema's version and each script; changes nothing.")
    int status() throws ConfigException {
        ServerConfig config = config();
        if (DatabasePlace.isMissing(config)) {
            return print(config, SchemaStatus.ofNothing(), " (not there yet)");
        }
        try (Storage storage = Storage.asItIs(config)) {
            return print(config, storage.schemaStatus(), "");
        }
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "check",
            description = "Read everything that is stored and list what is damaged; changes nothing.")
    int check() throws ConfigException {
        ServerConfig config = config();
        try (Storage storage = Storage.forChecks(config)) {
            terminal.out().println("database     " + DatabasePlace.vendor(config) + ", " + DatabasePlace.of(config));
            long problems = 0;
            for (StoreCheck check : storage.checks()) {
                problems += problems(check);
                if (problems == 0) {
                    // A damaged database may have any schema; an undamaged one must have ours for the next checks.
                    SchemaAdvice.check(storage.schemaStatus());
                }
            }
            terminal.out().flush();
            if (problems > 0) {
                terminal.err().println(ADVICE);
                return AuthCommand.REFUSED;
            }
        }
        return AuthCommand.DONE;
    }

    private int problems(StoreCheck check) {
        List<String> found = new ArrayList<>();
        String summary;
        try {
            summary = check.run(found::add);
        } catch (AuthFault aborted) {
            if (aborted.isTemporary()) {
                throw aborted;
            }
            summary = "aborted";
            found.add(DatabaseTrouble.of(aborted));
        }
        terminal.out()
                .printf("%-12s %s%s%n", check.subject(), found.isEmpty() ? "" : found.size() + " problems; ", summary);
        found.forEach(problem -> terminal.out().println("  " + problem));
        return found.size();
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "migrate",
            description =
                    "Run the pending scripts and the work that they start; the change log says which releases keep working.")
    int migrate(
            @Option(
                            names = "--refold",
                            description =
                                    "also refold all identifiers, after servers of an earlier release ran at the same time as this one")
                    boolean refold)
            throws ConfigException {
        try (Storage storage = Storage.forMigration(config())) {
            List<String> ran = storage.migrate();
            storage.made().ifPresent(terminal.out()::println);
            if (refold) {
                storage.refold();
            }
            ran.forEach(file -> terminal.out().println("ran " + file));
            terminal.out()
                    .println((ran.isEmpty() ? "nothing to do: " : "") + "the schema is at version "
                            + storage.schemaStatus().present());
        }
        return AuthCommand.DONE;
    }

    private ServerConfig config() throws ConfigException {
        return ConfiguredCommand.config(
                spec.commandLine().getParseResult().subcommand().commandSpec(), terminal);
    }

    private int print(ServerConfig config, SchemaStatus status, String suffix) throws ConfigException {
        terminal.out().println("database  " + DatabasePlace.vendor(config) + ", " + DatabasePlace.of(config) + suffix);
        terminal.out()
                .println("schema    " + (status.present() == 0 ? "none" : "version " + status.present())
                        + "; this release needs version " + status.newest());
        status.scripts().forEach(script -> terminal.out().println("  " + line(script, status.newest())));
        terminal.out().flush();
        SchemaAdvice.check(status);
        terminal.out().println("up to date");
        return AuthCommand.DONE;
    }

    private static String line(SchemaStatus.Script script, int newest) {
        String when = script.appliedAt()
                .map(time -> "applied " + time.truncatedTo(ChronoUnit.SECONDS))
                .orElse("pending");
        return script.file() + "  " + when + (script.version() > newest ? ", of a later release" : "");
    }
}
