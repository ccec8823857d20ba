package dev.countersign.crypto.jjwt;

import com.google.common.hash.Hashing;
import io.jsonwebtoken.security.Jwks;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** Derives key ids, which are public. */
final class KeyIds {

    private static final byte[] PURPOSE = "countersign key id".getBytes(StandardCharsets.US_ASCII);
    private static final int HEX_DIGITS = 16;

    private KeyIds() {}

    /** The thumbprint of RFC 7638; refuses an EC key that is no point on its curve. */
    static String of(PublicKey key) {
        try {
            return Jwks.builder().key(key).build().thumbprint().toString();
        } catch (RuntimeException unusable) {
            // Not by the library's own type: this class must load without it.
            throw new IllegalArgumentException("the public key is not a valid key of its type");
        }
    }

    /** A digest of a MAC made with the key: a guessed key can be confirmed only by computing its id. */
    static String of(SecretKey key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(key.getAlgorithm());
        mac.init(key);
        return Hashing.sha256().hashBytes(mac.doFinal(PURPOSE)).toString().substring(0, HEX_DIGITS);
    }
}
