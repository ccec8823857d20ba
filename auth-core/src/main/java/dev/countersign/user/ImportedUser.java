package dev.countersign.user;

import static java.util.Objects.requireNonNull;

import com.google.common.hash.Hashing;
import dev.countersign.json.JsonObject;
import dev.countersign.password.PasswordHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user taken over from another system. Null means that the import says nothing: a new user then gets the documented default, an existing user keeps
 * its value. Immutable.
 */
public final class ImportedUser {

    /** The largest number that an import may keep, so that the numbers after it never run out. */
    public static final long LARGEST_NUMBER = (1L << 62) - 1;

    private final Builder from;
    private final PropertyValues properties;

    private ImportedUser(Builder from) {
        this.from = from;
        this.properties = from.properties.build();
    }

    /**
     * Starts a user who is identified only by an e-mail address or a username.
     *
     * @param freshUuid a random UUID for a new user, unless the import gives another one
     * @return a builder
     */
    public static Builder builder(UUID freshUuid) {
        return new Builder(requireNonNull(freshUuid, "freshUuid"));
    }

    /** {@return a builder with the values of this user} */
    public Builder toBuilder() {
        return from.copy();
    }

    /** {@return the internal number to keep; null for the next free one} */
    public @Nullable UserId id() {
        return from.id;
    }

    /** {@return the UUID for a new user} */
    public UUID uuid() {
        return from.uuid;
    }

    /**
     * The UUID of a user who is imported by an id of another system.
     *
     * @param external the other system's id
     * @return a UUID that is derived from it, always the same one
     */
    public static UUID uuidOf(String external) {
        requireNonNull(external, "external");

        byte[] digest = Hashing.sha256()
                .hashString("countersign external id " + external, StandardCharsets.UTF_8)
                .asBytes();
        ByteBuffer bytes = ByteBuffer.wrap(digest);
        // Version 8 (RFC 9562 §5.8).
        long high = (bytes.getLong() & ~0xF000L) | 0x8000L;
        long low = (bytes.getLong() & 0x3FFFFFFFFFFFFFFFL) | Long.MIN_VALUE;
        return new UUID(high, low);
    }

    /** {@return whether the import gives a UUID, or an external id that it is derived from, so that the user is matched by it} */
    public boolean isKnownByUuid() {
        return from.uuidGiven || from.uuidDerived;
    }

    /** {@return the e-mail address; null if there is a username only} */
    public @Nullable Identifier email() {
        return from.email;
    }

    /** {@return the username; null if there is an e-mail address only} */
    public @Nullable Identifier username() {
        return from.username;
    }

    /** {@return whether the user may log in; null for active} */
    public @Nullable UserStatus status() {
        return from.status;
    }

    /** {@return the free attributes; null for none} */
    public @Nullable JsonObject attributes() {
        return from.attributes;
    }

    /** {@return the password's stored form; null for none} */
    public @Nullable PasswordHash hash() {
        return from.hash;
    }

    /** {@return a plain value; null if the import gives none} */
    public <T> @Nullable T get(UserProperty<T> property) {
        requireNonNull(property, "property");

        return properties.get(property);
    }

    /** {@return the plain values that the import gives} */
    public PropertyValues properties() {
        return properties;
    }

    /** {@return when the user was created; null for now} */
    public @Nullable Instant createdAt() {
        return get(UserProperties.CREATED_AT);
    }

    /** {@return the last change; null for none} */
    public @Nullable Instant updatedAt() {
        return get(UserProperties.UPDATED_AT);
    }

    /** {@return the latest login; null for none} */
    public @Nullable Instant lastLoginAt() {
        return get(UserProperties.LAST_LOGIN_AT);
    }

    /** {@return the login before it; null for none} */
    public @Nullable Instant previousLoginAt() {
        return get(UserProperties.PREVIOUS_LOGIN_AT);
    }

    /** {@return the last change of the password; null for none} */
    public @Nullable Instant passwordChangedAt() {
        return get(UserProperties.PASSWORD_CHANGED_AT);
    }

    /** {@return the name of the system that the user comes from} */
    public String system() {
        return from.system;
    }

    /** {@return since when the user has had its e-mail address; null if that is not known} */
    public @Nullable Instant emailSince() {
        return from.emailSince;
    }

    /** {@return since when the user has had its username; null if that is not known} */
    public @Nullable Instant usernameSince() {
        return from.usernameSince;
    }

    /** {@return when another Countersign server stored the user; null if that is not known} */
    public @Nullable Instant storedAt() {
        return from.storedAt;
    }

    /** {@return whether the import gives {@link #kept} explicitly, rather than as a consequence of other values} */
    public boolean saysKept() {
        return from.kept != null;
    }

    /** {@return the properties of the user that are the same in the system it comes from} */
    public Set<Kept> kept() {
        if (from.kept != null) {
            return from.kept;
        }
        Set<Kept> kept = EnumSet.noneOf(Kept.class);
        add(kept, Kept.NUMBER, from.id != null);
        add(kept, Kept.UUID, from.uuidGiven);
        add(kept, Kept.EMAIL, from.email != null);
        add(kept, Kept.USERNAME, from.username != null);
        return kept;
    }

    private static void add(Set<Kept> kept, Kept what, boolean holds) {
        if (holds) {
            kept.add(what);
        }
    }

    /**
     * Returns the origin of the user, if it is new.
     *
     * @param now the time of the import
     * @return the origin
     */
    public Origin origin(Instant now) {
        requireNonNull(now, "now");

        Instant stored = from.storedAt == null ? now : from.storedAt;
        return new Origin(
                stored,
                from.emailSince == null ? stored : from.emailSince,
                from.usernameSince == null ? stored : from.usernameSince,
                from.system,
                kept());
    }

    @Override
    public String toString() {
        return "ImportedUser[" + from.id + ", " + from.uuid + "]";
    }

    /** Builds an imported user. Not thread-safe. */
    public static final class Builder {

        private @Nullable UserId id;
        private UUID uuid;
        private boolean uuidGiven;
        private boolean uuidDerived;
        private @Nullable Identifier email;
        private @Nullable Identifier username;
        private @Nullable UserStatus status;
        private @Nullable JsonObject attributes;
        private @Nullable PasswordHash hash;
        private final PropertyValues.Builder properties = new PropertyValues.Builder();
        private @Nullable Instant storedAt;
        private @Nullable Instant emailSince;
        private @Nullable Instant usernameSince;
        private @Nullable Set<Kept> kept;
        private String system = Origin.UNNAMED_SYSTEM;

        private Builder(UUID uuid) {
            this.uuid = uuid;
        }

        private Builder copy() {
            Builder copy = new Builder(uuid);
            copy.id = id;
            copy.uuidGiven = uuidGiven;
            copy.uuidDerived = uuidDerived;
            copy.email = email;
            copy.username = username;
            copy.status = status;
            copy.attributes = attributes;
            copy.hash = hash;
            copy.properties.setAll(properties.build());
            copy.storedAt = storedAt;
            copy.emailSince = emailSince;
            copy.usernameSince = usernameSince;
            copy.kept = kept;
            copy.system = system;
            return copy;
        }

        /**
         * Sets the number to keep.
         *
         * @param number the number, at most {@value ImportedUser#LARGEST_NUMBER}; null for the next free one. An existing user keeps its own
         * @return this builder
         * @throws IllegalArgumentException if the number is larger
         */
        public Builder id(@Nullable UserId number) {
            if (number != null && number.value() > LARGEST_NUMBER) {
                throw new IllegalArgumentException("a number that is kept is at most " + LARGEST_NUMBER);
            }
            this.id = number;
            return this;
        }

        /** {@return this builder, with the user's UUID in the system it comes from, by which an existing user is matched} */
        public Builder uuid(UUID given) {
            this.uuid = requireNonNull(given, "uuid");
            this.uuidGiven = true;
            this.uuidDerived = false;
            return this;
        }

        /**
         * Identifies the user by an id that is neither a number to keep nor a UUID: a UUID is derived from it, always the same one.
         *
         * @param external the other system's id
         * @return this builder
         */
        public Builder externalId(String external) {
            requireNonNull(external, "external");

            this.uuid = uuidOf(external);
            this.uuidDerived = true;
            this.uuidGiven = false;
            return this;
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
        public Builder status(@Nullable UserStatus value) {
            this.status = value;
            return this;
        }

        /** {@return this builder, with those attributes} */
        public Builder attributes(@Nullable JsonObject value) {
            this.attributes = value;
            return this;
        }

        /** {@return this builder, with that stored form of the password} */
        public Builder hash(@Nullable PasswordHash value) {
            this.hash = value;
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
            properties.set(requireNonNull(property, "property"), value);
            return this;
        }

        /** {@return this builder, with that time of creation} */
        public Builder createdAt(@Nullable Instant value) {
            return set(UserProperties.CREATED_AT, value);
        }

        /** {@return this builder, with that time of the last change} */
        public Builder updatedAt(@Nullable Instant value) {
            return set(UserProperties.UPDATED_AT, value);
        }

        /** {@return this builder, with that time of the latest login} */
        public Builder lastLoginAt(@Nullable Instant value) {
            return set(UserProperties.LAST_LOGIN_AT, value);
        }

        /** {@return this builder, with that time of the login before it} */
        public Builder previousLoginAt(@Nullable Instant value) {
            return set(UserProperties.PREVIOUS_LOGIN_AT, value);
        }

        /** {@return this builder, with that time of the last change of the password} */
        public Builder passwordChangedAt(@Nullable Instant value) {
            return set(UserProperties.PASSWORD_CHANGED_AT, value);
        }

        /** {@return this builder, with the time when another Countersign server stored the user; tokens issued after it stay valid} */
        public Builder storedAt(@Nullable Instant value) {
            this.storedAt = value;
            return this;
        }

        /** {@return this builder, with the time since when the user has had its e-mail address} */
        public Builder emailSince(@Nullable Instant value) {
            this.emailSince = value;
            return this;
        }

        /** {@return this builder, with the time since when the user has had its username} */
        public Builder usernameSince(@Nullable Instant value) {
            this.usernameSince = value;
            return this;
        }

        /** {@return this builder, with the properties that are the same in the system the user comes from; null for all given ones} */
        public Builder kept(@Nullable Set<Kept> value) {
            this.kept = value == null ? null : Set.copyOf(value);
            return this;
        }

        /** {@return this builder, with the name of the system the user comes from} */
        public Builder system(String name) {
            this.system = requireNonNull(name, "system");
            return this;
        }

        /**
         * Builds the imported user.
         *
         * @return the user
         * @throws IllegalArgumentException if the user has neither an e-mail address nor a username
         */
        public ImportedUser build() {
            if (email == null && username == null) {
                throw new IllegalArgumentException("a user has an e-mail address, a username or both");
            }
            if ((email != null && email.folded().isEmpty())
                    || (username != null && username.folded().isEmpty())) {
                throw new IllegalArgumentException("no user could be found by this e-mail address or username");
            }
            return new ImportedUser(copy());
        }
    }
}
