package dev.countersign.crypto.pbkdf2;

import com.google.common.collect.ImmutableMap;
import dev.countersign.crypto.format.HashFormat;
import dev.countersign.crypto.format.HashText;
import dev.countersign.crypto.format.MalformedHashException;
import dev.countersign.crypto.format.Reading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * PBKDF2 as Django writes it ({@code pbkdf2_sha256$600000$salt$…}), as PHC strings and passlib do ({@code $pbkdf2-sha256$i=600000$…},
 * {@code $pbkdf2-sha256$29000$…}). Refused: under 1000 or over 2 000 000 iterations.
 */
public final class Pbkdf2Format implements HashFormat {

    private static final ImmutableMap<String, Pbkdf2> DJANGO =
            ImmutableMap.of("pbkdf2_sha256", Pbkdf2.SHA256, "pbkdf2_sha1", Pbkdf2.SHA1);
    private static final ImmutableMap<String, Pbkdf2> PHC = ImmutableMap.of(
            "$pbkdf2-sha256", Pbkdf2.SHA256,
            "$pbkdf2-sha512", Pbkdf2.SHA512,
            "$pbkdf2-sha1", Pbkdf2.SHA1,
            "$pbkdf2", Pbkdf2.SHA1);

    @Override
    public Optional<Reading> read(String stored) {
        try {
            for (Map.Entry<String, Pbkdf2> django : DJANGO.entrySet()) {
                if (stored.startsWith(django.getKey() + "$")) {
                    return Optional.of(django(django.getValue(), stored));
                }
            }
            for (Map.Entry<String, Pbkdf2> phc : PHC.entrySet()) {
                if (stored.startsWith(phc.getKey() + "$")) {
                    return Optional.of(phc(phc.getValue(), stored));
                }
            }
            return Optional.empty();
        } catch (MalformedHashException refused) {
            return Reading.refused("PBKDF2: " + refused.why());
        }
    }

    private static Reading django(Pbkdf2 function, String stored) throws MalformedHashException {
        List<String> pieces = HashText.pieces(stored, 4);
        return new Reading.Foreign(function.check(
                iterations(pieces.get(1)),
                HashText.salt(pieces.get(2).getBytes(StandardCharsets.UTF_8)),
                HashText.digest(pieces.get(3))));
    }

    private static Reading phc(Pbkdf2 function, String stored) throws MalformedHashException {
        List<String> pieces = HashText.pieces(stored, 5);
        String cost = pieces.get(2);
        byte[] digest = HashText.digest(pieces.get(4));
        if (cost.contains("=")) {
            ImmutableMap<String, String> parameters = HashText.parameters(cost);
            String length = parameters.getOrDefault("l", Integer.toString(digest.length));
            HashText.number("output length", length, digest.length, digest.length);
            cost = parameters.getOrDefault("i", "");
        }
        return new Reading.Foreign(function.check(iterations(cost), HashText.salt(pieces.get(3)), digest));
    }

    private static int iterations(String text) throws MalformedHashException {
        return HashText.number("number of iterations", text, Pbkdf2.FEWEST_ITERATIONS, Pbkdf2.MOST_ITERATIONS);
    }
}
