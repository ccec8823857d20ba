package dev.countersign.internal.hash.pbkdf2;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import dev.countersign.internal.hash.HashFormat;
import dev.countersign.internal.hash.HashText;
import dev.countersign.internal.hash.MalformedHashException;
import dev.countersign.internal.hash.Reading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * PBKDF2 as Django writes it ({@code pbkdf2_sha256$600000$salt$…}), as PHC strings and passlib do ({@code $pbkdf2-sha256$i=600000$…}, {@code
 * $pbkdf2-sha256$29000$…}), and as Werkzeug does ({@code pbkdf2:sha256:600000$salt$…}). Rejected: under 1000 or over 2 000 000 iterations.
 */
public final class Pbkdf2Format implements HashFormat {

    private static final ImmutableMap<String, Pbkdf2> DJANGO =
            ImmutableMap.of("pbkdf2_sha256", Pbkdf2.SHA256, "pbkdf2_sha1", Pbkdf2.SHA1);
    private static final ImmutableMap<String, Pbkdf2> PHC = ImmutableMap.of(
            "$pbkdf2-sha256", Pbkdf2.SHA256,
            "$pbkdf2-sha512", Pbkdf2.SHA512,
            "$pbkdf2-sha1", Pbkdf2.SHA1,
            "$pbkdf2", Pbkdf2.SHA1);
    private static final ImmutableMap<String, Pbkdf2> WERKZEUG =
            ImmutableMap.of("sha1", Pbkdf2.SHA1, "sha256", Pbkdf2.SHA256, "sha512", Pbkdf2.SHA512);

    @Override
    public Optional<Reading> read(String stored) {
        try {
            for (Map.Entry<String, Pbkdf2> django : DJANGO.entrySet()) {
                if (stored.startsWith(django.getKey() + "$")) {
                    return django(django.getValue(), stored);
                }
            }
            for (Map.Entry<String, Pbkdf2> phc : PHC.entrySet()) {
                if (stored.startsWith(phc.getKey() + "$")) {
                    return phc(phc.getValue(), stored);
                }
            }
            return stored.startsWith("pbkdf2:") ? werkzeug(stored) : Optional.empty();
        } catch (MalformedHashException refused) {
            return Reading.refused("PBKDF2: " + refused.why());
        }
    }

    private static Optional<Reading> django(Pbkdf2 function, String stored) throws MalformedHashException {
        List<String> pieces = HashText.pieces(stored, 4);
        byte[] salt = HashText.salt(pieces.get(2).getBytes(StandardCharsets.UTF_8));
        return function.reading(iterations(pieces.get(1)), salt, HashText.digest(pieces.get(3)));
    }

    private static Optional<Reading> phc(Pbkdf2 function, String stored) throws MalformedHashException {
        List<String> pieces = HashText.pieces(stored, 5);
        String cost = pieces.get(2);
        byte[] digest = HashText.digest(pieces.get(4));
        if (cost.contains("=")) {
            ImmutableMap<String, String> parameters = HashText.parameters(cost);
            String length = parameters.getOrDefault("l", Integer.toString(digest.length));
            HashText.number("output length", length, digest.length, digest.length);
            cost = parameters.getOrDefault("i", "");
        }
        return function.reading(iterations(cost), HashText.salt(pieces.get(3)), digest);
    }

    private static Optional<Reading> werkzeug(String stored) throws MalformedHashException {
        List<String> pieces = HashText.pieces(stored, 3);
        List<String> method = Splitter.on(':').splitToList(pieces.get(0));
        Pbkdf2 function = WERKZEUG.get(method.size() == 3 ? method.get(1) : "");
        if (function == null) {
            throw new MalformedHashException("its method is not pbkdf2:, sha1, sha256 or sha512, and the iterations");
        }
        byte[] salt = HashText.salt(pieces.get(1).getBytes(StandardCharsets.UTF_8));
        byte[] digest = HashText.digest(HashText.hex(pieces.get(2)));
        return function.reading(iterations(method.get(2)), salt, digest);
    }

    private static int iterations(String text) throws MalformedHashException {
        return HashText.number("number of iterations", text, Pbkdf2.FEWEST_ITERATIONS, Pbkdf2.MOST_ITERATIONS);
    }
}
