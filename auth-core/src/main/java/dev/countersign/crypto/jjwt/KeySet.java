package dev.countersign.crypto.jjwt;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.countersign.internal.library.Library;
import dev.countersign.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The stored keys of one mount: those that sign, one after the other, and those that only verify. Text form: a JWK Set, see {@link #read}. Immutable;
 * each method that changes something returns a changed set.
 */
@Secret
public final class KeySet {

    private static final Comparator<RingKey> BY_START =
            Comparator.comparing(key -> requireNonNull(key.signsFrom()), Comparator.naturalOrder());

    private final ImmutableList<RingKey> keys;
    private final byte[] seed;

    KeySet(List<RingKey> keys, byte @Nullable [] seed) {
        this.keys = ImmutableList.copyOf(keys);
        for (int i = 0; i < this.keys.size(); i++) {
            checkNew(this.keys.get(i), this.keys.subList(0, i));
        }
        RingKey first = this.keys.stream()
                .filter(key -> key.signsFrom() != null)
                .min(BY_START)
                .orElseThrow(() -> new IllegalArgumentException("the set has no key that signs"));
        if (this.keys.stream().noneMatch(key -> key.signsFrom() != null && key.verifiesUntil() == null)) {
            throw new IllegalArgumentException("each key that signs has an end, and none takes over after it");
        }
        this.seed = seed == null ? first.material().derived("countersign seed") : seed.clone();
    }

    /**
     * A set with one key, which signs.
     *
     * @param key a key with its secret or private half
     * @return the set
     * @throws IllegalArgumentException if the key cannot sign
     */
    public static KeySet of(KeyMaterial key) {
        return new KeySet(List.of(RingKey.signing(key, key.created())), null);
    }

    /**
     * Reads a set from its text form: a JWK Set (RFC 7517 §5) whose keys have a {@code kid}, an {@code alg} and the members {@code created}, and as
     * far as they apply {@code signs_from}, {@code verifies_until}, {@code old_system} and {@code short_secret}. Also reads a single key: a JWK, or the
     * text that {@link KeyText} writes.
     *
     * @param text the whole text
     * @return the set
     * @throws IllegalArgumentException if the text has another form, or a key does not suit its algorithm; the message quotes nothing of the text
     */
    public static KeySet read(String text) {
        return read(text, Optional.empty());
    }

    /**
     * Reads a set from its text form, in which keys may name no {@code alg}.
     *
     * @param text the whole text, see {@link #read(String)}
     * @param preferred the algorithm of a key that names none, if it suits it; empty for the usual one of its type
     * @return the set
     * @throws IllegalArgumentException if the text has another form, or a key does not suit its algorithm; the message quotes nothing of the text
     */
    public static KeySet read(String text, Optional<SigningAlgorithm> preferred) {
        requireNonNull(text, "text");
        requireNonNull(preferred, "preferred");

        requireLibraries();
        return KeySetText.read(text, preferred);
    }

    /** {@return the text form, with all secrets} */
    public String revealForStorage() {
        requireLibraries();
        return KeySetText.write(this);
    }

    private static void requireLibraries() {
        Library.require("KeySet", Library.JJWT_API, Library.JJWT_IMPL);
    }

    /** {@return all keys, in the order in which they were added} */
    public ImmutableList<RingKey> keys() {
        return keys;
    }

    /**
     * Finds a key.
     *
     * @param id its id
     * @return the key, or empty if there is none
     */
    public Optional<RingKey> find(String id) {
        requireNonNull(id, "id");

        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    /**
     * The key that signs at a time: of those whose time has come, the one whose time came last. A clock that is behind gets the earliest key.
     *
     * @param algorithm the algorithm of the tokens
     * @param now the time
     * @return the key; empty if the set has none for the algorithm
     */
    public Optional<RingKey> signing(SigningAlgorithm algorithm, Instant now) {
        requireNonNull(algorithm, "algorithm");
        requireNonNull(now, "now");

        List<RingKey> all = keys.stream()
                .filter(key -> key.signsFrom() != null && key.material().algorithm() == algorithm && !key.hasEnded(now))
                .sorted(BY_START)
                .toList();
        return all.stream()
                .filter(key -> !isNext(key, now))
                .reduce((earlier, later) -> later)
                .or(() -> all.stream().findFirst());
    }

    /** {@return the keys of our own that do not sign yet at that time} */
    public ImmutableList<RingKey> next(Instant now) {
        requireNonNull(now, "now");

        return some(key -> isNext(key, now));
    }

    private static boolean isNext(RingKey key, Instant now) {
        return key.signsFrom() != null && key.signsFrom().isAfter(now);
    }

    private ImmutableList<RingKey> some(Predicate<RingKey> which) {
        return keys.stream().filter(which).collect(ImmutableList.toImmutableList());
    }

    /**
     * This set with a key that will sign. The present keys verify until the last token that they have signed by then has expired.
     *
     * @param key a key with its secret or private half
     * @param now the current time
     * @param from the time from which it signs, not before now
     * @param tokenLife how long a token is accepted at most after it was signed
     * @return the changed set
     * @throws IllegalArgumentException if the key cannot sign, is in the set already, or another key is waiting to sign
     */
    public KeySet withSigning(KeyMaterial key, Instant now, Instant from, Duration tokenLife) {
        requireNonNull(key, "key");
        requireNonNull(now, "now");
        requireNonNull(from, "from");
        requireNonNull(tokenLife, "tokenLife");

        if (from.isBefore(now)) {
            throw new IllegalArgumentException("a key cannot sign from a time in the past");
        }
        next(now).forEach(waiting -> {
            throw new IllegalArgumentException("the key " + waiting.id() + " signs from "
                    + requireNonNull(waiting.signsFrom()).truncatedTo(ChronoUnit.SECONDS)
                    + " on: wait until then, or retire it first");
        });
        RingKey added = RingKey.signing(key, from);
        checkNew(added, keys);
        Instant end = from.plus(tokenLife);
        ImmutableList.Builder<RingKey> all = ImmutableList.builder();
        keys.forEach(one -> all.add(one.isOwn() && one.verifiesUntil() == null ? one.until(end) : one));
        return new KeySet(all.add(added).build(), seed);
    }

    /**
     * This set with a key that only verifies tokens of an old system.
     *
     * @param key the key
     * @return the changed set
     * @throws IllegalArgumentException if it is a key that signs, or is in the set already
     */
    public KeySet withOldSystem(RingKey key) {
        if (key.isOwn()) {
            throw new IllegalArgumentException("the key belongs to no old system");
        }
        return with(key);
    }

    KeySet with(RingKey key) {
        return new KeySet(ImmutableList.<RingKey>builder().addAll(keys).add(key).build(), seed);
    }

    /**
     * This set with the keys of another one, such as a set that a node had alone; they verify, and sign no more.
     *
     * @param other the other set
     * @param until the first instant at which its keys verify nothing any more, unless they have an earlier end
     * @return the changed set; the same keys if this set has them all
     */
    public KeySet withFormer(KeySet other, Instant until) {
        requireNonNull(until, "until");

        KeySet all = this;
        for (RingKey key : other.keys) {
            KeySet sofar = all;
            if (sofar.keys.stream()
                    .noneMatch(one ->
                            one.material().isSameKey(key.material()) || one.id().equals(key.id()))) {
                Instant own = key.verifiesUntil();
                Instant end = own != null && own.isBefore(until) ? own : until;
                all = sofar.with(new RingKey(key.material(), null, key.isOwn() ? end : own, key.oldSystem()));
            }
        }
        return all;
    }

    /**
     * This set without a key. Tokens that the key has signed are refused from then on.
     *
     * @param id the key's id
     * @param algorithm the algorithm of new tokens
     * @param now the time
     * @return the changed set
     * @throws IllegalArgumentException if there is no such key, or it is the key that signs now
     */
    public KeySet without(String id, SigningAlgorithm algorithm, Instant now) {
        requireNonNull(algorithm, "algorithm");
        requireNonNull(now, "now");

        RingKey gone = find(id).orElseThrow(() -> new IllegalArgumentException("there is no key " + id));
        if (signing(algorithm, now).filter(gone::equals).isPresent()) {
            throw new IllegalArgumentException("the key " + id + " signs now");
        }
        boolean waited = isNext(gone, now);
        ImmutableList.Builder<RingKey> left = ImmutableList.builder();
        // The key that goes on signing has no end any more.
        Optional<RingKey> signing = waited ? signing(algorithm, now) : Optional.empty();
        some(key -> !key.equals(gone))
                .forEach(key -> left.add(signing.filter(key::equals).isPresent() ? key.until(null) : key));
        return new KeySet(left.build(), seed);
    }

    /** {@return this set without the keys that verify nothing any more at that time} */
    public KeySet withoutEnded(Instant now) {
        requireNonNull(now, "now");

        return new KeySet(some(key -> !key.hasEnded(now)), seed);
    }

    private static void checkNew(RingKey key, List<RingKey> others) {
        for (RingKey other : others) {
            if (other.material().isSameKey(key.material())) {
                throw new IllegalArgumentException(
                        other.isOwn() == key.isOwn()
                                ? "the key is already in the ring, as " + other.id()
                                : "the old system's key is also one that signs here: its tokens could not be distinguished"
                                        + " from ours; sign with a key of your own, or leave the old one out");
            }
            if (other.id().equals(key.id())) {
                throw new IllegalArgumentException("two keys have the id " + key.id());
            }
        }
    }

    byte[] seed() {
        return seed.clone();
    }

    @Override
    public String toString() {
        return "KeySet[hidden]";
    }
}
