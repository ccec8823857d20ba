package dev.countersign.internal.hash.bouncycastle;

import dev.countersign.internal.hash.HashText;
import dev.countersign.internal.hash.MalformedHashException;
import dev.countersign.internal.hash.Reading;
import java.security.MessageDigest;
import java.util.Optional;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * scrypt (RFC 7914) within bounds: at most 128 MiB of memory, at most twice the work of one pass over 128 MiB, and at least 1 MiB.
 *
 * @param cost N, a power of two
 * @param blocks r
 * @param lanes p
 */
record Scrypt(int cost, int blocks, int lanes) {

    static final int MOST_LOG = 20;
    static final int MOST_BLOCKS = 32;
    static final int MOST_LANES = 16;
    private static final long BLOCK_BYTES = 128;
    private static final int MOST_MEMORY = 1 << 20;
    private static final int FEWEST_WORK = 1 << 13;
    private static final int MOST_WORK = 1 << 21;

    static Scrypt of(int cost, int blocks, int lanes) throws MalformedHashException {
        if (Integer.bitCount(cost) != 1) {
            throw new MalformedHashException("its N is no power of two");
        }
        HashText.within("N times r", (long) cost * blocks, 2, MOST_MEMORY);
        HashText.within("N times r times p", (long) cost * blocks * lanes, FEWEST_WORK, MOST_WORK);
        return new Scrypt(cost, blocks, lanes);
    }

    /** Parses the three numbers. */
    static Scrypt of(String cost, String blocks, String lanes) throws MalformedHashException {
        return of(
                HashText.number("N", cost, 2, 1 << MOST_LOG),
                HashText.number("r", blocks, 1, MOST_BLOCKS),
                HashText.number("p", lanes, 1, MOST_LANES));
    }

    Optional<Reading> reading(byte[] salt, byte[] digest) {
        return Reading.Foreign.of(
                kind("scrypt"),
                utf8 -> MessageDigest.isEqual(derive(utf8, salt, digest.length), digest),
                memoryBytes());
    }

    /** The lanes are computed one after the other. */
    long memoryBytes() {
        return BLOCK_BYTES * blocks * cost;
    }

    String kind(String name) {
        return name + ", N " + cost + ", r " + blocks + ", p " + lanes;
    }

    byte[] derive(byte[] utf8, byte[] salt, int length) {
        return SCrypt.generate(utf8, salt, cost, blocks, lanes, length);
    }
}
