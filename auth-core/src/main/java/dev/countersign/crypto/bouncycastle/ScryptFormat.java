package dev.countersign.crypto.bouncycastle;

import com.google.common.collect.ImmutableMap;
import dev.countersign.crypto.format.HashCheck;
import dev.countersign.crypto.format.HashFormat;
import dev.countersign.crypto.format.HashText;
import dev.countersign.crypto.format.MalformedHashException;
import dev.countersign.crypto.format.Reading;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * scrypt (RFC 7914) as PHC string, {@code $scrypt$ln=17,r=8,p=1$…}, and as Django and Spring Security write it, {@code scrypt$salt$16384$8$5$…} and
 * {@code $e0801$…}. Refused: more than 128 MiB, and more than twice the work of 128 MiB in one go.
 */
public final class ScryptFormat implements HashFormat {

    private static final int MOST_BLOCKS = 32;
    private static final int MOST_LANES = 16;
    private static final int MOST_MEMORY = 1 << 20;
    private static final int FEWEST_WORK = 1 << 13;
    private static final int MOST_WORK = 1 << 21;
    private static final int MOST_LOG = 20;
    private static final String PHC = "$scrypt$";
    private static final String DJANGO = "scrypt$";
    private static final String SPRING = "\\$[0-9a-f]{5,6}\\$[^$]*\\$[^$]*";

    @Override
    public Optional<Reading> read(String stored) {
        try {
            if (stored.startsWith(PHC)) {
                return Reading.foreign(phc(HashText.pieces(stored, 5)));
            }
            if (stored.startsWith(DJANGO)) {
                return Reading.foreign(django(HashText.pieces(stored, 6)));
            }
            return stored.matches(SPRING) ? Reading.foreign(spring(HashText.pieces(stored, 4))) : Optional.empty();
        } catch (MalformedHashException refused) {
            return Reading.refused("scrypt: " + refused.why());
        }
    }

    private static HashCheck phc(List<String> pieces) throws MalformedHashException {
        ImmutableMap<String, String> parameters = HashText.parameters(pieces.get(2));
        int log = HashText.number("ln", parameters.getOrDefault("ln", ""), 1, MOST_LOG);
        int blocks = HashText.number("r", parameters.getOrDefault("r", ""), 1, MOST_BLOCKS);
        int lanes = HashText.number("p", parameters.getOrDefault("p", ""), 1, MOST_LANES);
        return check(1 << log, blocks, lanes, HashText.salt(pieces.get(3)), HashText.digest(pieces.get(4)));
    }

    private static HashCheck django(List<String> pieces) throws MalformedHashException {
        int cost = HashText.number("N", pieces.get(2), 2, 1 << MOST_LOG);
        int blocks = HashText.number("r", pieces.get(3), 1, MOST_BLOCKS);
        int lanes = HashText.number("p", pieces.get(4), 1, MOST_LANES);
        byte[] salt = HashText.salt(pieces.get(1).getBytes(StandardCharsets.UTF_8));
        return check(cost, blocks, lanes, salt, HashText.digest(pieces.get(5)));
    }

    private static HashCheck spring(List<String> pieces) throws MalformedHashException {
        // Two hexadecimal digits each for r and p, before them the logarithm of N.
        int all = Integer.parseInt(pieces.get(1), 16);
        int log = HashText.within("logarithm of N", all >> 16, 1, MOST_LOG);
        int blocks = HashText.within("r", (all >> 8) & 0xff, 1, MOST_BLOCKS);
        int lanes = HashText.within("p", all & 0xff, 1, MOST_LANES);
        return check(1 << log, blocks, lanes, HashText.salt(pieces.get(2)), HashText.digest(pieces.get(3)));
    }

    private static HashCheck check(int cost, int blocks, int lanes, byte[] salt, byte[] digest)
            throws MalformedHashException {
        if (Integer.bitCount(cost) != 1) {
            throw new MalformedHashException("its N is no power of two");
        }
        HashText.within("N times r", (long) cost * blocks, 2, MOST_MEMORY);
        HashText.within("N times r times p", (long) cost * blocks * lanes, FEWEST_WORK, MOST_WORK);
        return utf8 -> MessageDigest.isEqual(SCrypt.generate(utf8, salt, cost, blocks, lanes, digest.length), digest);
    }
}
