package dev.countersign.crypto.migration;

import com.google.common.collect.ImmutableList;
import dev.countersign.crypto.format.HashFormat;
import dev.countersign.crypto.format.Reading;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Hashes with one hasher and also verifies hashes that other systems made; those are outdated, so that the first login replaces them. Exactly one hash
 * per verification, the current hasher's or the other system's. Passwords too long for the current hasher match nothing, for they could not
 * be stored anew. Thread-safe if its parts are.
 */
public final class MigratingPasswordHasher implements PasswordHasher {

    /** Matches nothing, at the cost of the current hasher's decoy. */
    private static final PasswordHash UNREADABLE = PasswordHash.of("");

    private final PasswordHasher current;
    private final ImmutableList<HashFormat> formats;

    /**
     * Wraps a hasher.
     *
     * @param current hashes new passwords
     * @param formats what else verifies, such as {@link ForeignHashes#all()}; the first that knows a stored form decides
     */
    public MigratingPasswordHasher(PasswordHasher current, List<HashFormat> formats) {
        this.current = current;
        this.formats = ImmutableList.copyOf(formats);
    }

    /**
     * Says why a hash cannot be taken over, at the cost of no hash.
     *
     * @param stored the stored form
     * @return the reason, which quotes nothing of the hash but its costs; empty if it can be verified
     */
    public Optional<String> refusal(PasswordHash stored) {
        Optional<Reading> reading = read(stored);
        if (reading.isEmpty()) {
            return Optional.of("it is of no known format");
        }
        return reading.get() instanceof Reading.Refused refused ? Optional.of(refused.why()) : Optional.empty();
    }

    @Override
    public boolean verify(RawPassword password, PasswordHash stored) {
        Reading reading = read(stored).orElse(null);
        if (reading instanceof Reading.Foreign foreign) {
            return matches(foreign, password);
        }
        if (reading instanceof Reading.Native inner) {
            return current.verify(password, inner.hash());
        }
        return current.verify(password, reading == null ? stored : UNREADABLE);
    }

    private boolean matches(Reading.Foreign foreign, RawPassword password) {
        byte[] bytes = password.revealUtf8();
        try {
            boolean matches = foreign.check().matches(bytes);
            return matches && password.isWellFormed() && bytes.length <= longestBytes();
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    @Override
    public boolean outdated(PasswordHash stored) {
        boolean own = read(stored)
                .map(reading ->
                        reading instanceof Reading.Native inner && inner.hash().equals(stored))
                .orElse(true);
        return !own || current.outdated(stored);
    }

    private Optional<Reading> read(PasswordHash stored) {
        String text = stored.revealForStorage();
        return formats.stream().flatMap(format -> format.read(text).stream()).findFirst();
    }

    @Override
    public PasswordHash hash(RawPassword password) {
        return current.hash(password);
    }

    @Override
    public PasswordHash decoy() {
        return current.decoy();
    }

    @Override
    public int longestBytes() {
        return current.longestBytes();
    }
}
