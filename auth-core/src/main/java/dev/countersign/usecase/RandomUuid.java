package dev.countersign.usecase;

import java.security.SecureRandom;
import java.util.UUID;

/** Creates version 4 UUIDs (RFC 9562 §5.4) from the given source of randomness. */
final class RandomUuid {

    private RandomUuid() {}

    static UUID from(SecureRandom random) {
        return of(random.nextLong(), random.nextLong());
    }

    /** The UUID of 128 random bits, of which six are replaced by the version. */
    static UUID of(long first, long second) {
        long high = (first & ~0xF000L) | 0x4000L;
        long low = (second & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
