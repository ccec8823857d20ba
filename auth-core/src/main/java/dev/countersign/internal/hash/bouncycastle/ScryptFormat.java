package dev.countersign.internal.hash.bouncycastle;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import dev.countersign.internal.hash.HashFormat;
import dev.countersign.internal.hash.HashText;
import dev.countersign.internal.hash.MalformedHashException;
import dev.countersign.internal.hash.Reading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * scrypt (RFC 7914) as PHC string, {@code $scrypt$ln=17,r=8,p=1$…}, as Django, Werkzeug and Spring Security write it,
 * {@code scrypt$16384$salt$8$5$…}, {@code scrypt:32768:8:1$salt$…} and {@code $e0801$…}. Its bounds are those of {@link Scrypt}.
 */
public final class ScryptFormat implements HashFormat {

    private static final String PHC = "$scrypt$";
    private static final String DJANGO = "scrypt$";
    private static final String WERKZEUG = "scrypt:";
    private static final String SPRING = "\\$[0-9a-f]{5,6}\\$[^$]*\\$[^$]*";

    @Override
    public Optional<Reading> read(String stored) {
        try {
            if (stored.startsWith(PHC)) {
                return phc(HashText.pieces(stored, 5));
            }
            if (stored.startsWith(DJANGO)) {
                return django(HashText.pieces(stored, 6));
            }
            if (stored.startsWith(WERKZEUG)) {
                return werkzeug(HashText.pieces(stored, 3));
            }
            return stored.matches(SPRING) ? spring(HashText.pieces(stored, 4)) : Optional.empty();
        } catch (MalformedHashException refused) {
            return Reading.refused("scrypt: " + refused.why());
        }
    }

    private static Optional<Reading> phc(List<String> pieces) throws MalformedHashException {
        ImmutableMap<String, String> parameters = HashText.parameters(pieces.get(2));
        int log = HashText.number("ln", parameters.getOrDefault("ln", ""), 1, Scrypt.MOST_LOG);
        int blocks = HashText.number("r", parameters.getOrDefault("r", ""), 1, Scrypt.MOST_BLOCKS);
        int lanes = HashText.number("p", parameters.getOrDefault("p", ""), 1, Scrypt.MOST_LANES);
        return Scrypt.of(1 << log, blocks, lanes).reading(HashText.salt(pieces.get(3)), HashText.digest(pieces.get(4)));
    }

    private static Optional<Reading> django(List<String> pieces) throws MalformedHashException {
        byte[] salt = HashText.salt(pieces.get(2).getBytes(StandardCharsets.UTF_8));
        return Scrypt.of(pieces.get(1), pieces.get(3), pieces.get(4)).reading(salt, HashText.digest(pieces.get(5)));
    }

    private static Optional<Reading> werkzeug(List<String> pieces) throws MalformedHashException {
        List<String> method = Splitter.on(':').splitToList(pieces.get(0));
        if (method.size() != 4) {
            throw new MalformedHashException("its method is not scrypt:N:r:p");
        }
        byte[] salt = HashText.salt(pieces.get(1).getBytes(StandardCharsets.UTF_8));
        return Scrypt.of(method.get(1), method.get(2), method.get(3))
                .reading(salt, HashText.digest(HashText.hex(pieces.get(2))));
    }

    private static Optional<Reading> spring(List<String> pieces) throws MalformedHashException {
        // The last four hexadecimal digits are r and p, two digits each; the digits before them are the logarithm of N.
        int all = Integer.parseInt(pieces.get(1), 16);
        int log = HashText.within("logarithm of N", all >> 16, 1, Scrypt.MOST_LOG);
        int blocks = HashText.within("r", (all >> 8) & 0xff, 1, Scrypt.MOST_BLOCKS);
        int lanes = HashText.within("p", all & 0xff, 1, Scrypt.MOST_LANES);
        return Scrypt.of(1 << log, blocks, lanes).reading(HashText.salt(pieces.get(2)), HashText.digest(pieces.get(3)));
    }
}
