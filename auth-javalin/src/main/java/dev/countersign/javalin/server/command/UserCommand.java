package dev.countersign.javalin.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Everything about users; works while a server runs on the same data. */
@Command(
        name = "user",
        description = "Add, list and change users; works while the server runs.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UserAddCommand.class,
            UserListCommand.class,
            UserDisableCommand.class,
            UserEnableCommand.class,
            UserSetPasswordCommand.class,
            UserDeleteCommand.class
        })
final class UserCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "one of add, list, disable, enable, set-password and delete is missing");
    }
}
