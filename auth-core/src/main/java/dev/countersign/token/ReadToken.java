package dev.countersign.token;

import static java.util.Objects.requireNonNull;

import dev.countersign.user.UserKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token with a valid signature, read under a profile.
 *
 * @param claims header and claims
 * @param oldSystem the name of the old system that issued it; null for a token of ours
 * @param subject the user it names
 * @param issuedAt the time of issue
 * @param expiresAt the first instant at which it is no longer valid
 * @param credential the credential in it; null if there is none
 */
public record ReadToken(
        Claims claims,
        @Nullable String oldSystem,
        UserKey subject,
        Instant issuedAt,
        Instant expiresAt,
        @Nullable String credential) {

    /** Rejects null components. */
    public ReadToken {
        requireNonNull(claims, "claims");
        requireNonNull(subject, "subject");
        requireNonNull(issuedAt, "issuedAt");
        requireNonNull(expiresAt, "expiresAt");
    }
}
