package dev.countersign.usecase;

import static java.util.Objects.requireNonNull;

import dev.countersign.port.UserStore;
import dev.countersign.session.Client;
import dev.countersign.session.IssuedTokens;
import dev.countersign.session.Session;
import dev.countersign.token.TokenFlaw;
import dev.countersign.usecase.AuthenticateRequest.Outcome.Authenticated;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** Issues a new access token for a valid one, as old login APIs do instead of a refresh token. Thread-safe. */
public final class RenewToken {

    private final UserStore users;
    private final Sessions sessions;
    private final IssueTokens issueTokens;
    private final AuthenticateRequest authenticate;
    private final LogOut logOut;
    private final InstantSource clock;

    /**
     * Assembles the use case.
     *
     * @param users the store of users
     * @param sessions the stored sessions
     * @param issueTokens issues and stores tokens
     * @param authenticate validates tokens
     * @param logOut ends the presented token
     * @param clock the source of the current time
     */
    public RenewToken(
            UserStore users,
            Sessions sessions,
            IssueTokens issueTokens,
            AuthenticateRequest authenticate,
            LogOut logOut,
            InstantSource clock) {
        this.users = requireNonNull(users, "users");
        this.sessions = requireNonNull(sessions, "sessions");
        this.issueTokens = requireNonNull(issueTokens, "issueTokens");
        this.authenticate = requireNonNull(authenticate, "authenticate");
        this.logOut = requireNonNull(logOut, "logOut");
        this.clock = requireNonNull(clock, "clock");
    }

    /** What happens to the presented token. */
    public enum Presented {
        /** It stays valid until its expiry. */
        STAYS,
        /** It ends. */
        ENDS
    }

    /** The result. */
    public sealed interface Outcome {

        /**
         * Applies the function for this result. Code that lacks a function for a result does not compile.
         *
         * @param renewed applied to a new token
         * @param refused applied to a refusal
         * @param <R> what the functions return
         * @return what the function returned
         */
        default <R> R fold(
                Function<? super Renewed, ? extends R> renewed, Function<? super Refused, ? extends R> refused) {
            requireNonNull(renewed, "renewed");
            requireNonNull(refused, "refused");
            return this instanceof Renewed done ? renewed.apply(done) : refused.apply((Refused) this);
        }

        /**
         * There is a new token.
         *
         * @param user the user, as currently stored
         * @param tokens the new access token
         */
        record Renewed(User user, IssuedTokens tokens) implements Outcome {

            /** Rejects null components. */
            public Renewed {
                requireNonNull(user, "user");
                requireNonNull(tokens, "tokens");
            }
        }

        /**
         * The presented token is no longer valid.
         *
         * @param flaw the reason
         */
        record Refused(TokenFlaw flaw) implements Outcome {

            /** Rejects null. */
            public Refused {
                requireNonNull(flaw, "flaw");
            }
        }
    }

    /**
     * Issues a new token.
     *
     * @param by the result of authenticating the request
     * @param presented what happens to its token
     * @param client who asks
     * @return the user and the token, or a refusal
     * @throws dev.countersign.AuthFault if the store fails
     */
    public Outcome handle(Authenticated by, Presented presented, Client client) {
        requireNonNull(by, "by");
        requireNonNull(presented, "presented");
        requireNonNull(client, "client");

        Optional<User> found = users.find(new UserKey.ById(by.user().id())).map(StoredUser::user);
        if (found.isEmpty()) {
            return new Outcome.Refused(TokenFlaw.REVOKED);
        }
        User user = found.get();
        Optional<TokenFlaw> flaw = authenticate.flaw(by.token(), user);
        if (flaw.isPresent()) {
            return new Outcome.Refused(flaw.get());
        }
        return sessions.inUnit(() -> issued(by, presented, client, user))
                .<Outcome>map(tokens -> new Outcome.Renewed(user, tokens))
                .orElseGet(() -> new Outcome.Refused(TokenFlaw.REVOKED));
    }

    private Optional<IssuedTokens> issued(Authenticated by, Presented presented, Client client, User user) {
        // First, because a new token of the same second may have the same text.
        if (presented == Presented.ENDS) {
            logOut.ofThisToken(by);
        }
        Instant now = Present.of(clock);
        Optional<Session> session = by.session().flatMap(sessions.store()::find);
        return session.isPresent()
                ? issueTokens.further(sessions, user, session.get(), Optional.empty(), now)
                : issueTokens
                        .start(
                                issueTokens.profile().issueTime(user, now),
                                now,
                                client.shortName(),
                                () -> Optional.of(user))
                        .map(IssueTokens.Started::tokens);
    }
}
