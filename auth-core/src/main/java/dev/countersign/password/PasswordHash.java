package dev.countersign.password;

import dev.countersign.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** A password's stored form, such as {@code $2b$12$…}. Compared in constant time. */
@Secret
public final class PasswordHash {

    private final byte[] encoded;

    private PasswordHash(byte[] encoded) {
        this.encoded = encoded;
    }

    /**
     * Takes a stored form unchanged; the hasher decides whether it can be verified.
     *
     * @param encoded the text that a hasher returned
     * @return the hash
     * @throws IllegalArgumentException if the text contains NUL, which no hasher writes and not every database can store
     */
    public static PasswordHash of(String encoded) {
        if (encoded.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a stored hash has no NUL in it");
        }
        return new PasswordHash(encoded.getBytes(StandardCharsets.UTF_8));
    }

    /** {@return the stored form, only for a store or a hasher} */
    public String revealForStorage() {
        return new String(encoded, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PasswordHash hash && MessageDigest.isEqual(encoded, hash.encoded);
    }

    // The same for all hashes: a hash code of the content would reveal something about it.
    @Override
    public int hashCode() {
        return PasswordHash.class.hashCode();
    }

    @Override
    public String toString() {
        return "PasswordHash[hidden]";
    }
}
