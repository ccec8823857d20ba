package dev.countersign.server.command;

import dev.countersign.server.Users;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.config.TextFile;
import dev.countersign.server.files.FileTrouble;
import dev.countersign.server.transfer.Tally;
import dev.countersign.server.transfer.TransferFormat;
import dev.countersign.server.transfer.UserImport;
import dev.countersign.user.OnExisting;
import dev.countersign.user.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes users from a file. */
@Command(
        mixinStandardHelpOptions = true,
        name = "import",
        description = "Take users from a file of CSV or JSON Lines, with hashes of other systems or passwords (see"
                + " docs/import.md). Who is there already is left alone, so that it can be run again.")
final class UserImportCommand implements Callable<Integer> {

    private static final String FROM_TERMINAL = "-";

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "the file, or - for standard input")
    private String file = FROM_TERMINAL;

    @Option(names = "--format", paramLabel = "FORMAT", description = "csv or jsonl; otherwise by the file's ending")
    private @Nullable TransferFormat format;

    @Option(names = "--update", description = "give users who are there already what the file says")
    private boolean update;

    @Option(names = "--dry-run", description = "tell what would happen and change nothing")
    private boolean dryRun;

    @Option(
            names = "--system",
            paramLabel = "NAME",
            description = "the system the file comes from, if several are taken over; old_secret names it, too")
    private String system = Origin.UNNAMED_SYSTEM;

    @Option(
            names = "--identifiers-kept",
            description =
                    "nobody in the old system ever took over an e-mail address or a username of somebody else, so that its tokens"
                            + " may name users by them")
    private boolean identifiersKept;

    @Option(
            names = "--bcrypt-cut",
            description = "bcrypt hashes of the file are of a system that ignores what is behind the 72nd byte of a"
                    + " password: Devise, Laravel, PHP, Node's bcrypt, htpasswd (see docs/import.md)")
    private boolean bcryptCut;

    @Option(
            names = "--rejects",
            paramLabel = "FILE",
            description = "where rows go that cannot be taken (default: beside the file, FILE.rejects.csv or .jsonl)")
    private @Nullable String rejects;

    private Optional<String> made = Optional.empty();

    UserImportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws ConfigException {
        boolean fromInput = file.equals(FROM_TERMINAL);
        TransferFormat chosen = TransferFormats.chosen(format, file, spec);
        try {
            Path path = TextFile.path(file);
            Path beside = TextFile.path(
                    rejects != null ? rejects : (fromInput ? "import" : file) + ".rejects." + chosen.extension());
            return take(chosen, path, beside);
        } catch (IOException unusable) {
            terminal.err().println(file + ": " + FileTrouble.of(unusable));
            return AuthCommand.REFUSED;
        }
    }

    private int take(TransferFormat chosen, Path path, Path beside) throws ConfigException, IOException {
        boolean fromInput = file.equals(FROM_TERMINAL);
        ServerConfig config = ConfiguredCommand.config(spec, terminal);
        UserImport.Options options = new UserImport.Options(
                chosen,
                update ? OnExisting.UPDATE : OnExisting.SKIP,
                dryRun,
                bcryptCut,
                beside,
                system,
                identifiersKept,
                config.firstNumber());
        try (InputStream in = fromInput ? terminal.in() : Files.newInputStream(path)) {
            if (!fromInput && Files.exists(beside) && Files.isSameFile(path, beside)) {
                throw new ParameterException(spec.commandLine(), "the rejects would replace the file itself");
            }
            try (Users users = dryRun ? Users.unchanged(config) : Users.open(config)) {
                made = users.made();
                UserImport run = new UserImport(users.bulk(), users.hasher(), InstantSource.system(), options);
                return take(run, in, beside, fromInput ? 0 : Files.size(path));
            }
        }
    }

    private int take(UserImport run, InputStream in, Path beside, long bytes) {
        ProgressLine line = new ProgressLine(terminal.err(), terminal.isInteractive(), bytes, InstantSource.system());
        Interruption interruption = new Interruption(run::stop);
        try {
            Tally tally = run.run(in, line);
            tell(tally, line, beside);
            if (run.isStopped()) {
                advise(tally, "run it again for the others");
            }
            return tally.rejected() > 0 || run.isStopped() ? AuthCommand.REFUSED : AuthCommand.DONE;
        } catch (IOException broken) {
            tell(run.tally(), line, beside);
            terminal.err().println(file + ": " + FileTrouble.of(broken));
            advise(run.tally(), "correct this and run it again for the others");
            return AuthCommand.REFUSED;
        } catch (RuntimeException fault) {
            tell(run.tally(), line, beside);
            advise(run.tally(), "run it again for the others when this is mended:");
            throw fault;
        } finally {
            interruption.close();
        }
    }

    private void tell(Tally tally, ProgressLine line, Path rejectsFile) {
        line.end();
        terminal.out()
                .println((dryRun ? "would be added " : "added ") + tally.added() + ", updated " + tally.updated()
                        + ", already there " + tally.existing() + ", rejected " + tally.rejected()
                        + (tally.rejected() > 0 ? " (see " + rejectsFile + ")" : ""));
        if (tally.wrapped() > 0) {
            terminal.out()
                    .println((dryRun ? "would be wrapped " : "wrapped ") + tally.wrapped()
                            + " weak hashes into bcrypt (user hashes tells how many are left)");
        }
        made.ifPresent(terminal.out()::println);
        terminal.out().flush();
    }

    private void advise(Tally tally, String what) {
        terminal.err().println("stopped after " + tally.read() + " rows; " + what);
    }
}
