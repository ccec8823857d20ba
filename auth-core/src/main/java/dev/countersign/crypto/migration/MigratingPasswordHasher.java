package dev.countersign.crypto.migration;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.countersign.internal.hash.HashFormat;
import dev.countersign.internal.hash.Reading;
import dev.countersign.internal.hash.bcrypt.BcryptFormat;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Hashes with one hasher and also verifies hashes that other systems made; those are outdated, so the first login replaces them. A verification
 * computes exactly one hash, the current hasher's or the other system's; for a weak hash it computes both. A password that is too long for the
 * current hasher can still match another system's hash, which then stays as it is. Thread-safe if its parts are.
 */
public final class MigratingPasswordHasher implements PasswordHasher {

    /** The prefix that makes a decoy of another system's hash: same cost, but nothing matches. */
    private static final String DECOY = "{decoy}";

    // Half of the heap for hashes, as in HashLimits.
    private static final int HEAP_DIVISOR = 2;
    private static final long MEBIBYTE = 1 << 20;

    /** Matches nothing, at the cost of the current hasher's decoy. */
    private static final PasswordHash UNREADABLE = PasswordHash.of("");

    private final PasswordHasher current;
    private final ImmutableList<HashFormat> formats;
    private final long mostMemory;

    /**
     * Creates a hasher around the current one.
     *
     * @param current hashes new passwords
     * @param formats the formats that it also verifies, such as {@link ForeignHashes#all()}; the first that recognizes a stored form decides
     * @throws IllegalArgumentException if a format refuses the current hasher's own hashes
     */
    public MigratingPasswordHasher(PasswordHasher current, List<HashFormat> formats) {
        this(
                requireNonNull(current, "current"),
                ImmutableList.copyOf(requireNonNull(formats, "formats")),
                Runtime.getRuntime().maxMemory() / HEAP_DIVISOR);
    }

    private MigratingPasswordHasher(PasswordHasher current, ImmutableList<HashFormat> formats, long mostMemory) {
        this.current = current;
        this.formats = formats;
        this.mostMemory = mostMemory;
        if (read(current.decoy()).orElse(null) instanceof Reading.Refused) {
            throw new IllegalArgumentException(
                    "a format refuses the hashes of the current hasher, so nobody could log in;"
                            + " a PepperedPasswordHasher goes around a MigratingPasswordHasher, not inside");
        }
    }

    /**
     * The same hasher with another limit of memory. A hash that needs more is refused like one of an unknown format: verifying it could end the process.
     *
     * @param bytes the most bytes of the heap that a verification may occupy; half of the largest heap unless given
     * @return the hasher
     */
    public MigratingPasswordHasher withMemoryBytes(long bytes) {
        return new MigratingPasswordHasher(current, formats, bytes);
    }

    /**
     * Returns why a hash of a known format cannot be verified in this process: it needs too much memory.
     *
     * @param stored the stored form
     * @return the reason, with what to do; empty if the memory suffices
     */
    public Optional<String> lackOfMemory(PasswordHash stored) {
        return readAny(stored).flatMap(this::lackOfMemory);
    }

    private Optional<String> lackOfMemory(Reading reading) {
        return reading instanceof Reading.Foreign foreign && foreign.memoryBytes() > mostMemory
                ? Optional.of("it needs " + mebibytes(foreign.memoryBytes()) + " MiB of memory, and a hash may use "
                        + mostMemory / MEBIBYTE + " MiB here; start Java with -Xmx"
                        + mebibytes(2 * foreign.memoryBytes()) + "m or more")
                : Optional.empty();
    }

    private static long mebibytes(long bytes) {
        return (bytes + MEBIBYTE - 1) / MEBIBYTE;
    }

    /**
     * Returns why a hash cannot be imported; computes no hash.
     *
     * @param stored the stored form
     * @return the reason, which quotes only the costs of the hash; empty if the hash can be verified
     */
    public Optional<String> refusal(PasswordHash stored) {
        Optional<Reading> reading = read(stored);
        if (reading.isEmpty()) {
            return Optional.of("it is of no known format");
        }
        return reading.get() instanceof Reading.Refused refused ? Optional.of(refused.why()) : Optional.empty();
    }

    /**
     * Checks whether a hash is weak: an attacker who reads it finds most passwords within hours.
     *
     * @param stored the stored form
     * @return whether the hash is weak; false for a hash that {@link #taken} wrapped
     */
    public boolean isWeak(PasswordHash stored) {
        return read(stored).orElse(null) instanceof Reading.Weak;
    }

    /**
     * The form in which to store another system's hash. A weak hash is wrapped in one of the current hasher, which costs one hash; any other costs
     * none. A secret of the other system that the hash contains besides salt and digest is left out.
     *
     * @param stored a hash that {@link #refusal} accepts
     * @param cut whether bcrypt hashes come from a system that ignores a password's bytes after the 72nd
     * @return the form to be stored
     */
    public PasswordHash taken(PasswordHash stored, boolean cut) {
        Reading reading = read(stored).orElse(null);
        if (reading instanceof Reading.Weak weak) {
            try (RawPassword text = Wrapping.text(weak.digest().reveal())) {
                return Wrapping.write(weak, current.hash(text));
            }
        }
        if (reading instanceof Reading.Native inner && cut) {
            return PasswordHash.of(BcryptFormat.CUT + inner.hash().revealForStorage());
        }
        PasswordHash without = reading instanceof Reading.Foreign foreign ? foreign.withoutSecret() : null;
        return without == null ? stored : without;
    }

    /**
     * Describes algorithm and costs.
     *
     * @param stored the stored form
     * @return a text such as {@code bcrypt, cost 12}, without salt and digest
     */
    public String kind(PasswordHash stored) {
        return read(stored).map(Reading::kind).orElse("not readable");
    }

    @Override
    public boolean verify(RawPassword password, PasswordHash stored) {
        requireNonNull(password, "password");

        String text = stored.revealForStorage();
        if (text.startsWith(DECOY)) {
            verify(password, PasswordHash.of(text.substring(DECOY.length())));
            return false;
        }
        Optional<Reading> reading = read(stored);
        Optional<PasswordHash> own = ofCurrent(stored, reading);
        if (own.isPresent()) {
            return current.verify(password, own.get());
        }
        byte[] whole = password.revealUtf8();
        byte[] bytes = Arrays.copyOf(whole, Math.min(whole.length, Reading.LONGEST_BYTES));
        try {
            boolean matches = matches(reading.orElseThrow(), bytes);
            return matches && password.isWellFormed() && whole.length <= Reading.LONGEST_BYTES;
        } finally {
            Arrays.fill(whole, (byte) 0);
            Arrays.fill(bytes, (byte) 0);
        }
    }

    @Override
    public int atOnce() {
        return current.atOnce();
    }

    @Override
    public List<Boolean> verifyAll(List<Check> checks) {
        requireNonNull(checks, "checks");

        List<Check> ofCurrent = checks.stream()
                .flatMap(check -> ofCurrent(check.stored()).map(own -> new Check(check.password(), own)).stream())
                .collect(ImmutableList.toImmutableList());
        // The current hasher knows nothing of the others, so they go one after the other.
        return ofCurrent.size() == checks.size()
                ? current.verifyAll(ofCurrent)
                : PasswordHasher.super.verifyAll(checks);
    }

    private Optional<PasswordHash> ofCurrent(PasswordHash stored) {
        return stored.revealForStorage().startsWith(DECOY) ? Optional.empty() : ofCurrent(stored, read(stored));
    }

    /** The hash that the current hasher compares with; empty if the stored one is another system's. */
    private static Optional<PasswordHash> ofCurrent(PasswordHash stored, Optional<Reading> reading) {
        if (reading.isEmpty()) {
            return Optional.of(stored);
        }
        if (reading.get() instanceof Reading.Native inner) {
            return Optional.of(inner.hash());
        }
        return reading.get() instanceof Reading.Refused ? Optional.of(UNREADABLE) : Optional.empty();
    }

    private boolean matches(Reading reading, byte[] bytes) {
        if (reading instanceof Reading.Foreign foreign) {
            return foreign.check().matches(bytes);
        }
        if (reading instanceof Reading.Wrapped wrapped) {
            return verify(wrapped.weak(), bytes, wrapped.slow());
        }
        Reading.Weak weak = (Reading.Weak) reading;
        boolean matches = weak.digest().matches(bytes);
        // Computed so that the time does not reveal users with a weak hash, and guessing their passwords is not faster.
        verify(weak, bytes, current.decoy());
        return matches;
    }

    private boolean verify(Reading.Weak weak, byte[] bytes, PasswordHash slow) {
        try (RawPassword text = Wrapping.text(weak.digest().compute(bytes))) {
            return current.verify(text, slow);
        }
    }

    @Override
    public long memoryBytes(PasswordHash stored) {
        String text = stored.revealForStorage();
        Reading reading = read(text.startsWith(DECOY) ? PasswordHash.of(text.substring(DECOY.length())) : stored)
                .orElse(null);
        return reading instanceof Reading.Foreign foreign
                ? foreign.memoryBytes()
                : current.memoryBytes(current.decoy());
    }

    @Override
    public boolean outdated(PasswordHash stored) {
        boolean own = read(stored).orElse(null) instanceof Reading.Native inner
                && inner.hash().equals(stored);
        return !own || current.outdated(stored);
    }

    @Override
    public boolean shouldRehash(RawPassword matched, PasswordHash stored) {
        requireNonNull(matched, "matched");

        Reading reading = read(stored).orElse(null);
        int whole = reading instanceof Reading.Foreign foreign ? foreign.wholeBytes() : Reading.LONGEST_BYTES;
        return outdated(stored) && matched.isWellFormed() && matched.bytes() <= Math.min(whole, longestBytes());
    }

    private Optional<Reading> read(PasswordHash stored) {
        return readAny(stored)
                .map(reading ->
                        lackOfMemory(reading).<Reading>map(Reading.Refused::new).orElse(reading));
    }

    private Optional<Reading> readAny(PasswordHash stored) {
        String text = stored.revealForStorage();
        Optional<Reading> wrapped = Wrapping.read(text, this::read);
        return wrapped.isPresent() ? wrapped : read(text);
    }

    private Optional<Reading> read(String text) {
        return formats.stream().flatMap(format -> format.read(text).stream()).findFirst();
    }

    @Override
    public PasswordHash hash(RawPassword password) {
        requireNonNull(password, "password");

        return current.hash(password);
    }

    @Override
    public PasswordHash decoy() {
        return current.decoy();
    }

    @Override
    public PasswordHash decoyLike(PasswordHash stored) {
        Reading reading = read(stored).orElse(null);
        if (reading instanceof Reading.Native inner) {
            return current.decoyLike(inner.hash());
        }
        return reading == null || reading instanceof Reading.Refused
                ? current.decoyLike(stored)
                : PasswordHash.of(DECOY + stored.revealForStorage());
    }

    @Override
    public int longestBytes() {
        return current.longestBytes();
    }
}
