package dev.countersign.server.command;

import dev.countersign.server.AuthServer;
import dev.countersign.server.DemoMode;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ServerConfig;

/** Starts the server, announces it and leaves it running. */
final class Serving {

    /** Not an exit code: the process continues to run. */
    static final int RUNS = -1;

    private Serving() {}

    static int start(ServerConfig config, DemoMode demo, Terminal terminal) throws ConfigException {
        AuthServer server = AuthServer.start(config, terminal.environment(), demo);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
        if (demo == DemoMode.EVERYBODY && !server.isPrivate()) {
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
        return RUNS;
    }
}
