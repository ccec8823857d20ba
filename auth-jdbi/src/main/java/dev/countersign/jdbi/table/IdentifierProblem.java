package dev.countersign.jdbi.table;

import static java.util.Objects.requireNonNull;

import dev.countersign.user.Identifier;
import dev.countersign.user.UserId;
import java.util.Optional;

/**
 * A stored identifier that is not found in every spelling. Its user can still log in by typing it as registered, in upper or lower case.
 *
 * @param user the user with this identifier
 * @param identifier the e-mail address or username, as it was typed
 * @param other the user who has an equal identifier and is found by every other spelling; empty if a release before schema version 3 wrote the row,
 *     which {@code JdbiAuthStores.refold()} repairs
 * @param otherIdentifier the other user's identifier, as it was typed
 */
public record IdentifierProblem(
        UserId user, Identifier identifier, Optional<UserId> other, Optional<Identifier> otherIdentifier) {

    /** Rejects null components. */
    public IdentifierProblem {
        requireNonNull(user, "user");
        requireNonNull(identifier, "identifier");
        requireNonNull(other, "other");
        requireNonNull(otherIdentifier, "otherIdentifier");
    }
}
