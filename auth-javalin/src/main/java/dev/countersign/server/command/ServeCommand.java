package dev.countersign.server.command;

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
        return Serving.start(ConfiguredCommand.config(spec, terminal), mode(), terminal);
    }

    private DemoMode mode() {
        if (forEverybody) {
            return DemoMode.EVERYBODY;
        }
        return demo ? DemoMode.THIS_MACHINE : DemoMode.NONE;
    }
}
