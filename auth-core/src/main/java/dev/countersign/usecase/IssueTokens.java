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
        for (int later = 0; later < LATER_SECONDS; later++) {
            IssuedToken access = issueToken.handle(user, issuedAt.plusSeconds(later), Optional.of(id));
            Session session = new Session(
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
            if (stored.store().open(session, keys(access, refresh))) {
                return new Started(user, new IssuedTokens(access, refresh, Optional.of(id)));
            }
        }
        throw busy();
    }

    /**
     * Issues an access token in a session that goes on.
     *
     * @param kept the refresh token to give again; empty for none
     * @return the tokens; empty if the session has ended
     */
    Optional<IssuedTokens> further(
            Sessions stored, User user, Session session, Optional<IssuedTokens.Refresh> kept, Instant now) {
        Instant issuedAt = profile().issueTime(user, now);
        for (int later = 0; later < LATER_SECONDS; later++) {
            IssuedToken access = issueToken.handle(user, issuedAt.plusSeconds(later), Optional.of(session.id()));
            if (stored.store().add(session.id(), keys(access, Optional.empty()), now)) {
                return Optional.of(new IssuedTokens(access, kept, Optional.of(session.id())));
            }
            boolean hasEnded =
                    stored.store().find(session.id()).map(Session::isEnded).orElse(true);
            if (hasEnded) {
                return Optional.empty();
            }
        }
        throw busy();
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
        Instant issuedAt = profile().issueTime(user, spent.at());
        for (int later = 0; later < LATER_SECONDS; later++) {
            IssuedToken access = issueToken.handle(user, issuedAt.plusSeconds(later), Optional.of(session.id()));
            if (stored.store().rotate(presented, spent, keys(access, Optional.of(next)))) {
                return Optional.of(new IssuedTokens(access, Optional.of(next), Optional.of(session.id())));
            }
            boolean wasSpent = stored.store()
                    .findRefresh(presented)
                    .map(found -> found.spent().isPresent() || found.session().isEnded())
                    .orElse(true);
            if (wasSpent) {
                return Optional.empty();
            }
        }
        throw busy();
    }

    private NewTokens keys(IssuedToken access, Optional<IssuedTokens.Refresh> refresh) {
        return new NewTokens(
                new NewTokens.Access(profile().key(access.token()), access.id(), access.issuedAt(), access.expiresAt()),
                refresh.map(one -> new NewTokens.Refresh(issueRefresh.key(one.token(), rules), one.expiresAt()))
                        .orElse(null));
    }

    private static AuthFault busy() {
        return AuthFault.temporary(
                "too many tokens of the user were ended within seconds",
                new IllegalStateException("every token to issue has been ended"));
    }
}
