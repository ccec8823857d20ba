package dev.countersign.javalin.server.command;

import dev.countersign.AuthFault;
import dev.countersign.javalin.server.config.ConfigException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** The command line of the standalone server. Exit codes: 0 done, 1 refused, 2 usage. */
@Command(
        mixinStandardHelpOptions = true,
        name = "auth-server",
        description = "One authentication core that speaks any existing login API.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ServeCommand.class,
            UserCommand.class,
            DatabaseCommand.class,
            DialectCommand.class,
            WarmUpCommand.class
        })
public final class AuthCommand {

    /** Done. */
    static final int DONE = 0;
    /** Refused: the command was understood but cannot be carried out. */
    static final int REFUSED = 1;

    private static final String DEFAULT = "serve";
    private static final Set<String> HELP = Set.of("-h", "--help", "-V", "--version");

    private AuthCommand() {}

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        Logging.configure();
        // From JDK 22 on there would be a console even if the input comes from a pipe.
        System.setProperty("jdk.console", "java.base");
        int code = run(arguments, utf8(FileDescriptor.out), utf8(FileDescriptor.err));
        // A server that is up goes on until it is stopped; its threads keep the process.
        if (code != ServeCommand.SERVING) {
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

    // Names have any letters, whatever the locale's encoding is.
    private static PrintStream utf8(FileDescriptor to) {
        return new PrintStream(new FileOutputStream(to), true, StandardCharsets.UTF_8);
    }

    static int run(Terminal terminal, String... arguments) {
        CommandLine line = new CommandLine(new AuthCommand(), new CommandFactory(terminal));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setOut(terminal.writer());
        line.setErr(terminal.errors());
        complete(line.getCommandSpec());
        line.setExecutionExceptionHandler((fault, command, parsed) -> refuse(fault, terminal.err()));
        CommandLine.IParameterExceptionHandler usual = line.getParameterExceptionHandler();
        line.setParameterExceptionHandler((wrong, given) -> {
            if (!namesPassword(wrong)) {
                return usual.handleParseException(wrong, given);
            }
            // The usual message would repeat what follows the flag.
            terminal.err().println("no flag takes a password: arguments are seen by everybody on the machine");
            return CommandLine.ExitCode.USAGE;
        });
        return line.execute(withDefault(arguments));
    }

    private static boolean namesPassword(CommandLine.ParameterException wrong) {
        return wrong instanceof CommandLine.UnmatchedArgumentException unmatched
                && unmatched.getUnmatched().stream()
                        .anyMatch(argument -> argument.matches("(?s)--[a-z-]*password(=.*)?"));
    }

    /** Without a command the server is started. */
    private static String[] withDefault(String[] arguments) {
        if (arguments.length > 0 && (HELP.contains(arguments[0]) || !arguments[0].startsWith("-"))) {
            return arguments;
        }
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.add(0, DEFAULT);
        return all.toArray(String[]::new);
    }

    private static int refuse(Exception fault, PrintStream err) throws Exception {
        if (fault instanceof ConfigException || fault instanceof IllegalStateException) {
            err.println(fault.getMessage());
            return REFUSED;
        }
        if (fault instanceof AuthFault && fault.getCause() != null) {
            err.println(fault.getMessage() + ": " + fault.getCause().getMessage());
            return REFUSED;
        }
        throw fault;
    }

    private static String version() {
        String version = AuthCommand.class.getPackage().getImplementationVersion();
        return "auth-server " + (version == null ? "of an unknown version: it does not run from its jar" : version);
    }

    private static void complete(CommandSpec spec) {
        if (spec.userObject() instanceof ConfiguredCommand) {
            ConfiguredCommand.addFlags(spec);
        }
        spec.version(version());
        spec.subcommands().values().forEach(sub -> complete(sub.getCommandSpec()));
    }
}
