package dev.countersign.usecase;

import static java.util.Objects.requireNonNull;

import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.password.RawPassword;
import org.jspecify.annotations.Nullable;

/** A new user as a client or an administrator gives it. Immutable. */
public final class Registration {

    final @Nullable String email;
    final @Nullable Json username;
    final JsonObject attributes;
    final RawPassword password;

    private Registration(Builder from) {
        this.email = from.email;
        this.username = from.username;
        this.attributes = from.attributes;
        this.password = from.password;
    }

    /**
     * Starts a registration without attributes. A user needs an e-mail address, a username or both.
     *
     * @param password as typed; the caller wipes it
     * @return a builder
     */
    public static Builder builder(RawPassword password) {
        return new Builder(requireNonNull(password, "password"));
    }

    /**
     * A registration of a user with only an e-mail address.
     *
     * @param email as typed
     * @param password as typed; the caller wipes it
     * @return the registration
     */
    public static Registration ofEmail(String email, RawPassword password) {
        requireNonNull(email, "email");
        requireNonNull(password, "password");
        return builder(password).email(email).build();
    }

    /** Builds a registration. Not thread-safe. */
    public static final class Builder {

        private final RawPassword password;
        private @Nullable String email;
        private @Nullable Json username;
        private JsonObject attributes = JsonObject.EMPTY;

        private Builder(RawPassword password) {
            this.password = password;
        }

        /** {@return this builder, with an e-mail address as typed} */
        public Builder email(String email) {
            this.email = requireNonNull(email, "email");
            return this;
        }

        /** {@return this builder, with a username as typed} */
        public Builder username(String username) {
            this.username = new JsonString(requireNonNull(username, "username"));
            return this;
        }

        /** {@return this builder, with a username as a JSON string, or as a JSON integer where usernames are numbers} */
        public Builder username(Json username) {
            this.username = requireNonNull(username, "username");
            return this;
        }

        /** {@return this builder, with these free attributes instead of all earlier ones} */
        public Builder attributes(JsonObject attributes) {
            this.attributes = requireNonNull(attributes, "attributes");
            return this;
        }

        /** {@return the registration; one without e-mail address and username is refused when it is handled} */
        public Registration build() {
            return new Registration(this);
        }
    }
}
