package dev.countersign.usecase;

import static java.util.Objects.requireNonNull;

import dev.countersign.json.Json;
import dev.countersign.json.JsonString;
import dev.countersign.password.RawPassword;
import dev.countersign.user.AttributeChange;
import dev.countersign.user.UserStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of a user to change; all others keep their values. Immutable. */
public final class UserChange {

    final @Nullable String email;
    final @Nullable Json username;
    final @Nullable UserStatus status;
    final List<AttributeChange> attributes;
    final @Nullable RawPassword password;
    final @Nullable RawPassword currentPassword;

    private UserChange(Builder from) {
        this.email = from.email;
        this.username = from.username;
        this.status = from.status;
        this.attributes = List.copyOf(from.attributes);
        this.password = from.password;
        this.currentPassword = from.currentPassword;
    }

    /** {@return a builder that changes nothing yet} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a change of the password only, without checking the current one, as by an administrator} */
    public static UserChange ofPasswordWithoutCurrent(RawPassword password) {
        return builder().password(password).withoutCurrentPassword().build();
    }

    /** {@return a change of the status only} */
    public static UserChange ofStatus(UserStatus status) {
        return builder().status(status).build();
    }

    /** Builds a change. Not thread-safe. */
    public static final class Builder {

        private final List<AttributeChange> attributes = new ArrayList<>();
        private @Nullable String email;
        private @Nullable Json username;
        private @Nullable UserStatus status;
        private @Nullable RawPassword password;
        private @Nullable RawPassword currentPassword;
        private boolean withoutCurrent;

        private Builder() {}

        /** {@return this builder, with a new e-mail address as typed} */
        public Builder email(String email) {
            this.email = requireNonNull(email, "email");
            return this;
        }

        /** {@return this builder, with a new username as typed} */
        public Builder username(String username) {
            this.username = new JsonString(requireNonNull(username, "username"));
            return this;
        }

        /** {@return this builder, with a new username as a JSON string, or as a JSON integer where usernames are numbers} */
        public Builder username(Json username) {
            this.username = requireNonNull(username, "username");
            return this;
        }

        /** {@return this builder, with a new status} */
        public Builder status(UserStatus status) {
            this.status = requireNonNull(status, "status");
            return this;
        }

        /** {@return this builder, with a new value of the free attribute with that name; calls accumulate} */
        public Builder attribute(String name, Json value) {
            requireNonNull(name, "name");
            attributes.add(new AttributeChange(List.of(name), requireNonNull(value, "value")));
            return this;
        }

        /** {@return this builder, with free attributes to set, in order; calls accumulate} */
        public Builder attributes(List<AttributeChange> changes) {
            attributes.addAll(requireNonNull(changes, "changes"));
            return this;
        }

        /** {@return this builder, with a new password, which the caller wipes; it needs the current one, or {@link #withoutCurrentPassword}} */
        public Builder password(RawPassword password) {
            this.password = requireNonNull(password, "password");
            return this;
        }

        /** {@return this builder, with the current password, which the caller wipes; nothing is changed unless it matches} */
        public Builder currentPassword(RawPassword currentPassword) {
            this.currentPassword = requireNonNull(currentPassword, "currentPassword");
            return this;
        }

        /** {@return this builder, setting the new password without checking the current one, as an administrator does} */
        public Builder withoutCurrentPassword() {
            this.withoutCurrent = true;
            return this;
        }

        /**
         * Builds the change.
         *
         * @return the change
         * @throws IllegalStateException if there is a new password with neither the current one nor {@link #withoutCurrentPassword}, or with both
         */
        public UserChange build() {
            if (password != null && currentPassword == null && !withoutCurrent) {
                throw new IllegalStateException(
                        "a new password needs currentPassword(…), or withoutCurrentPassword() if it may be set without");
            }
            if (currentPassword != null && withoutCurrent) {
                throw new IllegalStateException("currentPassword(…) and withoutCurrentPassword() exclude each other");
            }
            return new UserChange(this);
        }
    }
}
