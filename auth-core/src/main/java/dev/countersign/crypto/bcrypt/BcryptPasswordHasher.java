package dev.countersign.crypto.bcrypt;

import static java.util.Objects.requireNonNull;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.Radix64Encoder;
import dev.countersign.internal.hash.bcrypt.BcryptFormat;
import dev.countersign.internal.library.Library;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Matcher;

/**
 * Hashes with bcrypt: writes {@code $2b$}, also verifies {@code $2a$} and {@code $2y$} of other systems, never the broken {@code $2x$}. bcrypt reads
 * {@value #LONGEST_BYTES} bytes; a longer password matches nothing, rather than being cut (ASVS 6.2.8). Thread-safe.
 */
public final class BcryptPasswordHasher implements PasswordHasher {

    /** The default cost of new hashes. */
    public static final int DEFAULT_COST = 12;

    /** The lowest cost that new hashes may have. */
    public static final int LOWEST_COST = 10;

    /** The highest cost, also of imported hashes: a hash of cost 31 would take days. */
    public static final int HIGHEST_COST = BcryptFormat.HIGHEST_COST;

    /** The most bytes of UTF-8 that bcrypt reads. */
    public static final int LONGEST_BYTES = BcryptFormat.LONGEST_BYTES;

    private static final int SALT_BYTES = 16;
    private static final int DIGEST_BYTES = 23;

    private final int cost;
    private final SecureRandom random;
    private final BcryptEngine engine;
    private final PasswordHash decoy;

    /**
     * Creates a hasher with one cost for new passwords. It computes two hashes at once in little more than the time of one; the first hash of the
     * process also compares its computation with the bcrypt library's, which is used from then on if they differ.
     *
     * @param cost {@value #LOWEST_COST} to {@value #HIGHEST_COST}; each step doubles the time
     * @param random the source of salts
     * @throws IllegalArgumentException if the cost is out of range
     * @throws IllegalStateException if the bcrypt library is not on the class path, with the lines that add it
     */
    public BcryptPasswordHasher(int cost, SecureRandom random) {
        this(cost, random, required(FastestEngine::ofThisProcess));
    }

    private BcryptPasswordHasher(int cost, SecureRandom random, BcryptEngine engine) {
        requireNonNull(random, "random");
        if (cost < LOWEST_COST || cost > HIGHEST_COST) {
            throw new IllegalArgumentException(
                    "the cost of bcrypt is " + LOWEST_COST + " to " + HIGHEST_COST + ": " + cost);
        }
        this.cost = cost;
        this.random = random;
        this.engine = engine;
        this.decoy = decoy(cost);
    }

    /**
     * Creates a hasher that computes with the bcrypt library only.
     *
     * @param cost {@value #LOWEST_COST} to {@value #HIGHEST_COST}; each step doubles the time
     * @param random the source of salts
     * @return the hasher
     * @throws IllegalArgumentException if the cost is out of range
     * @throws IllegalStateException if the bcrypt library is not on the class path, with the lines that add it
     */
    public static BcryptPasswordHasher ofLibrary(int cost, SecureRandom random) {
        requireNonNull(random, "random");

        return new BcryptPasswordHasher(cost, random, required(LibraryEngine::new));
    }

    private static BcryptEngine required(Supplier<BcryptEngine> engine) {
        Library.require("BcryptPasswordHasher", Library.BCRYPT, Library.BCRYPT_BYTES);
        return engine.get();
    }

    private PasswordHash decoy(int ofCost) {
        return PasswordHash.of(String.format(Locale.ROOT, "$2b$%02d$", ofCost)
                + radix64(random, SALT_BYTES)
                + radix64(random, DIGEST_BYTES));
    }

    private static String radix64(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return new String(new Radix64Encoder.Default().encode(bytes), StandardCharsets.US_ASCII);
    }

    @Override
    public PasswordHash hash(RawPassword password) {
        byte[] bytes = password.revealUtf8();
        try {
            if (!password.isWellFormed()) {
                throw new IllegalArgumentException("a password has no NUL character and no unpaired surrogate");
            }
            if (bytes.length > LONGEST_BYTES) {
                throw new IllegalArgumentException("bcrypt reads " + LONGEST_BYTES + " bytes, the password is longer");
            }
            byte[] salt = new byte[SALT_BYTES];
            random.nextBytes(salt);
            byte[] digest = engine.digest(new BcryptWork(bytes, salt, cost));
            return PasswordHash.of(HashText.write(cost, salt, digest));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    @Override
    public boolean verify(RawPassword password, PasswordHash stored) {
        try (Comparison comparison = comparison(password, stored)) {
            return comparison.matches(engine.digest(comparison.work()));
        }
    }

    @Override
    public int atOnce() {
        return engine.atOnce();
    }

    @Override
    public List<Boolean> verifyAll(List<Check> checks) {
        requireNonNull(checks, "checks");
        if (checks.size() != 2) {
            return PasswordHasher.super.verifyAll(checks);
        }
        try (Comparison first =
                        comparison(checks.get(0).password(), checks.get(0).stored());
                Comparison second =
                        comparison(checks.get(1).password(), checks.get(1).stored())) {
            byte[][] digests = engine.digests(first.work(), second.work());
            return List.of(first.matches(digests[0]), second.matches(digests[1]));
        }
    }

    private Comparison comparison(RawPassword password, PasswordHash stored) {
        requireNonNull(password, "password");

        boolean readable =
                BcryptFormat.FORMAT.matcher(stored.revealForStorage()).matches();
        String hash = (readable ? stored : decoy).revealForStorage();
        byte[] whole = password.revealUtf8();
        // A cut password costs the same time, and its result is not used.
        byte[] read = Arrays.copyOf(whole, Math.min(whole.length, LONGEST_BYTES));
        Arrays.fill(whole, (byte) 0);
        BCrypt.HashData data = HashText.read(hash);
        return new Comparison(
                new BcryptWork(read, data.rawSalt, data.cost),
                data.rawHash,
                readable && password.isWellFormed() && whole.length <= LONGEST_BYTES);
    }

    /** A password and the digest that it is compared with; what comes of it counts only if it may match. */
    private static final class Comparison implements AutoCloseable {

        private final BcryptWork work;
        private final byte[] digest;
        private final boolean mayMatch;

        Comparison(BcryptWork work, byte[] digest, boolean mayMatch) {
            this.work = work;
            this.digest = digest;
            this.mayMatch = mayMatch;
        }

        BcryptWork work() {
            return work;
        }

        boolean matches(byte[] computed) {
            // In the same time wherever they differ.
            return MessageDigest.isEqual(computed, digest) && mayMatch;
        }

        @Override
        public void close() {
            Arrays.fill(work.password(), (byte) 0);
        }
    }

    @Override
    public boolean outdated(PasswordHash stored) {
        Matcher matcher = BcryptFormat.FORMAT.matcher(stored.revealForStorage());
        return !matcher.matches() || Integer.parseInt(matcher.group(1)) != cost;
    }

    @Override
    public PasswordHash decoy() {
        return decoy;
    }

    @Override
    public PasswordHash decoyLike(PasswordHash stored) {
        Matcher matcher = BcryptFormat.FORMAT.matcher(stored.revealForStorage());
        return matcher.matches() ? decoy(Integer.parseInt(matcher.group(1))) : decoy;
    }

    @Override
    public int longestBytes() {
        return LONGEST_BYTES;
    }
}
