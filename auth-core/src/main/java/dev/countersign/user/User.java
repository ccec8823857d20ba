package dev.countersign.user;

import static java.util.Objects.requireNonNull;

import dev.countersign.json.JsonObject;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A user without credentials. Immutable; equal if all fields are equal. Times have microseconds. Later releases may add fields with a default. */
public final class User {

    private record Content(
            UserId id,
            UUID uuid,
            @Nullable Identifier email,
            @Nullable Identifier username,
            UserStatus status,
            JsonObject attributes,
            PropertyValues properties,
            Origin origin,
            long version) {}

    private final Content content;

    private User(Content content) {
        this.content = content;
    }

    /**
     * Starts a user: active, without attributes, stored here when it was created, version 1. {@link Builder#build} requires an e-mail address or a
     * username.
     *
     * @param id the internal number
     * @param uuid the UUID
     * @param createdAt when the user was stored
     * @return a builder
     */
    public static Builder builder(UserId id, UUID uuid, Instant createdAt) {
        return new Builder(requireNonNull(id, "id"), requireNonNull(uuid, "uuid"), createdAt);
    }

    /** {@return a builder with the values of this user} */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** {@return the internal number} */
    public UserId id() {
        return content.id();
    }

    /** {@return the UUID, for systems that identify users by UUID} */
    public UUID uuid() {
        return content.uuid();
    }

    /** {@return the e-mail address; null if the user has a username only} */
    public @Nullable Identifier email() {
        return content.email();
    }

    /** {@return the username; null if the user has an e-mail address only} */
    public @Nullable Identifier username() {
        return content.username();
    }

    /** {@return whether the user may log in} */
    public UserStatus status() {
        return content.status();
    }

    /** {@return the free attributes, nested and typed} */
    public JsonObject attributes() {
        return content.attributes();
    }

    /** {@return a plain value; null if the user has none} */
    public <T> @Nullable T get(UserProperty<T> property) {
        requireNonNull(property, "property");

        return content.properties().get(property);
    }

    /** {@return all plain values, including the times} */
    public PropertyValues properties() {
        return content.properties();
    }

    /** {@return when the user was created, here or in the system it was taken over from} */
    public Instant createdAt() {
        return requireNonNull(get(UserProperties.CREATED_AT));
    }

    /** {@return when identifiers, attributes or the password last changed; null if never} */
    public @Nullable Instant updatedAt() {
        return get(UserProperties.UPDATED_AT);
    }

    /** {@return the latest login; null if there was none} */
    public @Nullable Instant lastLoginAt() {
        return get(UserProperties.LAST_LOGIN_AT);
    }

    /** {@return the login before the latest; null if there was none} */
    public @Nullable Instant previousLoginAt() {
        return get(UserProperties.PREVIOUS_LOGIN_AT);
    }

    /**
     * {@return when the password was last changed, later than the issue of every token recorded before; null if never. Each change has a time of its own, so
     * that it also serves as the password's version}
     */
    public @Nullable Instant passwordChangedAt() {
        return get(UserProperties.PASSWORD_CHANGED_AT);
    }

    /** {@return since when the user has its identifiers, and which of them came from an old system} */
    public Origin origin() {
        return content.origin();
    }

    /** {@return a number that every change increases; shows which state a change is based on} */
    public long version() {
        return content.version();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof User user && content.equals(user.content);
    }

    @Override
    public int hashCode() {
        return content.hashCode();
    }

    @Override
    public String toString() {
        return content.toString().replaceFirst("Content", "User");
    }

    /** Builds a user. Not thread-safe. */
    public static final class Builder {

        private final UserId id;
        private final UUID uuid;
        private @Nullable Identifier email;
        private @Nullable Identifier username;
        private UserStatus status = UserStatus.ACTIVE;
        private JsonObject attributes = JsonObject.EMPTY;
        private final PropertyValues.Builder properties = new PropertyValues.Builder();
        private Origin origin;
        private long version = 1;

        private Builder(UserId id, UUID uuid, Instant createdAt) {
            this.id = id;
            this.uuid = uuid;
            this.properties.set(UserProperties.CREATED_AT, requireNonNull(createdAt, "createdAt"));
            this.origin = Origin.here(createdAt);
        }

        private Builder(User from) {
            this.id = from.id();
            this.uuid = from.uuid();
            this.email = from.email();
            this.username = from.username();
            this.status = from.status();
            this.attributes = from.attributes();
            this.properties.setAll(from.properties());
            this.origin = from.origin();
            this.version = from.version();
        }

        /** {@return this builder, with that e-mail address; null for none} */
        public Builder email(@Nullable Identifier address) {
            this.email = address;
            return this;
        }

        /** {@return this builder, with that username; null for none} */
        public Builder username(@Nullable Identifier name) {
            this.username = name;
            return this;
        }

        /** {@return this builder, with that status} */
        public Builder status(UserStatus other) {
            this.status = requireNonNull(other, "status");
            return this;
        }

        /** {@return this builder, with these attributes instead of all earlier ones} */
        public Builder attributes(JsonObject all) {
            this.attributes = requireNonNull(all, "attributes");
            return this;
        }

        /**
         * Sets a plain value.
         *
         * @param property the property
         * @param value the value; null for none
         * @return this builder
         * @throws IllegalArgumentException if the value is a text that cannot be stored
         */
        public <T> Builder set(UserProperty<T> property, @Nullable T value) {
            requireNonNull(property, "property");
            if (property.isRequired()) {
                requireNonNull(value, property.name());
            }
            properties.set(property, value);
            return this;
        }

        /** {@return this builder, with these plain values instead of all earlier ones} */
        public Builder setAll(PropertyValues values) {
            properties.setAll(requireNonNull(values, "values"));
            return this;
        }

        /** {@return this builder, with that time of creation} */
        public Builder createdAt(Instant time) {
            return set(UserProperties.CREATED_AT, requireNonNull(time, "time"));
        }

        /** {@return this builder, with that time of the last change; null for none} */
        public Builder updatedAt(@Nullable Instant time) {
            return set(UserProperties.UPDATED_AT, time);
        }

        /** {@return this builder, with that time of the latest login; null for none} */
        public Builder lastLoginAt(@Nullable Instant time) {
            return set(UserProperties.LAST_LOGIN_AT, time);
        }

        /** {@return this builder, with that time of the login before the latest; null for none} */
        public Builder previousLoginAt(@Nullable Instant time) {
            return set(UserProperties.PREVIOUS_LOGIN_AT, time);
        }

        /** {@return this builder, with that time of the last change of the password; null for none} */
        public Builder passwordChangedAt(@Nullable Instant time) {
            return set(UserProperties.PASSWORD_CHANGED_AT, time);
        }

        /** {@return this builder, with that origin} */
        public Builder origin(Origin other) {
            this.origin = requireNonNull(other, "origin");
            return this;
        }

        /** {@return this builder, with that version} */
        public Builder version(long number) {
            this.version = number;
            return this;
        }

        /**
         * Builds the user.
         *
         * @return the user
         * @throws IllegalArgumentException if the user has neither an e-mail address nor a username
         */
        public User build() {
            if (email == null && username == null) {
                throw new IllegalArgumentException("a user has an e-mail address, a username or both");
            }
            return new User(
                    new Content(id, uuid, email, username, status, attributes, properties.build(), origin, version));
        }
    }
}
