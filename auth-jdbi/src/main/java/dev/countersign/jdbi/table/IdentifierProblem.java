package dev.countersign.jdbi.table;

import static java.util.Objects.requireNonNull;

import dev.countersign.user.Identifier;
import dev.countersign.user.UserId;
import java.util.Optional;

/**
 * A stored identifier that is not found as others are. Its user still logs in by typing it as it was registered, in any case of letters.
 *
 * @param user whose it is
 * @param identifier the e-mail address or username, as it was typed
 * @param other the user who has an equal one and is found by every other spelling; empty if the row was written by a release before schema version 3, which
 *     {@code JdbiAuthStores.refold()} mends
 * @param otherIdentifier what that user typed
 */
public record IdentifierProblem(
        UserId user, Identifier identifier, Optional<UserId> other, Optional<Identifier> otherIdentifier) {

    /** Refuses what is missing. */
    public IdentifierProblem {
        requireNonNull(user, "user");
        requireNonNull(identifier, "identifier");
        requireNonNull(other, "other");
        requireNonNull(otherIdentifier, "otherIdentifier");
    }
}
