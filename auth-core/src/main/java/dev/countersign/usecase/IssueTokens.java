package dev.countersign.usecase;

import static java.util.Objects.requireNonNull;

import dev.countersign.AuthFault;
import dev.countersign.session.IssuedTokens;
import dev.countersign.session.NewTokens;
import dev.countersign.session.RefreshRules;
import dev.countersign.session.Session;
import dev.countersign.session.SessionId;
import dev.countersign.session.StoredRefresh;
import dev.countersign.token.IssuedToken;
import dev.countersign.token.Revocation;
import dev.countersign.token.TokenKey;
import dev.countersign.token.TokenProfile;
import dev.countersign.user.User;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Issues the tokens of a session and stores their keys: those of a login, of a refresh, and further ones. Without stored sessions it issues access tokens
 * only. Thread-safe.
 */
public final class IssueTokens {

    // Tokens without an id are equal if issued within one second: one that was ended must not be issued again.
    private static final int LATER_SECONDS = 8;

    private final IssueToken issueToken;
    private final IssueRefreshToken issueRefresh;
    private final @Nullable RefreshRules rules;
    private final @Nullable Sessions sessions;
    private final String mount;
    private final SecureRandom random;

    /**
     * Assembles the use case.
     *
     * @param issueToken issues access tokens
     * @param issueRefresh issues refresh tokens
     * @param rules the rules of refresh tokens; null for none
     * @param sessions the stored sessions; null to store none
     * @param mount the name of the login API that the tokens belong to
     * @param random the source of session ids
     */
    public IssueTokens(
            IssueToken issueToken,
            IssueRefreshToken issueRefresh,
            @Nullable RefreshRules rules,
            @Nullable Sessions sessions,
            String mount,
            SecureRandom random) {
        this.issueToken = requireNonNull(issueToken, "issueToken");
        this.issueRefresh = requireNonNull(issueRefresh, "issueRefresh");
        this.rules = rules;
        this.sessions = sessions;
        this.mount = requireNonNull(mount, "mount");
        this.random = requireNonNull(random, "random");
    }

    /** The form of the access tokens. */
    TokenProfile profile() {
        return issueToken.profile();
    }

    /** Whether access tokens are useless unless they are stored. */
    boolean mustStore() {
        return profile().isRandom();
    }

    /** Whether a session has refresh tokens. */
    boolean hasRefreshTokens() {
        return rules != null;
    }

    /**
     * A user and the tokens of a new session.
     *
     * @param user the user
     * @param tokens the tokens
     */
    record Started(User user, IssuedTokens tokens) {}

    /**
     * Starts a session.
     *
     * @param issuedAt the access token's time of issue
     * @param now the current time
     * @param client what the client calls itself
     * @param user reads the user within the transaction that stores the session; empty to start none
     * @return the session's tokens; empty if there was no user
     */
    Optional<Started> start(Instant issuedAt, Instant now, String client, Supplier<Optional<User>> user) {
        Sessions stored = sessions;
        if (stored == null) {
            return user.get().map(found -> new Started(found, unstored(found, issuedAt)));
        }
        return stored.inUnit(() -> user.get().map(found -> opened(stored, found, issuedAt, now, client)));
    }

    /** An access token that belongs to no session, because the store cannot keep one now. */
    IssuedTokens unstored(User user, Instant issuedAt) {
        return IssuedTokens.alone(issueToken.handle(user, issuedAt, Optional.empty()));
    }

    private Started opened(Sessions stored, User user, Instant issuedAt, Instant now, String client) {
        SessionId id = new SessionId(RandomUuid.from(random));
        Optional<IssuedTokens.Refresh> refresh = Optional.ofNullable(rules)
                .map(known -> issueRefresh.first(user, known, profile().issueTime(user, now), now, id));
        return accepted(
                        user,
                        id,
                        issuedAt,
                        access -> stored.store()
                                .open(session(id, user, access, refresh, now, client), keys(access, refresh)),
                        () -> false)
                .map(access -> new Started(user, new IssuedTokens(access, refresh, Optional.of(id))))
                .orElseThrow();
    }

    private Session session(
            SessionId id,
            User user,
            IssuedToken access,
            Optional<IssuedTokens.Refresh> refresh,
            Instant now,
            String client) {
        return new Session(
                id,
                mount,
                user.id(),
                now,
                now,
                refresh.map(IssuedTokens.Refresh::expiresAt)
                        .filter(end -> end.isAfter(access.expiresAt()))
                        .orElse(access.expiresAt()),
                null,
                profile().revocation() != Revocation.NONE_TOKENS_OUTLIVE_PASSWORD_CHANGE,
                client);
    }

    /**
     * Issues access tokens, each a second later than the one before, until the store accepts one.
     *
     * @param store returns whether the store accepted the token
     * @param isOver whether it will accept none
     * @return the token; empty if it is over
     */
    private Optional<IssuedToken> accepted(
            User user, SessionId session, Instant issuedAt, Predicate<IssuedToken> store, BooleanSupplier isOver) {
        for (int later = 0; later < LATER_SECONDS; later++) {
            IssuedToken access = issueToken.handle(user, issuedAt.plusSeconds(later), Optional.of(session));
            if (store.test(access)) {
                return Optional.of(access);
            }
            if (isOver.getAsBoolean()) {
                return Optional.empty();
            }
        }
        throw AuthFault.temporary(
                "too many tokens of the user were ended within seconds",
                new IllegalStateException("every token to issue has been ended"));
    }

    /**
     * Issues an access token in a session that goes on.
     *
     * @param kept the refresh token to give again; empty for none
     * @return the tokens; empty if the session has ended
     */
    Optional<IssuedTokens> further(
            Sessions stored, User user, Session session, Optional<IssuedTokens.Refresh> kept, Instant now) {
        return accepted(
                        user,
                        session.id(),
                        profile().issueTime(user, now),
                        access -> stored.store().add(session.id(), keys(access, Optional.empty()), now),
                        () -> stored.store()
                                .find(session.id())
                                .map(Session::isEnded)
                                .orElse(true))
                .map(access -> new IssuedTokens(access, kept, Optional.of(session.id())));
    }

    /**
     * Replaces a refresh token.
     *
     * @param presented the key of the spent token
     * @param spent its use
     * @param next its successor
     * @return the tokens; empty if another request has spent the token, or the session has ended
     */
    Optional<IssuedTokens> rotated(
            Sessions stored,
            User user,
            Session session,
            TokenKey presented,
            StoredRefresh.Spent spent,
            IssuedTokens.Refresh next) {
        return accepted(
                        user,
                        session.id(),
                        profile().issueTime(user, spent.at()),
                        access -> stored.store().rotate(presented, spent, keys(access, Optional.of(next))),
                        () -> stored.store()
                                .findRefresh(presented)
                                .map(found -> found.spent().isPresent()
                                        || found.session().isEnded())
                                .orElse(true))
                .map(access -> new IssuedTokens(access, Optional.of(next), Optional.of(session.id())));
    }

    private NewTokens keys(IssuedToken access, Optional<IssuedTokens.Refresh> refresh) {
        return new NewTokens(
                new NewTokens.Access(profile().key(access.token()), access.id(), access.issuedAt(), access.expiresAt()),
                refresh.map(one -> new NewTokens.Refresh(issueRefresh.key(one.token(), rules), one.expiresAt()))
                        .orElse(null));
    }
}
