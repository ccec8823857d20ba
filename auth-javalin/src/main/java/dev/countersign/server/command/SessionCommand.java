package dev.countersign.server.command;

import dev.countersign.event.LoginDetail.SessionsEnded.Cause;
import dev.countersign.server.Users;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.session.Session;
import dev.countersign.session.SessionId;
import dev.countersign.user.User;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Commands for sessions; a server may run on the same database at the same time. */
@Command(
        mixinStandardHelpOptions = true,
        name = "session",
        description = "List and end the sessions of users; works while the server runs.",
        synopsisSubcommandLabel = "COMMAND")
final class SessionCommand implements Runnable, ConfiguredCommand {

    private static final int LONGEST_NAME = 320;

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    SessionCommand(Terminal terminal) {
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
            description = "List a user's sessions, one per line, with tab-separated columns.")
    int list(@Parameters(paramLabel = "USER", description = UserCommand.NAMED) String name) throws ConfigException {
        try (Users users = Users.existing(config())) {
            Optional<User> user = users.find(name);
            if (user.isEmpty()) {
                return noSuch("user " + name);
            }
            terminal.out().println(String.join("\t", "SESSION", "DIALECT", "LOGIN", "LAST USED", "ENDS", "CLIENT"));
            users.sessions()
                    .of(user.get().id())
                    .forEach(session -> terminal.out().println(line(session)));
            return AuthCommand.DONE;
        }
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "end",
            description = {
                "End a session, or all sessions and tokens of a user.",
                "Every server on the database refuses their tokens within its revocation delay (default 1 s)."
            })
    int end(
            @Parameters(
                            paramLabel = "USER|SESSION",
                            description =
                                    "an e-mail address, a username, id:NUMBER, a session's id, or a token's id (its claim jti)")
                    String name)
            throws ConfigException {
        if (name.length() > LONGEST_NAME) {
            // A whole token, which must not be repeated on the screen.
            terminal.err().println("this is no user, session or token id; of a token give the id, its claim jti");
            return AuthCommand.REFUSED;
        }
        try (Users users = Users.existing(config())) {
            Optional<SessionId> id = SessionId.parse(name);
            List<Session> sessions = id.isPresent() ? sessions(users, id.get(), name) : List.of();
            if (!sessions.isEmpty()) {
                sessions.forEach(session -> end(users, session));
                return AuthCommand.DONE;
            }
            Optional<User> user = users.find(name);
            if (user.isEmpty()) {
                return noSuch(id.isPresent() ? "session or token " + name : "user " + name);
            }
            int ended = users.sessions().endAll(user.get().id(), Cause.OPERATOR);
            terminal.out()
                    .println("ended all sessions of user " + user.get().id() + ": " + ended
                            + ", and every token without a session");
            return AuthCommand.DONE;
        }
    }

    private static List<Session> sessions(Users users, SessionId id, String tokenId) {
        return users.sessions()
                .find(id)
                .map(List::of)
                .orElseGet(() -> users.sessions().findByTokenId(tokenId));
    }

    private void end(Users users, Session session) {
        boolean ended = users.sessions().end(session, Cause.OPERATOR);
        terminal.out()
                .println((ended ? "ended session " : "was ended before: session ") + session.id() + " of user "
                        + session.userId());
    }

    private int noSuch(String what) {
        terminal.err().println("there is no " + what + "; user list shows all users, session list USER their sessions");
        return AuthCommand.REFUSED;
    }

    private ServerConfig config() throws ConfigException {
        return ConfiguredCommand.config(
                spec.commandLine().getParseResult().subcommand().commandSpec(), terminal);
    }

    private static String line(Session session) {
        return String.join(
                "\t",
                session.id().toString(),
                session.mount(),
                time(session.startedAt()),
                time(session.lastUsedAt()),
                time(session.expiresAt()),
                session.client().isEmpty() ? "-" : session.client());
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
