package dev.countersign.crypto.jjwt;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.countersign.internal.library.Library;
import dev.countersign.json.JsonObject;
import dev.countersign.secret.Secret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one kind of token: one algorithm for new tokens, one key that signs at a time, and any number of keys that only verify, each with one
 * algorithm of its own (RFC 8725 §3.1). Immutable; each method that adds a key returns a larger ring.
 */
@Secret
public final class KeyRing {

    private final KeySet keys;
    private final SigningAlgorithm algorithm;
    private final InstantSource clock;
    private final boolean hasSeed;
    private final ImmutableMap<String, VerifyingKey> own;
    private final ImmutableList<VerifyingKey> old;
    private volatile KeyPeriod period;

    private KeyRing(KeySet keys, SigningAlgorithm algorithm, InstantSource clock, boolean hasSeed) {
        this.keys = keys;
        this.algorithm = algorithm;
        this.clock = clock;
        this.hasSeed = hasSeed;
        this.own = keys.keys().stream()
                .filter(RingKey::isOwn)
                .collect(ImmutableMap.toImmutableMap(RingKey::id, VerifyingKey::of));
        this.old = keys.keys().stream()
                .filter(key -> !key.isOwn())
                .map(VerifyingKey::of)
                .collect(ImmutableList.toImmutableList());
        this.period = KeyPeriod.of(keys, clock.instant());
    }

    /**
     * A ring with the keys of a set, each as long as the set says.
     *
     * @param keys the keys
     * @param algorithm the algorithm of new tokens
     * @param clock the source of the current time
     * @return the ring
     * @throws IllegalArgumentException if no key of the set signs with the algorithm
     * @throws IllegalStateException if jjwt is not on the class path, with the lines that add it
     */
    public static KeyRing of(KeySet keys, SigningAlgorithm algorithm, InstantSource clock) {
        Library.require("KeyRing", Library.JJWT_API, Library.JJWT_IMPL);
        if (keys.signing(requireNonNull(algorithm, "algorithm"), clock.instant())
                .isEmpty()) {
            throw new IllegalArgumentException("none of the keys signs with " + algorithm.joseName());
        }
        return new KeyRing(keys, algorithm, clock, true);
    }

    /**
     * A ring with one key, which signs and verifies.
     *
     * @param key a key with its secret or private half
     * @return the ring
     * @throws IllegalArgumentException if the key cannot sign
     * @throws IllegalStateException if jjwt is not on the class path, with the lines that add it
     */
    public static KeyRing signingWith(KeyMaterial key) {
        Library.require("KeyRing", Library.JJWT_API, Library.JJWT_IMPL);
        return new KeyRing(KeySet.of(key), key.algorithm(), () -> Instant.MAX, false);
    }

    /**
     * This ring with one more key; it verifies tokens that name its id or no id.
     *
     * @param key a key; of the ring's algorithm or of another one
     * @return the larger ring
     * @throws IllegalArgumentException if the ring has the key or its id already
     */
    public KeyRing alsoVerifying(KeyMaterial key) {
        return with(new RingKey(key, null, null, null), clock);
    }

    /**
     * This ring with a key of an old system. It verifies tokens with any key id, except the id of a key of ours. It is not published. Its tokens are
     * valid only for users of that system, see {@link dev.countersign.user.Origin}.
     *
     * @param key a key, of the ring's algorithm or of another one; its id is not used
     * @param oldSystem the old system's name, as given when its users were imported; {@link dev.countersign.user.Origin#UNNAMED_SYSTEM} for none
     * @return the larger ring
     * @throws IllegalArgumentException if the ring has the key already
     */
    public KeyRing alsoVerifyingOldSystem(KeyMaterial key, String oldSystem) {
        return with(RingKey.ofOldSystem(key, requireNonNull(oldSystem, "oldSystem"), null), clock);
    }

    /**
     * DANGER: this ring with a secret of an old system that is shorter than RFC 7518 §3.2 allows, and can perhaps be guessed from a single token. It
     * verifies tokens as {@link #alsoVerifyingOldSystem} does, and never signs. Choose an end within a year.
     *
     * @param secret copied; shorter than the algorithm's hash, not empty, not a repetition of one byte
     * @param oldSystem the old system's name, as given when its users were imported; {@link dev.countersign.user.Origin#UNNAMED_SYSTEM} for none
     * @param end the first instant at which the secret is no longer used
     * @param clock the source of the current time
     * @return the larger ring
     * @throws IllegalArgumentException if the algorithm has no shared secrets, or the secret is long enough or trivial
     */
    public KeyRing acceptingShortSecretUntil(byte[] secret, String oldSystem, Instant end, InstantSource clock) {
        requireNonNull(oldSystem, "oldSystem");
        requireNonNull(end, "end");
        requireNonNull(clock, "clock");

        KeyMaterial key = KeyMaterial.ofShortLegacySecret(algorithm, secret, Instant.EPOCH);
        return with(RingKey.ofOldSystem(key, oldSystem, end), clock);
    }

    private KeyRing with(RingKey key, InstantSource time) {
        return new KeyRing(keys.with(key), algorithm, time, hasSeed);
    }

    /** {@return the algorithm of new tokens} */
    public SigningAlgorithm algorithm() {
        return algorithm;
    }

    /** {@return the id of the key that signs now} */
    public String signingKeyId() {
        return signing().id();
    }

    private RingKey signing() {
        return keys.signing(algorithm, clock.instant()).orElseThrow();
    }

    /** {@return the public keys of ours as JWKs, the signing key first, the next one and former ones after it; none for shared secrets} */
    public List<JsonObject> publicKeys() {
        Instant now = clock.instant();
        RingKey first = signing();
        return Stream.concat(Stream.of(first), keys.keys().stream().filter(key -> !key.equals(first)))
                .filter(key -> key.isOwn() && !key.hasEnded(now))
                .flatMap(key -> key.material().publicKey().map(half -> PublicJwk.of(key.material(), half)).stream())
                .collect(ImmutableList.toImmutableList());
    }

    /** {@return the names of the old systems whose tokens are verified now, each once} */
    public ImmutableSet<String> oldSystems() {
        Instant now = clock.instant();
        return keys.keys().stream()
                .filter(key -> !key.hasEnded(now))
                .flatMap(key -> Stream.ofNullable(key.oldSystem()))
                .collect(ImmutableSet.toImmutableSet());
    }

    /**
     * Derives another secret from the ring. It is the same after a restart, on every node with that ring, and for a ring of a {@link KeySet} also after
     * its keys have changed.
     *
     * @param purpose the purpose; another purpose gives another secret
     * @return 32 bytes, which reveal nothing about the keys
     */
    public byte[] deriveSecret(String purpose) {
        requireNonNull(purpose, "purpose");

        return hasSeed
                ? Derivation.from(keys.seed(), "countersign " + purpose)
                : signing().material().derived("countersign " + purpose);
    }

    /**
     * The key for a new token. Another key may have begun to sign after the token's header was made; then the one that the header names signs.
     *
     * @param keyId the id in the token's header; null for none
     */
    KeyMaterial signer(@Nullable String keyId) {
        Instant now = clock.instant();
        return Optional.ofNullable(keyId)
                .flatMap(keys::find)
                .filter(key -> key.signsFrom() != null && key.material().algorithm() == algorithm && !key.hasEnded(now))
                .map(RingKey::material)
                .orElseGet(() -> signing().material());
    }

    /** The keys to try; a token's key id is used only to select one of them (RFC 8725 §3.10), each with its own algorithm. */
    ImmutableList<VerifyingKey> candidates(JoseHeader header) {
        Instant now = clock.instant();
        String id = header.keyId();
        VerifyingKey named = id == null ? null : own.get(id);
        Stream<VerifyingKey> all = named != null
                ? Stream.of(named)
                : Stream.concat(id == null ? own.values().stream() : Stream.empty(), old.stream());
        return all.filter(key -> key.verifies(header.algorithm(), now)).collect(ImmutableList.toImmutableList());
    }

    /** The current time between two ends of keys: the same object as long as the same keys of this ring verify. */
    KeyPeriod period() {
        Instant now = clock.instant();
        KeyPeriod known = period;
        if (!known.contains(now)) {
            known = KeyPeriod.of(keys, now);
            period = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return "KeyRing[" + algorithm.joseName() + ", hidden]";
    }
}
