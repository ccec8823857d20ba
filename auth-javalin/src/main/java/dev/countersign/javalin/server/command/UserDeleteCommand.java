package dev.countersign.javalin.server.command;

import dev.countersign.javalin.server.config.ConfigException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Delete a user. */
@Command(name = "delete", description = "Delete a user.")
final class UserDeleteCommand implements Callable<Integer>, NamedUser {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "USER", description = "an e-mail address, a username, or id:NUMBER")
    private String user = "";

    UserDeleteCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() throws ConfigException {
        return call(user, terminal, (users, found, config) -> {
            boolean gone = users.delete(found.id());
            terminal.out().println(gone ? "deleted user " + found.id() : "user " + found.id() + " was gone already");
            return AuthCommand.DONE;
        });
    }
}
