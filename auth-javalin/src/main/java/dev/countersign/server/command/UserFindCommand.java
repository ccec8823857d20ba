package dev.countersign.server.command;

import dev.countersign.server.Users;
import dev.countersign.server.config.ConfigException;
import dev.countersign.user.User;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds users. */
@Command(
        mixinStandardHelpOptions = true,
        name = "find",
        description = {
            "Find users by a part of the e-mail address or username, by number, by UUID, or by the external_id of an import.",
            "Prints the columns of user list. Exit code 1 if nobody is found."
        })
final class UserFindCommand implements Callable<Integer> {

    /** The description of a flag of two commands. */
    static final String JSON = "print a JSON object per user";

    private static final int MOST = 1000;

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "TEXT", description = "what to look for, in any case of letters")
    private String text = "";

    @Option(names = "--limit", paramLabel = "N", description = "the most users to print, 1 to 1000 (default 50)")
    private int limit = 50;

    @Option(names = "--json", description = JSON)
    private boolean json;

    UserFindCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws ConfigException {
        if (limit < 1 || limit > MOST) {
            throw new ParameterException(spec.commandLine(), "--limit is 1 to " + MOST + ": " + limit);
        }
        if (text.isBlank()) {
            throw new ParameterException(spec.commandLine(), "TEXT is empty; user list shows all users");
        }
        try (Users users = Users.existing(ConfiguredCommand.config(spec, terminal))) {
            List<User> found = users.search(text, limit + 1);
            if (found.isEmpty()) {
                terminal.err().println("there is no user with " + text);
                return AuthCommand.REFUSED;
            }
            if (!json) {
                terminal.out().println(UserListCommand.HEADING);
            }
            found.stream()
                    .limit(limit)
                    .map(user -> json ? UserView.of(user).json() : UserListCommand.line(user))
                    .forEach(terminal.out()::println);
            terminal.out().flush();
            if (found.size() > limit) {
                terminal.err().println("there are more users with it: give a longer text or a higher --limit");
            }
            return AuthCommand.DONE;
        }
    }
}
