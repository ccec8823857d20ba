package dev.countersign.user;

import java.util.UUID;

/** What a user is looked up by. */
public sealed interface UserKey {

    /** By internal number. */
    record ById(UserId id) implements UserKey {}

    /** By UUID. */
    record ByUuid(UUID uuid) implements UserKey {}

    /** By e-mail address, case-insensitively. */
    record ByEmail(Identifier email) implements UserKey {}

    /** By username, case-insensitively. */
    record ByUsername(Identifier username) implements UserKey {}
}
