package dev.countersign.server;

import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.KeySet;
import dev.countersign.crypto.jjwt.RingKey;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.server.Dialects.Chosen;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.KeySource;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/** The keys of one mount: its own ring or the key that the configuration names, and the old system's key from the configuration. */
final class MountKeys {

    private final Chosen chosen;
    private final GivenKeys given;
    private final RingStore own;
    private final InstantSource clock;
    private final SecureRandom random;
    private final SigningAlgorithm algorithm;

    MountKeys(Chosen chosen, GivenKeys given, RingStore own, InstantSource clock, SecureRandom random) {
        this.chosen = chosen;
        this.given = given;
        this.own = own;
        this.clock = clock;
        this.random = random;
        this.algorithm = chosen.algorithm();
    }

    Chosen chosen() {
        return chosen;
    }

    SigningAlgorithm algorithm() {
        return algorithm;
    }

    /** The place of the keys, for messages. */
    String place() {
        return signingKey().map(GivenKeys::name).orElseGet(own::place);
    }

    private Optional<KeySource> signingKey() {
        return chosen.mount().signingKey();
    }

    boolean isGiven() {
        return signingKey().isPresent();
    }

    /** Reads every key and changes nothing. */
    void check() throws ConfigException {
        Optional<KeySet> present = present();
        if (present.isPresent()) {
            ring(present.get());
        } else if (chosen.mount().oldSecret().isPresent()) {
            given.old(chosen.mount().oldSecret().get(), algorithm);
        }
    }

    /** The keys that sign, without the old system's from the configuration; empty before the first start. */
    Optional<KeySet> present() throws ConfigException {
        return isGiven() ? Optional.of(given.signing(signingKey().get(), algorithm)) : own.read();
    }

    /** Makes the ring if there is none, and loads it. */
    KeyRing open() throws ConfigException {
        prepare();
        return load();
    }

    /** Makes the ring if there is none, and brings one of an earlier release into the present form. */
    void prepare() throws ConfigException {
        if (!isGiven()) {
            own.prepare(own.read().isPresent() ? Optional.empty() : Optional.of(fresh()));
        }
    }

    /** Whether no mount has a ring yet: the server was never started. */
    boolean isNew() throws ConfigException {
        return !isGiven() && own.isNew();
    }

    /** Brings a ring of an earlier release into the present form, and makes none. */
    void prepareExisting() throws ConfigException {
        if (!isGiven()) {
            own.prepare(Optional.empty());
        }
    }

    /** The refusal of a command that needs the ring, which is missing. */
    ConfigException missing() {
        return own.missing();
    }

    private KeySet fresh() {
        return KeySet.of(newKey());
    }

    /** A new key for the dialect's tokens. */
    KeyMaterial newKey() {
        KeyMaterial key;
        do {
            key = KeyMaterial.generate(algorithm, clock.instant(), random);
            // In a command, an id with a hyphen first would look like an option.
        } while (key.id().startsWith("-"));
        return key;
    }

    /** Loads the keys as they are now. */
    KeyRing load() throws ConfigException {
        return ring(present().orElseThrow(() -> new ConfigException("the ring " + own.place() + " is missing")));
    }

    private KeyRing ring(KeySet present) throws ConfigException {
        if (present.signing(algorithm, clock.instant()).isEmpty()) {
            RingKey other = present.keys().get(present.keys().size() - 1);
            String advice = isGiven()
                    ? "give it a key for " + algorithm.joseName()
                    : "run auth-server key rotate " + chosen.label() + " --after 0s";
            throw new ConfigException("the key of " + chosen.id() + " is for "
                    + other.material().algorithm().joseName() + ", but the dialect signs with " + algorithm.joseName()
                    + ": " + advice);
        }
        return GivenKeys.checked("the keys of " + chosen.id(), () -> KeyRing.of(withOld(present), algorithm, clock));
    }

    /** The store of keys that commands may change. */
    RingStore changeable() throws ConfigException {
        Optional<KeySource> source = signingKey();
        if (source.isEmpty()) {
            return own;
        }
        if (source.get().encoding() == KeySource.Encoding.JSON
                && !source.get().file().isEmpty()) {
            return new RingFile(Path.of(source.get().file()), algorithm);
        }
        throw new ConfigException("the key of " + chosen.label() + " is given by signing_key (" + place()
                + "): change it there, or give a JWK Set as a file with encoding: json");
    }

    /** Those keys with the old system's from the configuration. */
    KeySet withOld(KeySet present) throws ConfigException {
        Optional<KeySource> old = chosen.mount().oldSecret();
        if (old.isEmpty()) {
            return present;
        }
        KeySet all = present;
        for (RingKey key : given.old(old.get(), algorithm)) {
            KeySet sofar = all;
            all = GivenKeys.checked(GivenKeys.name(old.get()), () -> sofar.withOldSystem(key));
        }
        return all;
    }

    /** A text that differs whenever a key has changed; cheap. */
    String state() throws ConfigException {
        String signing = isGiven() ? given.state(signingKey().get()) : own.state();
        Optional<KeySource> old = chosen.mount().oldSecret();
        return old.isPresent() ? signing + " " + given.state(old.get()) : signing;
    }
}
