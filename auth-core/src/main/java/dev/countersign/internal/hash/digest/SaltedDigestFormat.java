package dev.countersign.internal.hash.digest;

import com.google.common.collect.ImmutableMap;
import com.google.common.io.BaseEncoding;
import dev.countersign.internal.hash.HashFormat;
import dev.countersign.internal.hash.HashText;
import dev.countersign.internal.hash.MalformedHashException;
import dev.countersign.internal.hash.Reading;
import dev.countersign.internal.hash.WeakDigest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One digest of password and salt, which is weak: Django's {@code md5$salt$…} and {@code sha1$salt$…}, with or without salt; {@code {SSHA}…} and
 * similar forms of LDAP, Dovecot and htpasswd; {@code {MD5}{salt}…} of Spring Security. A bare digest names neither its algorithm nor the place of
 * the salt, and is rejected.
 */
public final class SaltedDigestFormat implements HashFormat {

    private static final ImmutableMap<String, Scheme> BRACED = ImmutableMap.<String, Scheme>builder()
            .put("md5", new Scheme("MD5", 16, false))
            .put("smd5", new Scheme("MD5", 16, true))
            .put("sha", new Scheme("SHA-1", 20, false))
            .put("sha-1", new Scheme("SHA-1", 20, false))
            .put("ssha", new Scheme("SHA-1", 20, true))
            .put("sha256", new Scheme("SHA-256", 32, false))
            .put("sha-256", new Scheme("SHA-256", 32, false))
            .put("ssha256", new Scheme("SHA-256", 32, true))
            .put("sha512", new Scheme("SHA-512", 64, false))
            .put("sha-512", new Scheme("SHA-512", 64, false))
            .put("ssha512", new Scheme("SHA-512", 64, true))
            .buildOrThrow();
    private static final String BARE =
            "[0-9A-Fa-f]{32}|[0-9A-Fa-f]{40}|[0-9A-Fa-f]{64}|[0-9A-Fa-f]{96}|[0-9A-Fa-f]{128}";
    private static final byte[] NOTHING = {};

    private record Scheme(String algorithm, int bytes, boolean salted) {}

    @Override
    public Optional<Reading> read(String stored) {
        try {
            if (stored.startsWith("md5$")) {
                return Optional.of(django(new Scheme("MD5", 16, true), stored));
            }
            if (stored.startsWith("sha1$")) {
                return Optional.of(django(new Scheme("SHA-1", 20, true), stored));
            }
            if (stored.matches(BARE)) {
                return Reading.refused("a bare digest does not say how it was made: if it is one of the password alone,"
                        + " write md5$$ or sha1$$ before it, {SHA-256} or {SHA-512}");
            }
            int end = stored.indexOf('}');
            Scheme scheme = stored.startsWith("{") && end > 0
                    ? BRACED.get(stored.substring(1, end).toLowerCase(Locale.ROOT))
                    : null;
            return scheme == null
                    ? Optional.empty()
                    : Optional.of(braced(scheme, stored.substring(0, end + 1), stored.substring(end + 1)));
        } catch (MalformedHashException refused) {
            return Reading.refused("salted digest: " + refused.why());
        }
    }

    private static Reading django(Scheme scheme, String stored) throws MalformedHashException {
        String salt = HashText.pieces(stored, 3).get(1);
        byte[] bytes = salt.isEmpty() ? NOTHING : HashText.salt(salt.getBytes(StandardCharsets.UTF_8));
        String head = stored.substring(0, stored.lastIndexOf('$') + 1);
        return hexadecimal(scheme, bytes, NOTHING, head, stored.substring(head.length()));
    }

    private static Reading braced(Scheme scheme, String name, String rest) throws MalformedHashException {
        int salted = rest.startsWith("{") ? rest.lastIndexOf('}') + 1 : 0;
        if (salted > 0) {
            // Spring Security's salt includes its braces, and follows the password.
            String salt = rest.substring(0, salted);
            byte[] bytes = HashText.salt(salt.getBytes(StandardCharsets.UTF_8));
            return hexadecimal(scheme, NOTHING, bytes, name + salt, rest.substring(salted));
        }
        if (rest.length() == 2 * scheme.bytes() && rest.matches("[0-9A-Fa-f]+")) {
            return hexadecimal(scheme, NOTHING, NOTHING, name, rest);
        }
        byte[] all = HashText.base64(rest);
        HashText.within(
                "number of bytes",
                all.length,
                scheme.bytes() + (scheme.salted() ? 1 : 0),
                scheme.bytes() + (scheme.salted() ? 128 : 0));
        byte[] salt = Arrays.copyOfRange(all, scheme.bytes(), all.length);
        byte[] blank = all.clone();
        Arrays.fill(blank, 0, scheme.bytes(), (byte) 0);
        return weak(
                scheme,
                Arrays.copyOf(all, scheme.bytes()),
                utf8 -> digest(scheme, NOTHING, utf8, salt),
                name + BaseEncoding.base64().encode(blank));
    }

    private static Reading hexadecimal(Scheme scheme, byte[] before, byte[] behind, String head, String digest)
            throws MalformedHashException {
        byte[] bytes = HashText.hex(digest);
        HashText.within("number of bytes of digest", bytes.length, scheme.bytes(), scheme.bytes());
        return weak(scheme, bytes, utf8 -> digest(scheme, before, utf8, behind), head + "0".repeat(digest.length()));
    }

    private static Reading weak(Scheme scheme, byte[] digest, UnaryOperator<byte[]> function, String blank) {
        return new Reading.Weak("one " + scheme.algorithm(), new WeakDigest(digest, function), blank);
    }

    private static byte[] digest(Scheme scheme, byte[] before, byte[] password, byte[] behind) {
        try {
            MessageDigest function = MessageDigest.getInstance(scheme.algorithm());
            function.update(before);
            function.update(password);
            return function.digest(behind);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has " + scheme.algorithm(), impossible);
        }
    }
}
