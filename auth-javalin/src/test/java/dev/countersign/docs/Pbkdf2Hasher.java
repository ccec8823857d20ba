package dev.countersign.docs;

import com.google.common.base.Preconditions;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** The hasher of docs/adapters.md. */
// snippet: hasher
final class Pbkdf2Hasher implements PasswordHasher {

    private static final Pattern FORMAT = Pattern.compile("pbkdf2\\$([0-9]{1,7})\\$([0-9a-f]{32})\\$([0-9a-f]{64})");
    private static final int LONGEST_BYTES = 1024;
    private static final int MOST_ITERATIONS = 2_000_000;

    private final int iterations;
    private final SecureRandom random;
    private final PasswordHash decoy;

    Pbkdf2Hasher(int iterations, SecureRandom random) {
        this.iterations = iterations;
        this.random = random;
        // Random, and made without hashing: no password is known to match it.
        this.decoy = encoded(iterations, bytes(16), bytes(32));
    }

    @Override
    public PasswordHash hash(RawPassword password) {
        if (!usable(password)) {
            throw new IllegalArgumentException("the password is malformed or longer than " + LONGEST_BYTES + " bytes");
        }
        byte[] salt = bytes(16);
        return encoded(iterations, salt, derive(password, iterations, salt));
    }

    @Override
    public boolean verify(RawPassword password, PasswordHash stored) {
        boolean readable = iterations(stored).isPresent();
        Matcher read = FORMAT.matcher((readable ? stored : decoy).revealForStorage());
        Preconditions.checkState(read.matches());
        byte[] salt = HexFormat.of().parseHex(read.group(2));
        byte[] expected = HexFormat.of().parseHex(read.group(3));
        // Derived on every path, so that all of them cost the same.
        byte[] derived = derive(password, Integer.parseInt(read.group(1)), salt);
        return MessageDigest.isEqual(derived, expected) && readable && usable(password);
    }

    @Override
    public boolean outdated(PasswordHash stored) {
        return iterations(stored).orElse(0) != iterations;
    }

    /** Empty if it cannot be read, or would take too long. */
    private static OptionalInt iterations(PasswordHash stored) {
        Matcher read = FORMAT.matcher(stored.revealForStorage());
        int cost = read.matches() ? Integer.parseInt(read.group(1)) : 0;
        return cost > 0 && cost <= MOST_ITERATIONS ? OptionalInt.of(cost) : OptionalInt.empty();
    }

    @Override
    public PasswordHash decoy() {
        return decoy;
    }

    @Override
    public PasswordHash decoyLike(PasswordHash stored) {
        return encoded(iterations(stored).orElse(iterations), bytes(16), bytes(32));
    }

    @Override
    public int longestBytes() {
        return LONGEST_BYTES;
    }

    private static boolean usable(RawPassword password) {
        byte[] utf8 = password.revealUtf8();
        Arrays.fill(utf8, (byte) 0);
        return password.isWellFormed() && utf8.length <= LONGEST_BYTES;
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static PasswordHash encoded(int iterations, byte[] salt, byte[] derived) {
        HexFormat hex = HexFormat.of();
        return PasswordHash.of("pbkdf2$" + iterations + "$" + hex.formatHex(salt) + "$" + hex.formatHex(derived));
    }

    private static byte[] derive(RawPassword password, int iterations, byte[] salt) {
        byte[] utf8 = password.revealUtf8();
        char[] chars = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(utf8)).array();
        PBEKeySpec spec = new PBEKeySpec(chars, salt, iterations, 256);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no PBKDF2", missing);
        } finally {
            spec.clearPassword();
            Arrays.fill(utf8, (byte) 0);
            Arrays.fill(chars, '\0');
        }
    }
}
// end
