package dev.countersign.server.command;

import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.file.DialectFile;
import dev.countersign.dialect.file.DialectSource;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.file.InvalidFileException;
import dev.countersign.server.config.TextFile;
import dev.countersign.server.files.FileTrouble;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Commands for dialect files. */
@Command(
        mixinStandardHelpOptions = true,
        name = "dialect",
        description = "List, show and check dialect files.",
        synopsisSubcommandLabel = "COMMAND")
final class DialectCommand implements Runnable {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    DialectCommand(Terminal terminal) {
        this.terminal = terminal;
        this.spec = CommandSpec.create();
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "one of list, show and check is missing");
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "list",
            description = "List the dialects that come with the server.")
    int list() {
        for (String name : ShippedDialects.names()) {
            Dialect dialect = ShippedDialects.dialect(name);
            terminal.out()
                    .printf(
                            "%-14s %s%s%n",
                            name, dialect.title(), dialect.mountedByDefault() ? "" : " [not mounted by default]");
        }
        return AuthCommand.DONE;
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "show",
            description = "Print a dialect's file, as a start for your own.")
    int show(@Parameters(paramLabel = "NAME", description = "a name that dialect list prints") String name) {
        try {
            terminal.out().print(ShippedDialects.text(name));
            terminal.out().flush();
            return AuthCommand.DONE;
        } catch (IllegalArgumentException unknown) {
            terminal.err().println(unknown.getMessage());
            return AuthCommand.REFUSED;
        }
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "check",
            description = "Check a dialect file and print every problem and warning with its line.")
    int check(@Parameters(paramLabel = "FILE", description = "the file") String file) {
        try {
            DialectFile read = DialectSource.parse(file, TextFile.read(TextFile.path(file)))
                    .read(Map.of());
            Dialect dialect = read.dialect();
            terminal.out().println(file + ": the dialect " + dialect.name() + " is complete");
            for (Endpoint endpoint : dialect.endpoints()) {
                endpoint.routes().forEach(route -> terminal.out().printf("  %-11s %s%n", endpoint.name(), route));
            }
            read.warnings().forEach(warning -> terminal.err().println("warning: " + warning));
            return AuthCommand.DONE;
        } catch (InvalidFileException invalid) {
            terminal.err().println(invalid.getMessage());
            return AuthCommand.REFUSED;
        } catch (IOException unreadable) {
            terminal.err().println(file + " cannot be read: " + FileTrouble.of(unreadable));
            return AuthCommand.REFUSED;
        }
    }
}
