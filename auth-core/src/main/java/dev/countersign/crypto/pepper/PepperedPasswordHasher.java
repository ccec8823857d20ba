package dev.countersign.crypto.pepper;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts the hashes of another hasher with a {@link Pepper} (NIST SP 800-63B-4 §3.1.1.2). A verification decrypts the stored hash and costs one hash of
 * the other hasher. Hashes without a pepper still verify; they and those of an earlier pepper are outdated. A hash whose pepper is missing matches nothing,
 * at the cost of the decoy. It goes around every other hasher, also around {@code MigratingPasswordHasher}. Thread-safe if the other hasher is.
 */
public final class PepperedPasswordHasher implements PasswordHasher {

    private final PasswordHasher hasher;
    private final @Nullable Pepper current;
    private final ImmutableMap<String, Pepper> peppers;
    private final Consumer<String> onUnreadable;
    private final PasswordHash decoy;

    private PepperedPasswordHasher(
            PasswordHasher hasher,
            @Nullable Pepper current,
            ImmutableMap<String, Pepper> peppers,
            Consumer<String> onUnreadable) {
        this.hasher = hasher;
        this.current = current;
        this.peppers = peppers;
        this.onUnreadable = onUnreadable;
        this.decoy = sealed(hasher.decoy(), current);
    }

    /**
     * Creates a hasher that encrypts new hashes.
     *
     * @param hasher hashes passwords
     * @param current encrypts new hashes
     * @param earlier decrypt stored hashes; remove one when no stored hash uses it
     * @return the hasher
     * @throws IllegalArgumentException if two peppers have the same id
     */
    public static PepperedPasswordHasher sealing(PasswordHasher hasher, Pepper current, List<Pepper> earlier) {
        requireNonNull(hasher, "hasher");
        requireNonNull(current, "current");
        requireNonNull(earlier, "earlier");

        List<Pepper> all = new ArrayList<>(earlier);
        all.add(current);
        return new PepperedPasswordHasher(hasher, current, byId(all), unreadable -> {});
    }

    /**
     * Creates a hasher that encrypts no new hash, to stop using peppers.
     *
     * @param hasher hashes passwords
     * @param earlier decrypt stored hashes
     * @return the hasher
     * @throws IllegalArgumentException if two peppers have the same id
     */
    public static PepperedPasswordHasher opening(PasswordHasher hasher, List<Pepper> earlier) {
        requireNonNull(earlier, "earlier");

        return new PepperedPasswordHasher(requireNonNull(hasher, "hasher"), null, byId(earlier), unreadable -> {});
    }

    private static ImmutableMap<String, Pepper> byId(List<Pepper> peppers) {
        return Maps.uniqueIndex(peppers, Pepper::id);
    }

    /**
     * Reports hashes that cannot be decrypted when somebody tries to log in with them.
     *
     * @param listener called with the reason, see {@link #refusal}, on the thread of the login
     * @return a new hasher
     */
    public PepperedPasswordHasher onUnreadable(Consumer<String> listener) {
        return new PepperedPasswordHasher(hasher, current, peppers, requireNonNull(listener, "listener"));
    }

    /**
     * The form to store for a hash of any pepper or none: encrypted with the current pepper, without a new hash. Always the same for the same hash.
     *
     * @param stored a stored form
     * @return the form with the current pepper, or without one if none is current; unchanged if it cannot be decrypted
     */
    public PasswordHash resealed(PasswordHash stored) {
        return opened(stored).map(plain -> sealed(plain, current)).orElse(stored);
    }

    /**
     * The hash that the other hasher wrote.
     *
     * @param stored a stored form
     * @return the decrypted hash, or the same one if it is not encrypted; empty if it cannot be decrypted
     */
    public Optional<PasswordHash> opened(PasswordHash stored) {
        requireNonNull(stored, "stored");

        Optional<String> id = pepper(stored);
        return id.isEmpty()
                ? Optional.of(stored)
                : Optional.ofNullable(peppers.get(id.get())).flatMap(pepper -> pepper.open(stored));
    }

    /**
     * The pepper of a stored hash.
     *
     * @param stored a stored form
     * @return the id, also of a pepper that is missing; empty if the hash is not encrypted
     */
    public Optional<String> pepper(PasswordHash stored) {
        return Pepper.idIn(requireNonNull(stored, "stored"));
    }

    /**
     * Explains why a stored hash cannot be decrypted.
     *
     * @param stored a stored form
     * @return the reason, which quotes only the id of the pepper; empty if the hash can be decrypted or is not encrypted
     */
    public Optional<String> refusal(PasswordHash stored) {
        if (opened(stored).isPresent()) {
            return Optional.empty();
        }
        String id = pepper(stored).orElseThrow();
        return Optional.of(
                peppers.containsKey(id)
                        ? "it is encrypted with another pepper that has the id " + id + ", or damaged"
                        : "it is encrypted with the pepper " + id + ", which is missing here");
    }

    @Override
    public PasswordHash hash(RawPassword password) {
        requireNonNull(password, "password");

        return sealed(hasher.hash(password), current);
    }

    @Override
    public boolean verify(RawPassword password, PasswordHash stored) {
        return verifyAll(List.of(new Check(password, stored))).get(0);
    }

    @Override
    public int atOnce() {
        return hasher.atOnce();
    }

    @Override
    public List<Boolean> verifyAll(List<Check> checks) {
        requireNonNull(checks, "checks");

        List<Optional<PasswordHash>> opened =
                checks.stream().map(check -> opened(check.stored())).toList();
        List<Check> plain = new ArrayList<>();
        for (int i = 0; i < checks.size(); i++) {
            plain.add(new Check(checks.get(i).password(), opened.get(i).orElseGet(hasher::decoy)));
        }
        List<Boolean> matches = hasher.verifyAll(plain);
        List<Boolean> results = new ArrayList<>();
        for (int i = 0; i < checks.size(); i++) {
            if (opened.get(i).isEmpty()) {
                refusal(checks.get(i).stored()).ifPresent(onUnreadable);
            }
            results.add(matches.get(i) && opened.get(i).isPresent());
        }
        return results;
    }

    @Override
    public long memoryBytes(PasswordHash stored) {
        return hasher.memoryBytes(opened(stored).orElseGet(hasher::decoy));
    }

    @Override
    public boolean outdated(PasswordHash stored) {
        Optional<PasswordHash> plain = opened(stored);
        return plain.isEmpty() || !hasCurrentPepper(stored) || hasher.outdated(plain.get());
    }

    @Override
    public boolean shouldRehash(RawPassword matched, PasswordHash stored) {
        requireNonNull(matched, "matched");

        Optional<PasswordHash> plain = opened(stored);
        if (plain.isEmpty()) {
            return false;
        }
        // The other hasher knows whether an outdated hash of its own compared the whole password.
        return hasher.outdated(plain.get())
                ? hasher.shouldRehash(matched, plain.get())
                : !hasCurrentPepper(stored) && matched.isWellFormed() && matched.bytes() <= longestBytes();
    }

    private boolean hasCurrentPepper(PasswordHash stored) {
        return pepper(stored).equals(Optional.ofNullable(current).map(Pepper::id));
    }

    @Override
    public PasswordHash decoy() {
        return decoy;
    }

    @Override
    public PasswordHash decoyLike(PasswordHash stored) {
        Optional<PasswordHash> plain = opened(stored);
        if (plain.isEmpty()) {
            return decoy;
        }
        PasswordHash like = hasher.decoyLike(plain.get());
        // The other hasher cannot verify the stored hash either.
        if (like.equals(hasher.decoy())) {
            return decoy;
        }
        return sealed(like, pepper(stored).map(peppers::get).orElse(null));
    }

    private static PasswordHash sealed(PasswordHash plain, @Nullable Pepper pepper) {
        return pepper == null ? plain : pepper.seal(plain);
    }

    @Override
    public int longestBytes() {
        return hasher.longestBytes();
    }
}
