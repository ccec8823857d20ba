package dev.countersign.password;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * The rules for new passwords: length in code points and a list of common ones, never composition or expiry (NIST SP 800-63B-4 §3.1.1.2, ASVS 6.2.5,
 * 6.2.10).
 *
 * @param minimum the fewest code points, 1 to 64
 * @param maximum the most code points, at least 64 (ASVS 6.2.9)
 * @param common returns whether a password, as typed, is on a list of common ones (ASVS 6.2.4)
 */
public record PasswordPolicy(int minimum, int maximum, Predicate<String> common) {

    /** The highest value of a maximum, in code points. */
    public static final int LONGEST = 4096;

    /** Rejects limits out of range. */
    public PasswordPolicy {
        requireNonNull(common, "common");

        if (minimum < 1 || minimum > 64) {
            throw new IllegalArgumentException("the minimum length of a password is 1 to 64: " + minimum);
        }
        if (maximum < 64 || maximum > LONGEST) {
            throw new IllegalArgumentException("the maximum length of a password is 64 to " + LONGEST + ": " + maximum);
        }
    }

    /**
     * Checks a new password.
     *
     * @param password the password, as typed
     * @param longestBytes the most bytes that the hasher reads
     * @param own returns whether a text is one of the user's identifiers
     * @return the first flaw, or empty if the password may be used
     * @throws IllegalStateException if the password is closed
     */
    public Optional<PasswordFlaw> flaw(RawPassword password, int longestBytes, Predicate<String> own) {
        requireNonNull(own, "own");

        if (!password.isWellFormed()) {
            return Optional.of(PasswordFlaw.MALFORMED);
        }
        if (password.codePoints() < minimum) {
            return Optional.of(PasswordFlaw.TOO_SHORT);
        }
        if (password.codePoints() > maximum) {
            return Optional.of(PasswordFlaw.TOO_LONG);
        }
        if (password.bytes() > longestBytes) {
            return Optional.of(PasswordFlaw.TOO_MANY_BYTES);
        }
        String text = password.revealText();
        if (common.test(text)) {
            return Optional.of(PasswordFlaw.TOO_COMMON);
        }
        return own.test(text) ? Optional.of(PasswordFlaw.LIKE_IDENTIFIER) : Optional.empty();
    }
}
