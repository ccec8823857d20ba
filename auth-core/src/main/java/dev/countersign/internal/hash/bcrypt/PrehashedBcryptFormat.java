package dev.countersign.internal.hash.bcrypt;

import com.google.common.io.BaseEncoding;
import dev.countersign.internal.hash.HashFormat;
import dev.countersign.internal.hash.Reading;
import dev.countersign.internal.library.Library;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * bcrypt of a digest of the password, so that every byte of a long password counts: {@code $wp$2y$…} of WordPress since 6.8, {@code
 * bcrypt_sha256$$2b$…} of Django, {@code $bcrypt-sha256$v=2,t=2b,r=12$…} of passlib and the older {@code $bcrypt-sha256$2b,12$…}.
 */
public final class PrehashedBcryptFormat implements HashFormat {

    private static final String WORDPRESS = "$wp$2";
    private static final String DJANGO = "bcrypt_sha256$$2";
    private static final String PASSLIB = "$bcrypt-sha256$";
    private static final Pattern PASSLIB_FORM = Pattern.compile(
            "\\$bcrypt-sha256\\$(?:(v=2),t=(2[aby]),r=|(2[aby]),)(\\d{1,2})\\$([./A-Za-z0-9]{22})\\$([./A-Za-z0-9]{31})");
    private static final byte[] WORDPRESS_KEY = "wp-sha384".getBytes(StandardCharsets.US_ASCII);

    /**
     * Creates the format.
     *
     * @throws IllegalStateException if the bcrypt library is not on the class path, with the lines that add it
     */
    public PrehashedBcryptFormat() {
        Library.require("PrehashedBcryptFormat", Library.BCRYPT, Library.BCRYPT_BYTES);
    }

    @Override
    public Optional<Reading> read(String stored) {
        if (stored.startsWith(WORDPRESS)) {
            return reading(stored.substring("$wp".length()), "WordPress", PrehashedBcryptFormat::wordpress);
        }
        if (stored.startsWith(DJANGO)) {
            return reading(stored.substring("bcrypt_sha256$".length()), "Django", PrehashedBcryptFormat::django);
        }
        return stored.startsWith(PASSLIB) ? passlib(stored) : Optional.empty();
    }

    private static Optional<Reading> passlib(String stored) {
        Matcher form = PASSLIB_FORM.matcher(stored);
        if (!form.matches()) {
            return Reading.refused("bcrypt-sha256: it has not the parts that its format has");
        }
        boolean keyed = form.group(1) != null;
        byte[] salt = form.group(5).getBytes(StandardCharsets.US_ASCII);
        String cost = (form.group(4).length() == 1 ? "0" : "") + form.group(4);
        String hash = "$" + (keyed ? form.group(2) : form.group(3)) + "$" + cost + "$" + form.group(5) + form.group(6);
        return reading(hash, "passlib", utf8 -> base64(keyed ? mac("HmacSHA256", salt, utf8) : sha256(utf8)));
    }

    private static Optional<Reading> reading(String hash, String whose, UnaryOperator<byte[]> digest) {
        Matcher form = BcryptFormat.FORMAT.matcher(hash);
        if (!form.matches()) {
            return Reading.refused("its bcrypt is not of a cost from 4 to " + BcryptFormat.HIGHEST_COST);
        }
        BcryptCheck check = new BcryptCheck(hash);
        return Reading.Foreign.of(
                BcryptFormat.kind(form) + ", of a digest as " + whose + " makes it",
                utf8 -> check.matches(digest.apply(utf8)));
    }

    private static byte[] wordpress(byte[] utf8) {
        return base64(mac("HmacSHA384", WORDPRESS_KEY, utf8));
    }

    private static byte[] django(byte[] utf8) {
        return BaseEncoding.base16().lowerCase().encode(sha256(utf8)).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] base64(byte[] bytes) {
        return BaseEncoding.base64().encode(bytes).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private static byte[] mac(String algorithm, byte[] key, byte[] bytes) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has " + algorithm, impossible);
        }
    }
}
