package dev.countersign.user;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/** The key of a look-up of a user. */
public sealed interface UserKey {

    /**
     * Checks whether a user has this key.
     *
     * @param user any user
     * @return whether a look-up by the key finds that user
     */
    boolean isOf(User user);

    /** By internal number. */
    record ById(UserId id) implements UserKey {

        /** Rejects null. */
        public ById {
            requireNonNull(id, "id");
        }

        @Override
        public boolean isOf(User user) {
            return id.equals(user.id());
        }
    }

    /** By UUID. */
    record ByUuid(UUID uuid) implements UserKey {

        /** Rejects null. */
        public ByUuid {
            requireNonNull(uuid, "uuid");
        }

        @Override
        public boolean isOf(User user) {
            return uuid.equals(user.uuid());
        }
    }

    /** By e-mail address, case-insensitively. */
    record ByEmail(Identifier email) implements UserKey {

        /** Rejects null. */
        public ByEmail {
            requireNonNull(email, "email");
        }

        @Override
        public boolean isOf(User user) {
            return email.equals(user.email());
        }
    }

    /** By username, case-insensitively. */
    record ByUsername(Identifier username) implements UserKey {

        /** Rejects null. */
        public ByUsername {
            requireNonNull(username, "username");
        }

        @Override
        public boolean isOf(User user) {
            return username.equals(user.username());
        }
    }
}
