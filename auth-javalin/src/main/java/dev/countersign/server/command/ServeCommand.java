package dev.countersign.server.command;

import dev.countersign.server.AuthServer;
import dev.countersign.server.DemoMode;
import dev.countersign.server.config.ConfigException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the server. */
@Command(mixinStandardHelpOptions = true, name = "serve", description = "Start the server (the default command).")
final class ServeCommand implements Callable<Integer>, ConfiguredCommand {

    /** Not an exit code: the process continues to run. */
    static final int SERVING = -1;

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--demo",
            description =
                    "create demonstration users with PUBLISHED passwords; refused if other machines can reach the server")
    private boolean demo;

    @Option(names = "--demo-for-everybody", description = "like --demo, but other machines may reach the server, too")
    private boolean forEverybody;

    ServeCommand(Terminal terminal) {
        this.terminal = terminal;
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws ConfigException {
        AuthServer server = AuthServer.start(ConfiguredCommand.config(spec, terminal), terminal.environment(), mode());
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
        if (forEverybody && !server.isPrivate()) {
            terminal.err()
                    .println("*** WARNING: others can reach this server, and --demo-for-everybody has made users");
            terminal.err().println("*** whose passwords EVERYBODY KNOWS. auth-server user delete --demo removes them.");
        }
        server.announce(terminal.out());
        if (terminal.out().checkError()) {
            terminal.err()
                    .println(
                            PrintedOutput.reason(terminal.out()) + "; the server keeps running at " + server.address());
        }
        return SERVING;
    }

    private DemoMode mode() {
        if (forEverybody) {
            return DemoMode.EVERYBODY;
        }
        return demo ? DemoMode.THIS_MACHINE : DemoMode.NONE;
    }
}
