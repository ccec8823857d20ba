package dev.countersign.server.command;

import dev.countersign.server.PepperAdmin;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.Setting;
import java.time.InstantSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Commands for the peppers of stored hashes. */
@Command(
        mixinStandardHelpOptions = true,
        name = "pepper",
        description = "List the peppers that encrypt stored password hashes, and change those of all users.",
        synopsisSubcommandLabel = "COMMAND")
final class PepperCommand implements Runnable, ConfiguredCommand {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    PepperCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is missing: " + String.join(", ", spec.subcommands().keySet()));
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "list",
            description =
                    "List the peppers, those of the file and those that stored hashes need, with the number of users"
                            + " of each; never a secret. Reads all users.")
    int list() throws ConfigException {
        try (PepperAdmin peppers = open()) {
            terminal.out().println(String.join("\t", "PEPPER", "USE", "USERS"));
            peppers.list()
                    .forEach(pepper -> terminal.out()
                            .println(String.join("\t", pepper.id(), pepper.use(), Long.toString(pepper.users()))));
            terminal.out().flush();
            return AuthCommand.DONE;
        }
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "apply",
            description =
                    "Encrypt all stored hashes with the pepper in use, without new passwords; works while the server"
                            + " runs, and can be run again.")
    int apply() throws ConfigException {
        ProgressLine line = new ProgressLine(terminal.err(), terminal.isInteractive(), 0, InstantSource.system());
        try (PepperAdmin peppers = open()) {
            PepperAdmin.Applied applied = peppers.apply(users -> line.at(users, 0, false));
            line.end();
            terminal.out()
                    .println("changed " + applied.changed() + " hashes; "
                            + peppers.current().map(id -> "pepper " + id).orElse("no pepper") + " is in use");
            if (applied.unreadable() > 0) {
                terminal.err()
                        .println(applied.unreadable() + " hashes need a pepper that is not in "
                                + Setting.PEPPER_FILE.key() + "; pepper list shows its id");
                return AuthCommand.REFUSED;
            }
            return AuthCommand.DONE;
        }
    }

    private PepperAdmin open() throws ConfigException {
        CommandSpec subcommand =
                spec.commandLine().getParseResult().subcommand().commandSpec();
        return PepperAdmin.open(ConfiguredCommand.config(subcommand, terminal));
    }
}
