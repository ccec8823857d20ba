package dev.countersign.server.command;

import dev.countersign.password.PasswordHash;
import dev.countersign.server.Users;
import dev.countersign.server.config.ConfigException;
import dev.countersign.user.StoredUser;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a user. */
@Command(
        mixinStandardHelpOptions = true,
        name = "show",
        description = "Show everything about a user except the hash of the password: its kind, the number of sessions,"
                + " the attributes and where the user came from.")
final class UserShowCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "USER", description = UserCommand.NAMED)
    private String user = "";

    @Option(names = "--json", description = UserFindCommand.JSON)
    private boolean json;

    UserShowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws ConfigException {
        try (Users users = Users.existing(ConfiguredCommand.config(spec, terminal))) {
            Optional<StoredUser> found = users.findStored(user);
            if (found.isEmpty()) {
                terminal.err().println(UserProblems.noUser(user));
                return AuthCommand.REFUSED;
            }
            PasswordHash hash = found.get().hash();
            UserView view = UserView.of(found.get().user())
                    .with(
                            hash == null ? null : users.hashes().kind(hash),
                            hash != null && users.hashes().hasher().outdated(hash),
                            users.sessions().of(found.get().user().id()).size());
            terminal.out().println(json ? view.json() : view.lines());
            return AuthCommand.DONE;
        }
    }
}
