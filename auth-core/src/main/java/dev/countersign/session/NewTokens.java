package dev.countersign.session;

import static java.util.Objects.requireNonNull;

import dev.countersign.token.TokenKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that are stored with a session when they are issued.
 *
 * @param access the access token
 * @param refresh the refresh token; null if there is none, or the session keeps the one it has
 */
public record NewTokens(Access access, @Nullable Refresh refresh) {

    /** Rejects null. */
    public NewTokens {
        requireNonNull(access, "access");
    }

    /**
     * An access token.
     *
     * @param key its key
     * @param id its id, a UUID; operators find the session by it
     * @param issuedAt the time of issue
     * @param expiresAt the first instant at which it is no longer valid
     */
    public record Access(TokenKey key, String id, Instant issuedAt, Instant expiresAt) {

        /** Rejects null components. */
        public Access {
            requireNonNull(key, "key");
            requireNonNull(id, "id");
            requireNonNull(issuedAt, "issuedAt");
            requireNonNull(expiresAt, "expiresAt");
        }
    }

    /**
     * A refresh token.
     *
     * @param key its key
     * @param expiresAt the first instant at which it is no longer valid
     */
    public record Refresh(TokenKey key, Instant expiresAt) {

        /** Rejects null components. */
        public Refresh {
            requireNonNull(key, "key");
            requireNonNull(expiresAt, "expiresAt");
        }
    }
}
