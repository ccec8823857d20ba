package dev.countersign.internal.hash.pbkdf2;

import com.google.common.collect.ImmutableList;
import dev.countersign.internal.hash.HashFormat;
import dev.countersign.internal.hash.HashText;
import dev.countersign.internal.hash.MalformedHashException;
import dev.countersign.internal.hash.Reading;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * PBKDF2 of ASP.NET Core Identity: Base64 of a version byte and its content. Version 3 ({@code AQAAAA…}) contains function, iterations, length of the
 * salt, salt and digest; version 2 ({@code A…}) always uses SHA-1, 1000 iterations, 16 bytes of salt and 32 of digest.
 */
public final class AspNetFormat implements HashFormat {

    private static final String VERSION_3 = "AQAAAA[AEI][A-Za-z0-9+/]{40,300}={0,2}";
    private static final String VERSION_2 = "A[A-P][A-Za-z0-9+/]{64}==";
    private static final ImmutableList<Pbkdf2> FUNCTIONS = ImmutableList.of(Pbkdf2.SHA1, Pbkdf2.SHA256, Pbkdf2.SHA512);
    private static final int SALT_2 = 16;
    private static final int DIGEST_2 = 32;

    @Override
    public Optional<Reading> read(String stored) {
        try {
            if (stored.matches(VERSION_3)) {
                return version3(ByteBuffer.wrap(HashText.base64(stored)));
            }
            return stored.matches(VERSION_2) ? version2(ByteBuffer.wrap(HashText.base64(stored))) : Optional.empty();
        } catch (MalformedHashException refused) {
            return Reading.refused("ASP.NET Core Identity: " + refused.why());
        }
    }

    private static Optional<Reading> version3(ByteBuffer bytes) throws MalformedHashException {
        bytes.get();
        Pbkdf2 function = FUNCTIONS.get(bytes.getInt());
        int iterations = HashText.within(
                "number of iterations", bytes.getInt(), Pbkdf2.FEWEST_ITERATIONS, Pbkdf2.MOST_ITERATIONS);
        int salt = HashText.within(
                "number of bytes of salt", bytes.getInt(), 1, bytes.remaining() - HashText.SHORTEST_DIGEST);
        return function.reading(
                iterations, HashText.salt(taken(bytes, salt)), HashText.digest(taken(bytes, bytes.remaining())));
    }

    private static Optional<Reading> version2(ByteBuffer bytes) throws MalformedHashException {
        bytes.get();
        return Pbkdf2.SHA1.reading(Pbkdf2.FEWEST_ITERATIONS, taken(bytes, SALT_2), taken(bytes, DIGEST_2));
    }

    private static byte[] taken(ByteBuffer from, int length) {
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }
}
