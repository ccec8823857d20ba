package dev.countersign.testkit.fake;

import static java.util.Objects.requireNonNull;

import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * FOR TESTS ONLY: does not hash. Its hash is the password itself in hexadecimal digits. It takes no time and counts its calls. Thread-safe.
 */
public final class PlainPasswordHasher implements PasswordHasher {

    private static final int LONGEST_BYTES = 72;
    private static final String PREFIX = "plain-";

    private final String parameters;
    private final AtomicInteger hashes = new AtomicInteger();
    private final AtomicInteger verifications = new AtomicInteger();

    private PlainPasswordHasher(String parameters) {
        this.parameters = parameters;
    }

    /** {@return a hasher that stores passwords in clear text} */
    public static PlainPasswordHasher keepingPasswordsInTheClear() {
        return new PlainPasswordHasher("new");
    }

    /** {@return such a hasher whose hashes are outdated for the other one} */
    public static PlainPasswordHasher keepingOutdatedPasswordsInTheClear() {
        return new PlainPasswordHasher("old");
    }

    @Override
    public PasswordHash hash(RawPassword password) {
        if (!password.isWellFormed() || password.revealUtf8().length > LONGEST_BYTES) {
            throw new IllegalArgumentException("the password is malformed or longer than " + LONGEST_BYTES + " bytes");
        }
        int salt = hashes.incrementAndGet();
        return PasswordHash.of(PREFIX + parameters + "-" + salt + "-" + digits(password));
    }

    @Override
    public boolean verify(RawPassword password, PasswordHash stored) {
        requireNonNull(password, "password");
        requireNonNull(stored, "stored");

        verifications.incrementAndGet();
        String text = stored.revealForStorage();
        return password.isWellFormed()
                && text.startsWith(PREFIX)
                && text.substring(text.lastIndexOf('-') + 1).equals(digits(password));
    }

    @Override
    public boolean outdated(PasswordHash stored) {
        return !stored.revealForStorage().startsWith(PREFIX + parameters + "-");
    }

    @Override
    public PasswordHash decoy() {
        return PasswordHash.of(PREFIX + parameters + "-decoy-none");
    }

    @Override
    public PasswordHash decoyLike(PasswordHash stored) {
        String text = stored.revealForStorage();
        int salt = text.indexOf('-', PREFIX.length());
        return text.startsWith(PREFIX) && salt > 0 ? PasswordHash.of(text.substring(0, salt) + "-decoy-none") : decoy();
    }

    @Override
    public int longestBytes() {
        return LONGEST_BYTES;
    }

    /** {@return how many passwords were hashed} */
    public int hashes() {
        return hashes.get();
    }

    /** {@return how many passwords were verified} */
    public int verifications() {
        return verifications.get();
    }

    private static String digits(RawPassword password) {
        return HexFormat.of().formatHex(password.revealUtf8());
    }
}
