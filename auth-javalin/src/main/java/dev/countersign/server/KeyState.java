package dev.countersign.server;

import static java.util.Objects.requireNonNull;

import dev.countersign.crypto.jjwt.RingKey;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key as commands show it, without its secret.
 *
 * @param mount the name of the mount
 * @param id the key's id
 * @param algorithm the JOSE name of its algorithm
 * @param use what the key does now
 * @param from when it began or begins to sign, as text; {@code -} for a key that only verifies
 * @param until when it ends, as text; {@code -} for no end
 * @param system the name of its old system; {@code -} for a key of our own, or if the system has no name
 */
public record KeyState(
        String mount, String id, String algorithm, String use, String from, String until, String system) {

    /** Rejects null components. */
    public KeyState {
        requireNonNull(mount, "mount");
        requireNonNull(id, "id");
        requireNonNull(algorithm, "algorithm");
        requireNonNull(use, "use");
        requireNonNull(from, "from");
        requireNonNull(until, "until");
        requireNonNull(system, "system");
    }

    static KeyState of(String mount, RingKey key, Optional<RingKey> signing, Instant now) {
        return new KeyState(
                mount,
                key.id(),
                key.material().algorithm().joseName(),
                use(key, signing, now),
                time(key.signsFrom()),
                time(key.verifiesUntil()),
                system(key.oldSystem()));
    }

    private static String use(RingKey key, Optional<RingKey> signing, Instant now) {
        if (key.hasEnded(now)) {
            return "ended";
        }
        if (signing.filter(key::equals).isPresent()) {
            return "signs";
        }
        if (key.signsFrom() != null && key.signsFrom().isAfter(now)) {
            return "signs next";
        }
        return key.isShortSecret() ? "verifies (SHORT SECRET)" : "verifies";
    }

    private static String time(@Nullable Instant time) {
        return time == null || time.equals(Instant.EPOCH) ? "-" : KeyAdmin.seconds(time);
    }

    private static String system(@Nullable String name) {
        return name == null || name.isEmpty() ? "-" : name;
    }
}
