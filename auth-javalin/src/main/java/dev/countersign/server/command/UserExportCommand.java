package dev.countersign.server.command;

import dev.countersign.event.ServerDetail.UsersExported;
import dev.countersign.server.FileDraft;
import dev.countersign.server.Users;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.TextFile;
import dev.countersign.server.files.FileTrouble;
import dev.countersign.server.transfer.TransferFormat;
import dev.countersign.server.transfer.UserExport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes users to a file. */
@Command(
        mixinStandardHelpOptions = true,
        name = "export",
        description = "Write all users with their hashes to a file for user import. Only the file's owner can read it.")
final class UserExportCommand implements Callable<Integer> {

    private static final String TO_STDOUT = "-";

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "the file, replaced if it exists; without FILE, JSON Lines go to standard output")
    private String file = TO_STDOUT;

    @Option(names = "--format", paramLabel = "FORMAT", description = "csv or jsonl (default: by the file's extension)")
    private @Nullable TransferFormat format;

    UserExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws ConfigException {
        boolean toOutput = file.equals(TO_STDOUT);
        TransferFormat chosen =
                toOutput && format == null ? TransferFormat.JSONL : TransferFormats.chosen(format, file, spec);
        try {
            return export(chosen, TextFile.path(file));
        } catch (IOException unusable) {
            return refuse(FileTrouble.of(unusable));
        } catch (UncheckedIOException unusable) {
            return refuse(FileTrouble.of(unusable));
        }
    }

    private int export(TransferFormat chosen, Path path) throws ConfigException, IOException {
        ProgressLine line = new ProgressLine(terminal.err(), terminal.isInteractive(), 0, InstantSource.system());
        try (Users users = Users.existing(ConfiguredCommand.config(spec, terminal))) {
            UserExport export = new UserExport(users.bulk(), chosen);
            if (file.equals(TO_STDOUT)) {
                long rows = export.run(new StoppingOutput(terminal.out()), line);
                users.report(new UsersExported(rows));
                return AuthCommand.DONE;
            }
            try (FileDraft draft = FileDraft.of(path)) {
                long rows = export.run(draft.stream(), line);
                draft.commit();
                users.report(new UsersExported(rows));
                line.end();
                terminal.out().println("exported " + rows + " users to " + file);
            }
            return AuthCommand.DONE;
        }
    }

    private int refuse(String reason) {
        terminal.err().println((file.equals(TO_STDOUT) ? "" : file + ": ") + reason);
        return AuthCommand.REFUSED;
    }
}
