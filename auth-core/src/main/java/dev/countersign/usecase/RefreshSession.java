package dev.countersign.usecase;

import static java.util.Objects.requireNonNull;

import dev.countersign.event.LoginDetail.RefreshTokenReused;
import dev.countersign.port.TokenCodec;
import dev.countersign.port.UserStore;
import dev.countersign.session.Client;
import dev.countersign.session.IssuedTokens;
import dev.countersign.session.RefreshRules;
import dev.countersign.session.Session;
import dev.countersign.session.StoredRefresh;
import dev.countersign.token.AccessToken;
import dev.countersign.token.Decoding;
import dev.countersign.token.RefreshToken;
import dev.countersign.token.TokenKey;
import dev.countersign.token.TokenProfile;
import dev.countersign.token.TokenReading;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * Exchanges a refresh token for new tokens. A single-use token works once; concurrent requests, and those within the grace, get the same successor; a
 * later one ends the session (RFC 9700 §4.14.2). Thread-safe.
 */
public final class RefreshSession {

    // Another request spent the token meanwhile: the second look finds its successor.
    private static final int LOOKS = 3;

    private final UserStore users;
    private final Sessions sessions;
    private final RefreshRules rules;
    private final IssueTokens issueTokens;
    private final IssueRefreshToken issueRefresh;
    private final TokenCodec codec;
    private final String mount;
    private final InstantSource clock;
    private final Reporter reporter;

    /**
     * Assembles the use case.
     *
     * @param users the store of users
     * @param sessions the stored sessions
     * @param rules the rules of refresh tokens
     * @param issueTokens issues and stores tokens
     * @param issueRefresh makes refresh tokens
     * @param codec verifies refresh tokens that are signed
     * @param mount the name of the login API whose refresh tokens are accepted
     * @param clock the source of the current time
     * @param reporter reports tokens that come back
     */
    public RefreshSession(
            UserStore users,
            Sessions sessions,
            RefreshRules rules,
            IssueTokens issueTokens,
            IssueRefreshToken issueRefresh,
            TokenCodec codec,
            String mount,
            InstantSource clock,
            Reporter reporter) {
        this.users = requireNonNull(users, "users");
        this.sessions = requireNonNull(sessions, "sessions");
        this.rules = requireNonNull(rules, "rules");
        this.issueTokens = requireNonNull(issueTokens, "issueTokens");
        this.issueRefresh = requireNonNull(issueRefresh, "issueRefresh");
        this.codec = requireNonNull(codec, "codec");
        this.mount = requireNonNull(mount, "mount");
        this.clock = requireNonNull(clock, "clock");
        this.reporter = requireNonNull(reporter, "reporter");
    }

    /** The result of a refresh. */
    public sealed interface Outcome {

        /**
         * Applies the function for this result. Code that lacks a function for a result does not compile.
         *
         * @param refreshed applied to new tokens
         * @param refused applied to a refusal
         * @param <R> what the functions return
         * @return what the function returned
         */
        default <R> R fold(
                Function<? super Refreshed, ? extends R> refreshed, Function<? super Refused, ? extends R> refused) {
            requireNonNull(refreshed, "refreshed");
            requireNonNull(refused, "refused");
            return this instanceof Refreshed done ? refreshed.apply(done) : refused.apply((Refused) this);
        }

        /**
         * The session goes on.
         *
         * @param user the user, as currently stored
         * @param tokens the new tokens
         */
        record Refreshed(User user, IssuedTokens tokens) implements Outcome {

            /** Rejects null components. */
            public Refreshed {
                requireNonNull(user, "user");
                requireNonNull(tokens, "tokens");
            }
        }

        /**
         * The refresh token is refused.
         *
         * @param flaw the reason
         */
        record Refused(RefreshFlaw flaw) implements Outcome {

            /** Rejects null. */
            public Refused {
                requireNonNull(flaw, "flaw");
            }
        }
    }

    /**
     * Exchanges a refresh token.
     *
     * @param presented anything a client presented
     * @param client who asks
     * @return the user and new tokens, or a refusal
     * @throws dev.countersign.AuthFault if the store fails
     */
    public Outcome handle(RefreshToken presented, Client client) {
        requireNonNull(presented, "presented");
        requireNonNull(client, "client");

        if (!isOfForm(presented)) {
            return refused(RefreshFlaw.UNKNOWN);
        }
        TokenKey key = issueRefresh.key(presented, rules);
        for (int look = 0; look < LOOKS; look++) {
            Optional<StoredRefresh> found = find(key);
            if (found.isEmpty()) {
                return refused(RefreshFlaw.UNKNOWN);
            }
            Optional<Outcome> outcome = exchange(presented, key, found.get(), client);
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        return refused(RefreshFlaw.ENDED);
    }

    /** The session of a refresh token, also of a spent one; empty if it is not a token of this login API. */
    Optional<Session> sessionOf(RefreshToken presented) {
        return isOfForm(presented)
                ? find(issueRefresh.key(presented, rules)).map(StoredRefresh::session)
                : Optional.empty();
    }

    private Optional<StoredRefresh> find(TokenKey key) {
        return sessions.store()
                .findRefresh(key)
                .filter(stored -> stored.session().mount().equals(mount));
    }

    private boolean isOfForm(RefreshToken presented) {
        Optional<TokenProfile> profile = rules.profile();
        return profile.isEmpty()
                || (codec.decode(AccessToken.of(presented.revealText())) instanceof Decoding.Verified verified
                        && profile.get().read(verified) instanceof TokenReading.Read);
    }

    /** The result; empty if another request has changed the token meanwhile. */
    private Optional<Outcome> exchange(RefreshToken presented, TokenKey key, StoredRefresh stored, Client client) {
        Session session = stored.session();
        Instant now = Present.of(clock);
        if (session.isEnded()) {
            return Optional.of(refused(RefreshFlaw.ENDED));
        }
        if (!now.isBefore(stored.expiresAt())) {
            return Optional.of(refused(RefreshFlaw.EXPIRED));
        }
        if (stored.spent().isPresent() && now.isAfter(stored.spent().get().at().plus(rules.grace()))) {
            return Optional.of(reused(session, client));
        }
        Optional<User> user = users.find(new UserKey.ById(session.userId()))
                .map(StoredUser::user)
                .filter(found -> found.status().mayLogIn());
        if (user.isEmpty()) {
            return Optional.of(refused(RefreshFlaw.USER_GONE));
        }
        return issued(presented, key, stored, user.get(), now).map(tokens -> new Outcome.Refreshed(user.get(), tokens));
    }

    private Optional<IssuedTokens> issued(
            RefreshToken presented, TokenKey key, StoredRefresh stored, User user, Instant now) {
        Session session = stored.session();
        if (rules.rotation() == RefreshRules.Rotation.KEPT) {
            IssuedTokens.Refresh kept = new IssuedTokens.Refresh(presented, session.startedAt(), stored.expiresAt());
            return issueTokens.further(sessions, user, session, Optional.of(kept), now);
        }
        if (stored.spent().isPresent()) {
            IssuedTokens.Refresh same =
                    issueRefresh.next(user, rules, presented, stored.spent().get(), session);
            return issueTokens.further(sessions, user, session, Optional.of(same), now);
        }
        StoredRefresh.Spent spent = new StoredRefresh.Spent(now, issueRefresh.seed());
        IssuedTokens.Refresh next = issueRefresh.next(user, rules, presented, spent, session);
        return issueTokens.rotated(sessions, user, session, key, spent, next);
    }

    private Outcome reused(Session session, Client client) {
        sessions.store().end(session.id(), Present.of(clock));
        sessions.memory().forget(session.userId());
        reporter.byClient(Optional.of(session.userId()), client, new RefreshTokenReused(session.id()));
        return refused(RefreshFlaw.REUSED);
    }

    private static Outcome refused(RefreshFlaw flaw) {
        return new Outcome.Refused(flaw);
    }
}
