package dev.countersign.usecase;

import static java.util.Objects.requireNonNull;

import dev.countersign.event.LoginDetail.SessionsEnded;
import dev.countersign.event.LoginDetail.SessionsEnded.Cause;
import dev.countersign.session.Client;
import dev.countersign.session.EndScope;
import dev.countersign.session.Session;
import dev.countersign.session.SessionId;
import dev.countersign.token.RefreshToken;
import dev.countersign.usecase.AuthenticateRequest.Outcome.Authenticated;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ends sessions for the user they belong to. What is ended is refused by this process at once, and by every other within {@link Sessions#delay}.
 * Thread-safe.
 */
public final class LogOut {

    private final Sessions sessions;
    private final @Nullable RefreshSession refresh;
    private final String mount;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Reporter reporter;
    private final Client client;

    /**
     * Assembles the use case.
     *
     * @param sessions the stored sessions
     * @param refresh knows the sessions of refresh tokens; null if there are none
     * @param mount the name of the login API
     * @param clock the source of the current time
     * @param random the source of ids for tokens without a session
     * @param reporter reports ended sessions
     */
    public LogOut(
            Sessions sessions,
            @Nullable RefreshSession refresh,
            String mount,
            InstantSource clock,
            SecureRandom random,
            Reporter reporter) {
        this(sessions, refresh, mount, clock, random, reporter, Client.unknown());
    }

    private LogOut(
            Sessions sessions,
            @Nullable RefreshSession refresh,
            String mount,
            InstantSource clock,
            SecureRandom random,
            Reporter reporter,
            Client client) {
        this.sessions = requireNonNull(sessions, "sessions");
        this.refresh = refresh;
        this.mount = requireNonNull(mount, "mount");
        this.clock = requireNonNull(clock, "clock");
        this.random = requireNonNull(random, "random");
        this.reporter = requireNonNull(reporter, "reporter");
        this.client = client;
    }

    /**
     * Returns this use case for a known client.
     *
     * @param asking who asks
     * @return a new use case
     */
    public LogOut by(Client asking) {
        return new LogOut(sessions, refresh, mount, clock, random, reporter, requireNonNull(asking, "asking"));
    }

    private void report(UserId user, Optional<SessionId> session, Cause cause) {
        reporter.byClient(Optional.of(user), client, new SessionsEnded(session, cause));
    }

    private boolean end(Session session, Cause cause) {
        boolean ended = sessions.endStored(session);
        if (ended) {
            report(session.userId(), Optional.of(session.id()), cause);
        }
        return ended;
    }

    private void endAll(UserId user, @Nullable SessionId except) {
        if (!sessions.endStored(user, EndScope.EVERYTHING, except).isEmpty()) {
            report(user, Optional.empty(), Cause.ENDED_BY_USER);
        }
    }

    /**
     * Ends the token of a request, and every session that it belongs to.
     *
     * @param by the result of authenticating the request
     * @throws dev.countersign.AuthFault if the store fails
     */
    public void ofThisSession(Authenticated by) {
        requireNonNull(by, "by");

        Instant now = Present.of(clock);
        sessions.store().endSessionsOf(by.key(), ownerOf(by, now), now);
        sessions.memory().forget(by.user().id());
        report(by.user().id(), by.session(), Cause.LOGOUT);
    }

    /** Ends the token of a request; its session goes on. */
    void ofThisToken(Authenticated by) {
        Instant now = Present.of(clock);
        if (by.session().isPresent()) {
            sessions.store().endAccess(by.key(), now);
        } else {
            sessions.store().endSessionsOf(by.key(), ownerOf(by, now), now);
        }
        sessions.memory().forget(by.user().id());
    }

    private Session ownerOf(Authenticated by, Instant now) {
        Instant start = by.token().issuedAt();
        return new Session(
                new SessionId(RandomUuid.from(random)),
                mount,
                by.user().id(),
                start,
                start,
                by.token().expiresAt(),
                now,
                false,
                "");
    }

    /**
     * Ends the session of a refresh token.
     *
     * @param token anything a client presented
     * @return whether it belongs to a session of this login API that had not been ended
     * @throws dev.countersign.AuthFault if the store fails
     */
    public boolean ofSessionWith(RefreshToken token) {
        requireNonNull(token, "token");

        Optional<Session> session = refresh == null ? Optional.empty() : refresh.sessionOf(token);
        return session.isPresent() && end(session.get(), Cause.LOGOUT);
    }

    /**
     * Ends every session of the user, and every token without one.
     *
     * @param by the result of authenticating the request
     * @throws dev.countersign.AuthFault if the store fails
     */
    public void everywhere(Authenticated by) {
        requireNonNull(by, "by");

        // The token may be without a session, and then only its own record ends it beyond doubt.
        ofThisSession(by);
        endAll(by.user().id(), null);
    }

    /**
     * Ends every session of the user except that of the request. A request's token without a session ends, too: it cannot be told from others.
     *
     * @param by the result of authenticating the request
     * @throws dev.countersign.AuthFault if the store fails
     */
    public void ofOtherSessions(Authenticated by) {
        requireNonNull(by, "by");

        endAll(by.user().id(), by.session().orElse(null));
    }

    /**
     * The sessions of a user that can still be used, the latest login first.
     *
     * @param user the user
     * @return the sessions, of every login API
     * @throws dev.countersign.AuthFault if the store fails
     */
    public List<Session> sessions(User user) {
        return sessions.of(requireNonNull(user, "user").id());
    }

    /**
     * Ends one of a user's sessions.
     *
     * @param user the user
     * @param session the session's id
     * @return false if the user has no such session that can still be used
     * @throws dev.countersign.AuthFault if the store fails
     */
    public boolean ofSession(User user, SessionId session) {
        requireNonNull(user, "user");
        requireNonNull(session, "session");

        return sessions.find(session)
                .filter(found -> found.userId().equals(user.id()) && found.isLive(Present.of(clock)))
                .filter(found -> end(found, Cause.ENDED_BY_USER))
                .isPresent();
    }
}
