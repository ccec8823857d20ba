package dev.countersign.session;

import static java.util.Objects.requireNonNull;

import dev.countersign.user.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session: everything that follows from one login. Times have microseconds.
 *
 * @param id its id
 * @param mount the name of the login API that it belongs to; tokens of one are refused by another
 * @param userId the user's number
 * @param startedAt when the user logged in
 * @param lastUsedAt when its latest token was issued
 * @param expiresAt when it ends by itself: no token of it is valid at or after this time
 * @param endedAt when it was ended before its time; null while it was not
 * @param endsWithPassword whether a later password change ends it
 * @param client what the client called itself at login, at most {@value #LONGEST_CLIENT} characters; empty if unknown
 */
public record Session(
        SessionId id,
        String mount,
        UserId userId,
        Instant startedAt,
        Instant lastUsedAt,
        Instant expiresAt,
        @Nullable Instant endedAt,
        boolean endsWithPassword,
        String client) {

    /** The most characters of {@link #client}. */
    public static final int LONGEST_CLIENT = 200;

    /** Rejects null components, and a client that is too long. */
    public Session {
        requireNonNull(id, "id");
        requireNonNull(mount, "mount");
        requireNonNull(userId, "userId");
        requireNonNull(startedAt, "startedAt");
        requireNonNull(lastUsedAt, "lastUsedAt");
        requireNonNull(expiresAt, "expiresAt");
        requireNonNull(client, "client");
        if (client.length() > LONGEST_CLIENT) {
            throw new IllegalArgumentException("the client has at most " + LONGEST_CLIENT + " characters");
        }
    }

    /** {@return whether it was ended before its time} */
    public boolean isEnded() {
        return endedAt != null;
    }

    /**
     * Checks whether the session can still be used.
     *
     * @param now the current time
     * @return whether it has neither been ended nor expired
     */
    public boolean isLive(Instant now) {
        return endedAt == null && now.isBefore(expiresAt);
    }
}
