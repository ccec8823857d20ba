package dev.countersign.javalin.server.command;

import dev.countersign.javalin.server.config.ConfigException;
import dev.countersign.usecase.UpdateUser;
import dev.countersign.user.UserStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Switch a user off: no login, and no token of theirs is taken any more. */
@Command(name = "disable", description = "Switch a user off: no login, and no token of theirs is taken any more.")
final class UserDisableCommand implements Callable<Integer>, NamedUser {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "USER", description = "an e-mail address, a username, or id:NUMBER")
    private String user = "";

    UserDisableCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() throws ConfigException {
        return call(
                user,
                terminal,
                (users, found, config) -> change(
                        users,
                        found,
                        UpdateUser.Change.ofStatus(UserStatus.DISABLED),
                        "disabled",
                        terminal,
                        config.passwordMinimum()));
    }
}
