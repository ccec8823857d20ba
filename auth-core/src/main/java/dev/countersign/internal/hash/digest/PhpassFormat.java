package dev.countersign.internal.hash.digest;

import dev.countersign.internal.hash.HashFormat;
import dev.countersign.internal.hash.MalformedHashException;
import dev.countersign.internal.hash.Reading;
import dev.countersign.internal.hash.WeakDigest;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * The portable hashes of phpass: {@code $P$} of WordPress and Joomla and {@code $H$} of phpBB, iterated MD5 and therefore weak, and {@code $S$} of
 * Drupal 7 to 10.0, iterated SHA-512. As in those systems, passwords longer than 4096 and 512 bytes match nothing; with many rounds the limit is
 * lower, because each round reads the password again. Rejected: more than 2^20 and 2^18 rounds.
 */
public final class PhpassFormat implements HashFormat {

    private static final long MOST_BYTES = 1L << 28;
    private static final int LENGTH = 34;
    private static final int DIGEST = 22;
    private static final int DRUPAL_LENGTH = 55;
    private static final int DRUPAL_DIGEST = 43;

    @Override
    public Optional<Reading> read(String stored) {
        try {
            if (stored.startsWith("$P$") || stored.startsWith("$H$")) {
                return Optional.of(phpass(stored));
            }
            return stored.startsWith("$S$") ? drupal(stored) : Optional.empty();
        } catch (MalformedHashException refused) {
            return Reading.refused("phpass: " + refused.why());
        }
    }

    private static Reading phpass(String stored) throws MalformedHashException {
        IteratedDigest function = IteratedDigest.read(stored, "MD5", LENGTH, 20, MOST_BYTES, Reading.LONGEST_BYTES);
        return new Reading.Weak(
                "phpass, " + function.rounds() + " times MD5",
                new WeakDigest(IteratedDigest.digest(stored), utf8 -> function.compute(utf8, DIGEST)),
                IteratedDigest.blank(stored));
    }

    private static Optional<Reading> drupal(String stored) throws MalformedHashException {
        IteratedDigest function = IteratedDigest.read(stored, "SHA-512", DRUPAL_LENGTH, 18, MOST_BYTES, 512);
        byte[] digest = IteratedDigest.digest(stored);
        return Reading.Foreign.of(
                "Drupal, " + function.rounds() + " times SHA-512",
                utf8 -> MessageDigest.isEqual(function.compute(utf8, DRUPAL_DIGEST), digest));
    }
}
