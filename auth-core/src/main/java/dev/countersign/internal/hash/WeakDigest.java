package dev.countersign.internal.hash;

import static java.util.Objects.requireNonNull;

import dev.countersign.secret.Secret;
import java.security.MessageDigest;
import java.util.function.UnaryOperator;

/** A fast digest of a password, and the function that computed it. Immutable and thread-safe. */
@Secret
public final class WeakDigest {

    private final byte[] digest;
    private final UnaryOperator<byte[]> function;

    /**
     * Creates a digest with its function.
     *
     * @param digest copied
     * @param function computes the digest of a password's bytes; thread-safe
     */
    public WeakDigest(byte[] digest, UnaryOperator<byte[]> function) {
        this.digest = digest.clone();
        this.function = requireNonNull(function, "function");
    }

    /**
     * Compares a password's digest in constant time.
     *
     * @param utf8 the password's bytes, wiped by the caller
     * @return whether the password matches
     */
    public boolean matches(byte[] utf8) {
        requireNonNull(utf8, "utf8");

        return MessageDigest.isEqual(compute(utf8), digest);
    }

    /**
     * Computes the digest of another password.
     *
     * @param utf8 the password's bytes, wiped by the caller
     * @return the digest
     */
    public byte[] compute(byte[] utf8) {
        requireNonNull(utf8, "utf8");

        return function.apply(utf8);
    }

    /** {@return a copy of the digest, to be wrapped in a slow hash} */
    public byte[] reveal() {
        return digest.clone();
    }

    @Override
    public String toString() {
        return "WeakDigest[hidden]";
    }
}
