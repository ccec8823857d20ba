package dev.countersign.server.command;

import static java.util.Objects.requireNonNull;

import dev.countersign.server.config.ConfigException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;

/** The command line of the standalone server. Exit codes: 0 done, 1 refused, 2 wrong usage. */
@Command(
        mixinStandardHelpOptions = true,
        name = "auth-server",
        description = "One authentication core that speaks any existing login API.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Without a command, the server starts: auth-server --port 9090 --demo. For its flags run auth-server"
                    + " serve --help, for those of another command auth-server help COMMAND."
        },
        subcommands = {
            ServeCommand.class,
            UserCommand.class,
            SessionCommand.class,
            EventCommand.class,
            KeyCommand.class,
            PepperCommand.class,
            DatabaseCommand.class,
            DialectCommand.class,
            CalibrateCommand.class,
            WarmUpCommand.class
        })
public final class AuthCommand {

    /** Done. */
    static final int DONE = 0;
    /** Refused: the command line is valid, but the command failed. */
    static final int REFUSED = 1;

    AuthCommand() {}

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        requireNonNull(arguments, "arguments");

        Logging.configure();
        // Since JDK 22, System.console() exists even if the input is a pipe.
        System.setProperty("jdk.console", "java.base");
        int code = run(arguments, PrintedOutput.to(new FileOutputStream(FileDescriptor.out)), utf8(FileDescriptor.err));
        // A started server runs until it is stopped; its threads keep the process alive.
        if (code != Serving.RUNS) {
            System.exit(code);
        }
    }

    private static int run(String[] arguments, PrintStream out, PrintStream err) {
        ProcessText text = new ProcessText();
        try {
            return run(new Terminal(System.in, out, err, text.environment(System.getenv())), text.arguments(arguments));
        } catch (ConfigException lost) {
            err.println(lost.getMessage());
            return REFUSED;
        }
    }

    // Names may have any letters; the locale's encoding may not.
    private static PrintStream utf8(FileDescriptor to) {
        return new PrintStream(new FileOutputStream(to), true, StandardCharsets.UTF_8);
    }

    static int run(Terminal terminal, String... arguments) {
        int code = PlainServe.of(arguments)
                .map(plain -> serve(plain, terminal))
                .orElseGet(() -> Commands.run(terminal, arguments));
        return code == Serving.RUNS ? code : checkOutput(terminal, code);
    }

    private static int serve(PlainServe plain, Terminal terminal) {
        try {
            return plain.run(terminal);
        } catch (ConfigException | RuntimeException failed) {
            return Failures.print(failed, terminal.err());
        }
    }

    /** A command whose output could not be printed has failed. */
    private static int checkOutput(Terminal terminal, int code) {
        if (!terminal.out().checkError()) {
            return code;
        }
        terminal.err().println(PrintedOutput.reason(terminal.out()));
        return code == DONE ? REFUSED : code;
    }
}
