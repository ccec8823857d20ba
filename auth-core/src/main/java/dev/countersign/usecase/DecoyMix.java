package dev.countersign.usecase;

import static java.util.Objects.requireNonNull;

import dev.countersign.password.DecoyKey;
import dev.countersign.password.PasswordHash;
import dev.countersign.port.HashSample;
import dev.countersign.port.PasswordHasher;
import dev.countersign.user.Identifier;
import dev.countersign.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Selects the hash that is verified for an unknown identifier, so that algorithms and costs are as frequent among unknown users as among known ones
 * (ASVS 6.3.8). A keyed hash ties each identifier to one user of a sample: it costs what that user's login costs, before and after the user's hash is
 * replaced. Thread-safe.
 */
public final class DecoyMix {

    /** How long a sample is used before the next one is read. */
    public static final Duration LIFETIME = Duration.ofMinutes(1);

    private final HashSample sample;
    private final PasswordHasher hasher;
    private final @Nullable DecoyKey key;
    private final InstantSource clock;
    private final Executor background;
    private final AtomicReference<Instant> due;

    /** Decoys by user number. The numbers form a ring, compared as unsigned. */
    private volatile TreeMap<Long, PasswordHash> ring = new TreeMap<>();

    private DecoyMix(
            HashSample sample,
            PasswordHasher hasher,
            @Nullable DecoyKey key,
            InstantSource clock,
            Executor background,
            Instant due) {
        this.sample = sample;
        this.hasher = hasher;
        this.key = key;
        this.clock = clock;
        this.background = background;
        this.due = new AtomicReference<>(due);
    }

    /**
     * Decoys with the cost of new hashes. Sufficient if every stored hash has that cost; otherwise the time of a login distinguishes known users from
     * unknown ones.
     *
     * @param hasher creates the decoy
     * @return the mix
     */
    public static DecoyMix ofNewHashes(PasswordHasher hasher) {
        requireNonNull(hasher, "hasher");

        return new DecoyMix(most -> Map.of(), hasher, null, () -> Instant.MIN, Runnable::run, Instant.MAX);
    }

    /**
     * Decoys that resemble the stored hashes. Until {@link #refresh} is called they have the cost of new hashes; after that, a login starts reading a
     * new sample if the last one is older than {@link #LIFETIME}.
     *
     * @param sample reads stored hashes
     * @param hasher creates decoys like the stored hashes
     * @param key selects among them; the same after a restart and on every node
     * @param clock the source of the current time
     * @param background reads a new sample while the login continues
     * @return the mix
     */
    public static DecoyMix of(
            HashSample sample, PasswordHasher hasher, DecoyKey key, InstantSource clock, Executor background) {
        requireNonNull(sample, "sample");
        requireNonNull(hasher, "hasher");
        requireNonNull(key, "key");
        requireNonNull(clock, "clock");
        requireNonNull(background, "background");

        return new DecoyMix(sample, hasher, key, clock, background, Instant.MIN);
    }

    /** Reads a new sample now. */
    public void refresh() {
        due.set(clock.instant().plus(LIFETIME));
        if (key != null) {
            TreeMap<Long, PasswordHash> next = new TreeMap<>(Long::compareUnsigned);
            for (Map.Entry<UserId, PasswordHash> user :
                    sample.read(HashSample.LARGEST).entrySet()) {
                next.put(key.number("user " + user.getKey().value()), hasher.decoyLike(user.getValue()));
            }
            ring = next;
        }
    }

    /**
     * Selects the decoy for an identifier.
     *
     * @param identifier the identifier, as typed
     * @return a hash that no password matches, with the same algorithm and cost each time as long as the sampled user's hash keeps them
     */
    public PasswordHash decoyFor(Identifier identifier) {
        requireNonNull(identifier, "identifier");

        Instant now = clock.instant();
        Instant last = due.get();
        // Set before the read, so that only one thread reads and a fault is not repeated by every login.
        if (now.isAfter(last) && due.compareAndSet(last, now.plus(LIFETIME))) {
            background.execute(this::refresh);
        }
        TreeMap<Long, PasswordHash> users = ring;
        if (key == null || users.isEmpty()) {
            return hasher.decoy();
        }
        Map.Entry<Long, PasswordHash> next = users.ceilingEntry(key.number("name " + identifier.folded()));
        return (next == null ? users.firstEntry() : next).getValue();
    }
}
