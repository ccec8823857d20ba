package dev.countersign.throttle;

import static java.util.Objects.requireNonNull;

import dev.countersign.user.UserId;

/**
 * What failed logins are counted for. Its text holds no name and no address, only digests of them, and the number of a known user.
 *
 * @param kind what it stands for
 * @param text the primary key of the stored count, 1 to {@value #LONGEST} characters of ASCII
 */
public record ThrottleKey(Kind kind, String text) implements Comparable<ThrottleKey> {

    /** The most characters of a text. */
    public static final int LONGEST = 64;

    /** What a key stands for, and how fast its failures are forgotten. */
    public enum Kind {
        /** A user: the number of a known one, or a name that no user has. Failures are forgotten after a day without one, or by a success. */
        USER(0),
        /** The network of a client, which many users may share. One failure is forgotten per minute. */
        NETWORK(1.0 / 60),
        /** A user in a network. Failures are forgotten like those of a user. */
        PAIR(0);

        private final double forgottenPerSecond;

        Kind(double forgottenPerSecond) {
            this.forgottenPerSecond = forgottenPerSecond;
        }

        /** {@return how many failures are forgotten per second} */
        public double forgottenPerSecond() {
            return forgottenPerSecond;
        }
    }

    /** Checks the length of the text. */
    public ThrottleKey {
        requireNonNull(kind, "kind");
        requireNonNull(text, "text");
        if (text.isEmpty() || text.length() > LONGEST) {
            throw new IllegalArgumentException("a key has 1 to " + LONGEST + " characters: " + text.length());
        }
    }

    /**
     * The key of a known user, the same for all names of the user.
     *
     * @param user the user's number
     * @return the key; the texts of the user's pairs begin with its text and a dot
     */
    public static ThrottleKey of(UserId user) {
        return new ThrottleKey(Kind.USER, "u" + requireNonNull(user, "user").value());
    }

    /** Orders by text, so that concurrent writes lock rows in the same order. */
    @Override
    public int compareTo(ThrottleKey other) {
        return text.compareTo(other.text);
    }
}
