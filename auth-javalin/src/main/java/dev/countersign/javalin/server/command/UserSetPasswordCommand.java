package dev.countersign.javalin.server.command;

import dev.countersign.javalin.server.config.ConfigException;
import dev.countersign.password.RawPassword;
import dev.countersign.usecase.UpdateUser;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Give a user a new password, asked for at the terminal or read as one line of standard input. */
@Command(
        name = "set-password",
        description = "Give a user a new password, asked for at the terminal or read as one line of standard input.")
final class UserSetPasswordCommand implements Callable<Integer>, NamedUser {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "USER", description = "an e-mail address, a username, or id:NUMBER")
    private String user = "";

    UserSetPasswordCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() throws ConfigException {
        return call(user, terminal, (users, found, config) -> {
            char[] typed = terminal.readPassword();
            try (RawPassword password = RawPassword.of(typed)) {
                return change(
                        users,
                        found,
                        UpdateUser.Change.ofPasswordWithoutCurrent(password),
                        "changed the password of",
                        terminal,
                        config.passwordMinimum());
            } finally {
                Arrays.fill(typed, (char) 0);
            }
        });
    }
}
