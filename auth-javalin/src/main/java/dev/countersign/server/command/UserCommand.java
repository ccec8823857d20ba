package dev.countersign.server.command;

import dev.countersign.password.RawPassword;
import dev.countersign.server.Users;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.files.FileTrouble;
import dev.countersign.usecase.UserChange;
import dev.countersign.user.User;
import dev.countersign.user.UserStatus;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Commands for users; a server may run on the same database at the same time. */
@Command(
        mixinStandardHelpOptions = true,
        name = "user",
        description = "Add, list, find, show, change, import and export users; works while the server runs.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UserAddCommand.class,
            UserListCommand.class,
            UserFindCommand.class,
            UserShowCommand.class,
            UserSetCommand.class,
            UserImportCommand.class,
            UserExportCommand.class,
            UserHashesCommand.class
        })
final class UserCommand implements Runnable, ConfiguredCommand {

    private static final String USER = "USER";
    /** How a user is named on the command line. */
    static final String NAMED = "an e-mail address, a username, id:NUMBER or uuid:UUID";

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    UserCommand(Terminal terminal) {
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
            name = "disable",
            description = "Disable a user: no login, and the user's tokens are refused.")
    int disable(@Parameters(paramLabel = USER, description = NAMED) String user) throws ConfigException {
        return onUser(
                user, (users, found, config) -> change(users, found, UserChange.ofStatus(UserStatus.DISABLED), config));
    }

    @Command(mixinStandardHelpOptions = true, name = "enable", description = "Enable a disabled user.")
    int enable(@Parameters(paramLabel = USER, description = NAMED) String user) throws ConfigException {
        return onUser(
                user, (users, found, config) -> change(users, found, UserChange.ofStatus(UserStatus.ACTIVE), config));
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "unlock",
            description = "Forget a user's failed logins, so that the next login does not wait for them.")
    int unlock(@Parameters(paramLabel = USER, description = NAMED) String user) throws ConfigException {
        return onUser(user, (users, found, config) -> {
            boolean waited = users.unlock(found.id());
            terminal.out()
                    .println(
                            waited
                                    ? "unlocked user " + found.id()
                                    : "user " + found.id() + " had no failed logins to forget");
            return AuthCommand.DONE;
        });
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "set-password",
            description =
                    "Give a user a new password, asked for at the terminal or read as one line of standard input.")
    int setPassword(@Parameters(paramLabel = USER, description = NAMED) String user) throws ConfigException {
        return onUser(user, (users, found, config) -> {
            users.checkPepper();
            char[] typed = terminal.readPassword();
            try (RawPassword password = RawPassword.of(typed)) {
                return change(users, found, UserChange.ofPasswordWithoutCurrent(password), config);
            } finally {
                Arrays.fill(typed, '\0');
            }
        });
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "delete",
            description = "Delete a user, or those of --demo whose published password still works.")
    int delete(
            @Parameters(paramLabel = USER, arity = "0..1", description = NAMED) @Nullable String user,
            @Option(names = "--demo", description = "the users that serve --demo made") boolean demo)
            throws ConfigException {
        if (demo == (user != null)) {
            throw new ParameterException(subcommand().commandLine(), "give a USER or --demo");
        }
        return user == null
                ? deleteDemo()
                : onUser(user, (users, found, config) -> {
                    boolean there = users.delete(found.id());
                    terminal.out()
                            .println(there ? "deleted user " + found.id() : "user " + found.id() + " was gone already");
                    return AuthCommand.DONE;
                });
    }

    private int deleteDemo() throws ConfigException {
        try (Users users = Users.existing(ConfiguredCommand.config(subcommand(), terminal))) {
            users.deleteDemo().forEach(terminal.out()::println);
            return AuthCommand.DONE;
        }
    }

    private CommandSpec subcommand() {
        return spec.commandLine().getParseResult().subcommand().commandSpec();
    }

    /** What is done with a user who was found. */
    private interface Action {
        int on(Users users, User found, ServerConfig config) throws ConfigException, IOException;
    }

    private int onUser(String name, Action action) throws ConfigException {
        ServerConfig config = ConfiguredCommand.config(subcommand(), terminal);
        try (Users users = Users.existing(config)) {
            Optional<User> user = users.find(name);
            if (user.isEmpty()) {
                terminal.err().println(UserProblems.noUser(name));
                return AuthCommand.REFUSED;
            }
            return action.on(users, user.get(), config);
        } catch (IOException refused) {
            terminal.err().println(FileTrouble.of(refused));
            return AuthCommand.REFUSED;
        }
    }

    private int change(Users users, User user, UserChange change, ServerConfig config) {
        return users.update(user.id(), change)
                .fold(
                        updated -> {
                            terminal.out().println("changed user " + user.id());
                            return AuthCommand.DONE;
                        },
                        notUpdated -> {
                            terminal.err().println(UserProblems.reason(notUpdated, config));
                            return AuthCommand.REFUSED;
                        });
    }
}
