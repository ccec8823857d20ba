package dev.countersign.user;

import com.google.common.collect.ImmutableSet;

/** What came of storing a user's identifiers. */
public sealed interface StoreResult {

    /** Stored. */
    record Stored(User user) implements StoreResult {}

    /** Nothing was stored: other users have these identifiers. */
    record Taken(ImmutableSet<IdentifierKind> kinds) implements StoreResult {}

    /** Nothing was stored: the user is gone or was changed by somebody else meanwhile. */
    record Stale() implements StoreResult {}
}
