package dev.countersign.testkit.crypto;

import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** A sound hasher, Argon2id with little memory; each part can be broken by a subclass. */
class Argon2Hasher implements PasswordHasher {

    static final int LONGEST_BYTES = 1024;

    private static final Pattern FORMAT = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,9}),t=(\\d{1,9}),p=(\\d)\\$([A-Za-z0-9+/]{16,24})\\$([A-Za-z0-9+/]{43})");
    private static final int MOST_KIBIBYTES = 1 << 16;
    private static final int MOST_PASSES = 8;
    private static final int PASSES = 2;

    private final int kibibytes;
    private final SecureRandom random = new SecureRandom();
    private final PasswordHash decoy;

    Argon2Hasher(int kibibytes) {
        this.kibibytes = kibibytes;
        this.decoy = encoded(new Costs(kibibytes, PASSES, 2), bytes(16), bytes(32));
    }

    record Costs(int kibibytes, int passes, int lanes) {}

    @Override
    public PasswordHash hash(RawPassword password) {
        if (!usable(password)) {
            throw new IllegalArgumentException("the password is malformed or too long");
        }
        return hash(password, kibibytes);
    }

    PasswordHash hash(RawPassword password, int otherKibibytes) {
        byte[] salt = salt();
        Costs costs = new Costs(otherKibibytes, PASSES, 2);
        return encoded(costs, salt, digest(password.revealUtf8(), costs, salt));
    }

    @Override
    public boolean verify(RawPassword password, PasswordHash stored) {
        boolean readable = readable(stored);
        Matcher read = FORMAT.matcher((readable ? stored : decoy).revealForStorage());
        if (!read.matches()) {
            throw new IllegalStateException();
        }
        byte[] expected = Base64.getDecoder().decode(read.group(5));
        byte[] digest =
                digest(password.revealUtf8(), costs(read), Base64.getDecoder().decode(read.group(4)));
        return MessageDigest.isEqual(digest, expected) && readable && usable(password);
    }

    private boolean readable(PasswordHash stored) {
        Matcher read = FORMAT.matcher(stored.revealForStorage());
        return read.matches() && withinCap(costs(read));
    }

    static Costs costs(Matcher read) {
        return new Costs(
                Integer.parseInt(read.group(1)), Integer.parseInt(read.group(2)), Integer.parseInt(read.group(3)));
    }

    boolean withinCap(Costs costs) {
        return costs.kibibytes() <= MOST_KIBIBYTES && costs.passes() <= MOST_PASSES && costs.lanes() <= 4;
    }

    @Override
    public boolean outdated(PasswordHash stored) {
        Matcher read = FORMAT.matcher(stored.revealForStorage());
        return !read.matches() || outdated(costs(read).kibibytes(), kibibytes);
    }

    boolean outdated(int before, int now) {
        return before != now;
    }

    @Override
    public PasswordHash decoy() {
        return decoy;
    }

    @Override
    public PasswordHash decoyLike(PasswordHash stored) {
        Matcher read = FORMAT.matcher(stored.revealForStorage());
        return read.matches() && withinCap(costs(read)) ? encoded(costs(read), bytes(16), bytes(32)) : decoy();
    }

    @Override
    public int longestBytes() {
        return LONGEST_BYTES;
    }

    static boolean usable(RawPassword password) {
        return password.isWellFormed() && password.bytes() <= LONGEST_BYTES;
    }

    byte[] salt() {
        return bytes(16);
    }

    byte[] digest(byte[] utf8, Costs costs, byte[] salt) {
        return argon2(Argon2Parameters.ARGON2_id, utf8, costs, salt);
    }

    static byte[] argon2(int variant, byte[] utf8, Costs costs, byte[] salt) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(variant)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(costs.kibibytes())
                .withIterations(costs.passes())
                .withParallelism(costs.lanes())
                .withSalt(salt)
                .build());
        byte[] digest = new byte[32];
        generator.generateBytes(utf8, digest);
        Arrays.fill(utf8, (byte) 0);
        return digest;
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    static PasswordHash encoded(Costs costs, byte[] salt, byte[] digest) {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return PasswordHash.of("$argon2id$v=19$m=" + costs.kibibytes() + ",t=" + costs.passes() + ",p=" + costs.lanes()
                + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(digest));
    }
}
