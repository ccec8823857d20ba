package dev.countersign;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.countersign.json.JsonObject;
import dev.countersign.password.PasswordPolicy;
import dev.countersign.port.PasswordHasher;
import dev.countersign.port.TokenCodec;
import dev.countersign.port.UnitOfWork;
import dev.countersign.port.UserStore;
import dev.countersign.token.AccessToken;
import dev.countersign.token.IssuedToken;
import dev.countersign.token.TokenProfile;
import dev.countersign.usecase.AuthenticateRequest;
import dev.countersign.usecase.IssueToken;
import dev.countersign.usecase.LogIn;
import dev.countersign.usecase.RegisterUser;
import dev.countersign.usecase.UpdateUser;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The assembled library: one kind of token over one store of users. Its use cases are its methods. Immutable and as thread-safe as the
 * ports it is given.
 */
public final class Auth {

    private final LogIn logIn;
    private final AuthenticateRequest authenticate;
    private final RegisterUser register;
    private final UpdateUser update;
    private final IssueToken issueToken;
    private final TokenCodec codec;
    private final int longestPasswordBytes;

    private Auth(Builder from) {
        UserStore users = requireNonNull(from.users);
        PasswordHasher hasher = requireNonNull(from.hasher);
        PasswordPolicy policy = requireNonNull(from.policy);
        TokenProfile profile = requireNonNull(from.profile);
        InstantSource clock = requireNonNull(from.clock);
        SecureRandom random = requireNonNull(from.random);
        this.codec = requireNonNull(from.codec);
        this.longestPasswordBytes = hasher.longestBytes();
        this.issueToken = new IssueToken(profile, codec, clock, random);
        this.logIn = new LogIn(users, hasher, issueToken, clock);
        this.authenticate = new AuthenticateRequest(users, codec, profile, clock);
        this.register = from.registration.apply(new RegisterUser(users, hasher, policy, clock, random));
        this.update = new UpdateUser(users, hasher, policy, clock);
    }

    /** {@return a builder that has nothing yet} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return what came of the attempt, see {@link LogIn}} */
    public LogIn.Outcome logIn(LogIn.Attempt attempt) {
        return logIn.handle(attempt);
    }

    /** {@return whom the token speaks for, see {@link AuthenticateRequest}} */
    public AuthenticateRequest.Outcome authenticate(AccessToken token) {
        return authenticate.handle(token);
    }

    /** {@return what came of the registration, see {@link RegisterUser}} */
    public RegisterUser.Outcome register(RegisterUser.Registration registration) {
        return register.handle(registration);
    }

    /** {@return what came of the change, see {@link UpdateUser}} */
    public UpdateUser.Outcome update(UserId id, UpdateUser.Change change) {
        return update.handle(id, change);
    }

    /**
     * Mints a token for a user who has just been registered, or was authenticated by other means than a password.
     *
     * @param user for whom
     * @return the token
     */
    public IssuedToken issueTokenWithoutPassword(User user) {
        return issueToken.handle(user);
    }

    /** {@return the public keys as JWKs (RFC 7517 §4); none where tokens are signed with a shared secret} */
    public ImmutableList<JsonObject> publicKeys() {
        return codec.publicKeys();
    }

    /** {@return the most bytes of UTF-8 that a new password may have} */
    public int longestPasswordBytes() {
        return longestPasswordBytes;
    }

    /** Assembles an {@link Auth}; every part is asked for. Not thread-safe. */
    public static final class Builder {

        private @Nullable UserStore users;
        private @Nullable PasswordHasher hasher;
        private @Nullable PasswordPolicy policy;
        private @Nullable TokenProfile profile;
        private @Nullable TokenCodec codec;
        private @Nullable InstantSource clock;
        private @Nullable SecureRandom random;
        private UnaryOperator<RegisterUser> registration = UnaryOperator.identity();

        private Builder() {}

        /** {@return this builder, with the place where users are kept} */
        public Builder users(UserStore store) {
            this.users = store;
            return this;
        }

        /** {@return this builder, with the hasher of passwords and the rules for new ones} */
        public Builder passwords(PasswordHasher passwordHasher, PasswordPolicy passwordPolicy) {
            this.hasher = passwordHasher;
            this.policy = passwordPolicy;
            return this;
        }

        /** {@return this builder, with the form of the tokens and the codec that signs and verifies them} */
        public Builder tokens(TokenProfile tokenProfile, TokenCodec tokenCodec) {
            this.profile = tokenProfile;
            this.codec = tokenCodec;
            return this;
        }

        /** {@return this builder, with the clock, such as {@code InstantSource.system()}} */
        public Builder clock(InstantSource source) {
            this.clock = source;
            return this;
        }

        /** {@return this builder, with the source of token ids and UUIDs} */
        public Builder random(SecureRandom source) {
            this.random = source;
            return this;
        }

        /**
         * Stores something more with each user who registers, such as a row of the application's own: both or neither. Said again, it adds to
         * what was said before.
         *
         * @param unit what the store of users takes part in; the same one each time
         * @param also see {@link RegisterUser#along}
         * @return this builder
         */
        public Builder onRegistration(UnitOfWork unit, Consumer<User> also) {
            UnaryOperator<RegisterUser> before = registration;
            this.registration = register -> before.apply(register).along(unit, also);
            return this;
        }

        /**
         * Assembles.
         *
         * @return the library
         * @throws IllegalStateException if a part is missing, naming all that are, or codec and profile have different algorithms
         */
        public Auth build() {
            List<String> missing = new ArrayList<>();
            note(users, "users", missing);
            note(hasher, "passwords", missing);
            note(profile, "tokens", missing);
            note(clock, "clock", missing);
            note(random, "random", missing);
            if (!missing.isEmpty()) {
                throw new IllegalStateException("Auth.builder() still needs: " + String.join(", ", missing));
            }
            String asked = requireNonNull(profile).algorithm();
            String signed = requireNonNull(codec).algorithm();
            if (!asked.equals(signed)) {
                throw new IllegalStateException(
                        "the token profile asks for " + asked + " but the codec signs with " + signed);
            }
            return new Auth(this);
        }

        private static void note(@Nullable Object part, String name, List<String> missing) {
            if (part == null) {
                missing.add(name);
            }
        }
    }
}
