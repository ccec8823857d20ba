package dev.countersign.server;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.countersign.crypto.migration.MigratingPasswordHasher;
import dev.countersign.crypto.pepper.PepperedPasswordHasher;
import dev.countersign.password.PasswordHash;
import dev.countersign.port.PasswordHasher;
import java.util.Optional;

/** The hashes that the server stores: bcrypt and those of other systems, encrypted if there is a pepper. Thread-safe. */
public final class StoredHashes {

    private final MigratingPasswordHasher inner;
    private final PepperedPasswordHasher outer;
    private final PepperFile peppers;

    StoredHashes(MigratingPasswordHasher inner, PepperFile peppers, PepperedPasswordHasher outer) {
        this.inner = inner;
        this.peppers = peppers;
        this.outer = outer;
    }

    /** {@return hashes without a pepper} */
    public static StoredHashes withoutPepper(MigratingPasswordHasher hasher) {
        return new StoredHashes(requireNonNull(hasher, "hasher"), PepperFile.ABSENT, PepperFile.ABSENT.around(hasher));
    }

    /** {@return the hasher, which verifies all of them} */
    public PasswordHasher hasher() {
        return outer;
    }

    /**
     * Returns why a hash cannot be imported; computes no hash.
     *
     * @param stored the stored form
     * @return the reason, which quotes only costs and the id of a pepper; empty if the hash can be verified
     */
    public Optional<String> refusal(PasswordHash stored) {
        requireNonNull(stored, "stored");

        Optional<PasswordHash> plain = outer.opened(stored);
        return plain.isPresent()
                ? inner.refusal(plain.get())
                : outer.refusal(stored).map(why -> why + ": give the pepper_file of the server that wrote it");
    }

    /** {@return why a hash needs more memory than this process has, with what to do; empty if the memory suffices} */
    public Optional<String> lackOfMemory(PasswordHash stored) {
        return outer.opened(requireNonNull(stored, "stored")).flatMap(inner::lackOfMemory);
    }

    /** {@return whether a hash is weak, see {@link MigratingPasswordHasher#isWeak}} */
    public boolean isWeak(PasswordHash stored) {
        requireNonNull(stored, "stored");

        return outer.opened(stored).filter(inner::isWeak).isPresent();
    }

    /**
     * The form in which to store an imported hash, see {@link MigratingPasswordHasher#taken}; encrypted with the current pepper.
     *
     * @param stored a hash that {@link #refusal} accepts
     * @param cut whether bcrypt hashes come from a system that ignores a password's bytes after the 72nd
     * @return the form to be stored
     */
    public PasswordHash taken(PasswordHash stored, boolean cut) {
        requireNonNull(stored, "stored");

        return outer.opened(stored)
                .map(plain -> outer.resealed(inner.taken(plain, cut)))
                .orElse(stored);
    }

    /** {@return the form with the current pepper, see {@link PepperedPasswordHasher#resealed}} */
    public PasswordHash resealed(PasswordHash stored) {
        requireNonNull(stored, "stored");

        return outer.resealed(stored);
    }

    /** {@return algorithm, costs and pepper, such as {@code bcrypt, cost 12, pepper 2026-11}} */
    public String kind(PasswordHash stored) {
        requireNonNull(stored, "stored");

        String kind = outer.opened(stored).map(inner::kind).orElse("cannot be verified");
        return outer.pepper(stored).map(id -> kind + ", pepper " + id).orElse(kind);
    }

    /** {@return why a hash cannot be decrypted; empty if it can, or is not encrypted} */
    public Optional<String> trouble(PasswordHash stored) {
        requireNonNull(stored, "stored");

        return outer.refusal(stored);
    }

    /** {@return the id of the pepper of a hash, also if it is missing; empty for none} */
    public Optional<String> pepper(PasswordHash stored) {
        requireNonNull(stored, "stored");

        return outer.pepper(stored);
    }

    /** {@return the ids of the peppers that are known, the newest first} */
    public ImmutableList<String> peppers() {
        return peppers.ids();
    }

    /** {@return the id of the pepper that encrypts new hashes; empty for none} */
    public Optional<String> currentPepper() {
        return peppers.current();
    }

    /** {@return the ids of the peppers that are lost for good} */
    public ImmutableSet<String> lostPeppers() {
        return peppers.lost();
    }
}
