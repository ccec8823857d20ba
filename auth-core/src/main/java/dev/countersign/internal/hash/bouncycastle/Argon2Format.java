package dev.countersign.internal.hash.bouncycastle;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.countersign.internal.hash.HashCheck;
import dev.countersign.internal.hash.HashFormat;
import dev.countersign.internal.hash.HashText;
import dev.countersign.internal.hash.MalformedHashException;
import dev.countersign.internal.hash.Reading;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id and Argon2i (RFC 9106) as PHC string, {@code $argon2id$v=19$m=65536,t=3,p=4$…}. Rejected: the variant d, other versions, more than 128
 * MiB, 16 passes or 16 lanes, and more than 512 MiB or less than 512 KiB over all passes.
 */
public final class Argon2Format implements HashFormat {

    private static final ImmutableMap<String, Integer> VARIANTS = ImmutableMap.of(
            "argon2id", Argon2Parameters.ARGON2_id,
            "argon2i", Argon2Parameters.ARGON2_i);
    private static final ImmutableSet<String> PARAMETERS = ImmutableSet.of("m", "t", "p");
    private static final int MOST_KIBIBYTES = 128 * 1024;
    private static final int MOST_PASSES = 16;
    private static final int MOST_LANES = 16;
    private static final int MOST_KIBIBYTES_TOTAL = 512 * 1024;
    private static final int FEWEST_KIBIBYTES_TOTAL = 512;
    private static final int KIBIBYTES_PER_LANE = 8;
    // Bouncy Castle allocates each KiB as an array of its own, with its header, in a block object.
    private static final long BYTES_PER_KIBIBYTE = 1024 + 64;

    @Override
    public Optional<Reading> read(String stored) {
        if (!stored.startsWith("$argon2")) {
            return Optional.empty();
        }
        try {
            return read(HashText.pieces(stored, 6));
        } catch (MalformedHashException refused) {
            return Reading.refused("Argon2: " + refused.why());
        }
    }

    private static Optional<Reading> read(List<String> pieces) throws MalformedHashException {
        Integer variant = VARIANTS.get(pieces.get(1));
        if (variant == null || !"v=19".equals(pieces.get(2))) {
            throw new MalformedHashException("only Argon2id and Argon2i of version 19 are taken");
        }
        ImmutableMap<String, String> parameters = HashText.parameters(pieces.get(3));
        if (!parameters.keySet().equals(PARAMETERS)) {
            throw new MalformedHashException("its parameters are not m, t and p");
        }
        int lanes = number("number of lanes", parameters, "p", 1, MOST_LANES);
        int passes = number("number of passes", parameters, "t", 1, MOST_PASSES);
        int kibibytes = number("memory in KiB", parameters, "m", KIBIBYTES_PER_LANE * lanes, MOST_KIBIBYTES);
        HashText.within(
                "memory in KiB over all passes",
                (long) kibibytes * passes,
                FEWEST_KIBIBYTES_TOTAL,
                MOST_KIBIBYTES_TOTAL);
        Argon2Parameters function = new Argon2Parameters.Builder(variant)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(kibibytes)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(HashText.salt(pieces.get(4)))
                .build();
        return Reading.Foreign.of(
                pieces.get(1) + ", " + pieces.get(3),
                check(function, HashText.digest(pieces.get(5))),
                BYTES_PER_KIBIBYTE * kibibytes);
    }

    private static int number(
            String what, ImmutableMap<String, String> parameters, String name, int lowest, int highest)
            throws MalformedHashException {
        return HashText.number(what, parameters.getOrDefault(name, ""), lowest, highest);
    }

    static HashCheck check(Argon2Parameters parameters, byte[] digest) {
        return utf8 -> {
            byte[] computed = new byte[digest.length];
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(parameters);
            generator.generateBytes(utf8, computed);
            return MessageDigest.isEqual(computed, digest);
        };
    }
}
