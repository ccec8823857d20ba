package dev.countersign.javalin.server.command;

import dev.countersign.javalin.server.DatabaseCheck;
import dev.countersign.javalin.server.DatabaseChecks;
import dev.countersign.javalin.server.SchemaAdvice;
import dev.countersign.javalin.server.Storage;
import dev.countersign.javalin.server.config.ConfigException;
import dev.countersign.javalin.server.config.ServerConfig;
import dev.countersign.jdbi.SchemaScript;
import dev.countersign.jdbi.SchemaStatus;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Everything about the database's tables; works while servers run on them. */
@Command(
        mixinStandardHelpOptions = true,
        name = "db",
        description = "Show the state of the database's tables, bring them up to date, or check what is in them.",
        synopsisSubcommandLabel = "COMMAND")
final class DatabaseCommand implements Runnable, ConfiguredCommand {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    DatabaseCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "one of status, migrate and check is missing");
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "status",
            description = "Show the database, its schema's version and each script; changes nothing.")
    int status() throws ConfigException {
        ServerConfig config = config();
        if (Storage.isMissing(config)) {
            return tell(config, SchemaStatus.ofNothing(), " (not there yet)");
        }
        try (Storage storage = Storage.asItIs(config)) {
            return tell(config, storage.schemaStatus(), "");
        }
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "migrate",
            description =
                    "Run the scripts that were not run yet, and what they begin; the change log says which releases go on working.")
    int migrate(
            @Option(
                            names = "--refold",
                            description =
                                    "also fold all identifiers anew, after servers of a former release ran beside this one")
                    boolean refold)
            throws ConfigException {
        try (Storage storage = Storage.asItIs(config())) {
            List<String> ran = storage.migrate();
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

    @Command(
            mixinStandardHelpOptions = true,
            name = "check",
            description = "Read the whole database and list what is wrong with it; changes nothing.")
    int check() throws ConfigException {
        AtomicLong problems = new AtomicLong();
        try (Storage storage = Storage.unchanged(config())) {
            for (DatabaseCheck check : DatabaseChecks.of(storage)) {
                check.run(problem -> {
                    problems.incrementAndGet();
                    terminal.out().println(check.title() + ": " + problem);
                });
            }
        }
        terminal.out().println(problems.get() == 0 ? "no problems" : problems.get() + " problems");
        return problems.get() == 0 ? AuthCommand.DONE : AuthCommand.REFUSED;
    }

    private ServerConfig config() throws ConfigException {
        return ConfiguredCommand.config(
                spec.commandLine().getParseResult().subcommand().commandSpec(), terminal);
    }

    private int tell(ServerConfig config, SchemaStatus status, String whether) throws ConfigException {
        terminal.out().println("database  " + Storage.vendor(config) + ", " + Storage.place(config) + whether);
        terminal.out()
                .println("schema    " + (status.present() == 0 ? "none" : "version " + status.present())
                        + "; this release needs version " + status.newest());
        status.scripts().forEach(script -> terminal.out().println("  " + line(script, status.newest())));
        terminal.out().flush();
        SchemaAdvice.check(status);
        terminal.out().println("up to date");
        return AuthCommand.DONE;
    }

    private static String line(SchemaScript script, int newest) {
        String when = script.appliedAt()
                .map(time -> "applied " + time.truncatedTo(ChronoUnit.SECONDS))
                .orElse("pending");
        return script.file() + "  " + when + (script.version() > newest ? ", of a later release" : "");
    }
}
