package dev.countersign.server.command;

import dev.countersign.event.ServerDetail.UsersImported;
import dev.countersign.server.Users;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.config.TextFile;
import dev.countersign.server.files.FileTrouble;
import dev.countersign.server.transfer.ClearPasswords;
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

/** Imports users from a file. */
@Command(
        mixinStandardHelpOptions = true,
        name = "import",
        description = "Import users from a CSV or JSON Lines file, with hashes of other systems or passwords (see"
                + " docs/import.md). Existing users stay unchanged, so the command can be run again.")
final class UserImportCommand implements Callable<Integer> {

    private static final String FROM_STDIN = "-";

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "the file, or - for standard input")
    private String file = FROM_STDIN;

    @Option(names = "--format", paramLabel = "FORMAT", description = "csv or jsonl (default: by the file's extension)")
    private @Nullable TransferFormat format;

    @Option(names = "--update", description = "update existing users from the file")
    private boolean update;

    @Option(names = "--dry-run", description = "report what would happen and change nothing")
    private boolean dryRun;

    @Option(
            names = "--system",
            paramLabel = "NAME",
            description =
                    "name of the file's system, if several systems are replaced; key add --from-system has the same name")
    private String system = Origin.UNNAMED_SYSTEM;

    @Option(
            names = "--identifiers-kept",
            description =
                    "in the old system, no e-mail address or username ever passed from one user to another; its tokens"
                            + " may then name users by them")
    private boolean identifiersKept;

    @Option(
            names = "--bcrypt-cut",
            description = "the file's bcrypt hashes come from a system that ignores a password's bytes after the 72nd:"
                    + " Devise, Laravel, PHP, Node's bcrypt, htpasswd (see docs/import.md)")
    private boolean bcryptCut;

    @Option(
            names = "--accept-weak-passwords",
            description = "also import passwords in clear that the rules for new passwords refuse: too short, used by"
                    + " many people, or the user's own name")
    private boolean acceptWeakPasswords;

    @Option(
            names = "--rejects",
            paramLabel = "FILE",
            description = "file for rejected rows (default: next to FILE, as FILE.rejects.csv or .jsonl)")
    private @Nullable String rejects;

    private Optional<String> made = Optional.empty();

    UserImportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws ConfigException {
        boolean fromInput = file.equals(FROM_STDIN);
        TransferFormat chosen = TransferFormats.chosen(format, file, spec);
        try {
            Path path = TextFile.path(file);
            Path rejectsFile = TextFile.path(
                    rejects != null ? rejects : (fromInput ? "import" : file) + ".rejects." + chosen.extension());
            return take(chosen, path, rejectsFile);
        } catch (IOException unusable) {
            terminal.err().println(file + ": " + FileTrouble.of(unusable));
            return AuthCommand.REFUSED;
        }
    }

    private int take(TransferFormat chosen, Path path, Path rejectsFile) throws ConfigException, IOException {
        boolean fromInput = file.equals(FROM_STDIN);
        ServerConfig config = ConfiguredCommand.config(spec, terminal);
        try (InputStream in = fromInput ? terminal.in() : Files.newInputStream(path)) {
            if (!fromInput && Files.exists(rejectsFile) && Files.isSameFile(path, rejectsFile)) {
                throw new ParameterException(spec.commandLine(), "--rejects names the file to import itself");
            }
            try (Users users = dryRun ? Users.unchanged(config) : Users.open(config)) {
                made = users.made();
                users.checkPepper();
                UserImport.Options options = new UserImport.Options(
                        chosen,
                        update ? OnExisting.UPDATE : OnExisting.SKIP,
                        dryRun,
                        bcryptCut,
                        rejectsFile,
                        system,
                        identifiersKept,
                        config.firstNumber(),
                        new ClearPasswords(users.importPolicy(), acceptWeakPasswords));
                UserImport run = new UserImport(users.bulk(), users.hashes(), InstantSource.system(), options);
                int code = take(run, in, rejectsFile, fromInput ? 0 : Files.size(path));
                Tally done = run.tally();
                if (!dryRun) {
                    users.report(new UsersImported(done.added(), done.updated(), done.rejected()));
                }
                return code;
            }
        }
    }

    private int take(UserImport run, InputStream in, Path rejectsFile, long bytes) {
        ProgressLine line = new ProgressLine(terminal.err(), terminal.isInteractive(), bytes, InstantSource.system());
        Interruption interruption = new Interruption(run::stop);
        try {
            Tally tally = run.run(in, line);
            report(tally, line, rejectsFile);
            if (run.isStopped()) {
                advise(tally, "run it again for the other rows");
            }
            return tally.rejected() > 0 || run.isStopped() ? AuthCommand.REFUSED : AuthCommand.DONE;
        } catch (IOException broken) {
            report(run.tally(), line, rejectsFile);
            terminal.err().println(file + ": " + FileTrouble.of(broken));
            advise(run.tally(), "correct this and run it again for the other rows");
            return AuthCommand.REFUSED;
        } catch (RuntimeException fault) {
            report(run.tally(), line, rejectsFile);
            advise(run.tally(), "fix this and run it again for the other rows:");
            throw fault;
        } finally {
            interruption.close();
        }
    }

    private void report(Tally tally, ProgressLine line, Path rejectsFile) {
        line.end();
        terminal.out()
                .println((dryRun ? "would be added " : "added ") + tally.added() + ", updated " + tally.updated()
                        + ", already there " + tally.existing() + ", rejected " + tally.rejected()
                        + (tally.rejected() > 0 ? " (see " + rejectsFile + ")" : ""));
        if (tally.wrapped() > 0) {
            terminal.out()
                    .println((dryRun ? "would be wrapped " : "wrapped ") + tally.wrapped()
                            + " weak hashes into bcrypt (user hashes counts the remaining ones)");
        }
        if (tally.weakPasswords() > 0) {
            terminal.out()
                    .println((dryRun ? "would be accepted " : "accepted ") + tally.weakPasswords()
                            + " passwords that the rules for new passwords refuse");
        }
        made.ifPresent(terminal.out()::println);
        terminal.out().flush();
    }

    private void advise(Tally tally, String what) {
        terminal.err().println("stopped after " + tally.read() + " rows; " + what);
    }
}
