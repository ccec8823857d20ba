package dev.countersign.crypto.migration;

import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import dev.countersign.internal.hash.Reading;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/**
 * The text form of a weak hash wrapped in a slow one: {@code {wrapped $P$B12345678…}$2b$12$…} contains the weak form with a digest of zeros, which
 * preserves salt and costs, and then the slow hash of the weak digest.
 */
final class Wrapping {

    private static final String PREFIX = "{wrapped ";
    private static final char END = '}';

    private Wrapping() {}

    static PasswordHash write(Reading.Weak weak, PasswordHash slow) {
        return PasswordHash.of(PREFIX + weak.blank() + END + slow.revealForStorage());
    }

    /**
     * Parses such a form; empty if the text is none.
     *
     * @param formats parses the inner form and the slow hash
     */
    static Optional<Reading> read(String stored, Function<String, Optional<Reading>> formats) {
        int end = stored.lastIndexOf(END);
        if (!stored.startsWith(PREFIX) || end < PREFIX.length()) {
            return Optional.empty();
        }
        Reading inside = formats.apply(stored.substring(PREFIX.length(), end)).orElse(null);
        String slow = stored.substring(end + 1);
        if (!(inside instanceof Reading.Weak weak)) {
            return Reading.refused("what is wrapped is no weak hash");
        }
        String around = formats.apply(slow).map(Reading::kind).orElse("a hash of ours");
        return Optional.of(new Reading.Wrapped(weak.kind() + ", inside " + around, weak, PasswordHash.of(slow)));
    }

    /** The text that is hashed in place of the password: of constant length, without NUL, and useless elsewhere. */
    static RawPassword text(byte[] weakDigest) {
        byte[] bytes = Hashing.sha256()
                .newHasher()
                .putString("countersign wrapped hash ", StandardCharsets.US_ASCII)
                .putBytes(weakDigest)
                .hash()
                .asBytes();
        return RawPassword.of(BaseEncoding.base64().encode(bytes));
    }
}
