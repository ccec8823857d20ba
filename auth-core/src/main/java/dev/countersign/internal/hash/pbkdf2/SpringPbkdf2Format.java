package dev.countersign.internal.hash.pbkdf2;

import dev.countersign.internal.hash.HashFormat;
import dev.countersign.internal.hash.HashText;
import dev.countersign.internal.hash.MalformedHashException;
import dev.countersign.internal.hash.Reading;
import java.util.Arrays;
import java.util.Optional;

/**
 * PBKDF2 as Spring Security writes it after its prefix: salt and digest in hexadecimal. The cost is not in the hash but follows from the prefix,
 * which names a set of defaults. Hashes of encoders with a secret or another cost look the same, and match nothing.
 */
public final class SpringPbkdf2Format implements HashFormat {

    private static final int DIGEST_BYTES = 32;

    private final Pbkdf2 function;
    private final int iterations;
    private final int saltBytes;

    private SpringPbkdf2Format(Pbkdf2 function, int iterations, int saltBytes) {
        this.function = function;
        this.iterations = iterations;
        this.saltBytes = saltBytes;
    }

    /** {@return the defaults of Spring Security 5.5, behind {@code {pbkdf2}}} */
    public static SpringPbkdf2Format version55() {
        return new SpringPbkdf2Format(Pbkdf2.SHA1, 185_000, 8);
    }

    /** {@return the defaults since Spring Security 5.8, behind {@code {pbkdf2@SpringSecurity_v5_8}}} */
    public static SpringPbkdf2Format version58() {
        return new SpringPbkdf2Format(Pbkdf2.SHA256, 310_000, 16);
    }

    @Override
    public Optional<Reading> read(String stored) {
        try {
            byte[] all = HashText.hex(stored);
            HashText.within("number of bytes", all.length, saltBytes + DIGEST_BYTES, saltBytes + DIGEST_BYTES);
            return function.reading(
                    iterations, Arrays.copyOf(all, saltBytes), Arrays.copyOfRange(all, saltBytes, all.length));
        } catch (MalformedHashException refused) {
            return Reading.refused("PBKDF2 of Spring Security: " + refused.why());
        }
    }
}
