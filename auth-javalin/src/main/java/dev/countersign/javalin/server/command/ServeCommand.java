package dev.countersign.javalin.server.command;

import dev.countersign.javalin.server.AuthServer;
import dev.countersign.javalin.server.config.ConfigException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the server. */
@Command(mixinStandardHelpOptions = true, name = "serve", description = "Start the server (the default command).")
final class ServeCommand implements Callable<Integer>, ConfiguredCommand {

    /** Not an exit code: the process goes on. */
    static final int SERVING = -1;

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--demo",
            description = "make demonstration users with PUBLISHED passwords; never where others can reach the server")
    private boolean demo;

    ServeCommand(Terminal terminal) {
        this.terminal = terminal;
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws ConfigException {
        AuthServer server = AuthServer.start(ConfiguredCommand.config(spec, terminal), terminal.environment(), demo);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
        if (demo && !server.isPrivate()) {
            terminal.err().println("*** WARNING: others can reach " + server.address() + ", and --demo has made users");
            terminal.err().println("*** whose passwords EVERYBODY KNOWS. Stop it, or leave --host at 127.0.0.1.");
        }
        server.announce(terminal.out(), demo);
        return SERVING;
    }
}
