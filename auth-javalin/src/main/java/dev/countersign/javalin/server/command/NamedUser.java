package dev.countersign.javalin.server.command;

import dev.countersign.javalin.server.Users;
import dev.countersign.javalin.server.config.ConfigException;
import dev.countersign.javalin.server.config.ServerConfig;
import dev.countersign.usecase.UpdateUser;
import dev.countersign.user.User;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** What the commands about one user have in common: it is named, found, and then something is done. */
interface NamedUser extends ConfiguredCommand {

    /** What is done with the user. */
    interface Deed {
        /** Does it; the exit code. */
        int with(Users users, User user, ServerConfig config) throws IOException;
    }

    /** Finds the user and does something with it. */
    default int call(String name, Terminal terminal, Deed deed) throws ConfigException {
        ServerConfig config = config();
        try (Users users = Users.open(config)) {
            Optional<User> user = users.find(name);
            if (user.isEmpty()) {
                terminal.err().println("there is no user " + name + "; user list shows all");
                return AuthCommand.REFUSED;
            }
            return deed.with(users, user.get(), config);
        } catch (IOException refused) {
            terminal.err().println(refused.getMessage());
            return AuthCommand.REFUSED;
        }
    }

    /** Changes the user and says what came of it. */
    default int change(Users users, User user, UpdateUser.Change change, String done, Terminal terminal, int minimum) {
        UpdateUser.Outcome outcome = users.update(user.id(), change);
        if (outcome instanceof UpdateUser.Outcome.Updated) {
            terminal.out().println(done + " user " + user.id());
            return AuthCommand.DONE;
        }
        if (outcome instanceof UpdateUser.Outcome.Rejected rejected) {
            UserProblems.print(rejected.problems(), minimum, terminal.err());
        } else {
            terminal.err().println("the user is gone meanwhile");
        }
        return AuthCommand.REFUSED;
    }

    @Override
    CommandSpec spec();
}
