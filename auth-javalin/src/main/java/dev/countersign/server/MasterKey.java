package dev.countersign.server;

import com.google.common.io.BaseEncoding;
import com.google.common.primitives.Bytes;
import dev.countersign.jdbi.table.SealedRing;
import dev.countersign.secret.Secret;
import dev.countersign.server.config.ConfigException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts rings with AES-256 in Galois/Counter Mode (NIST SP 800-38D): a random nonce of 96 bits, a tag of 128 bits; mount and version are
 * authenticated, so that one ring cannot stand in for another or for a later one.
 */
@Secret
final class MasterKey {

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int ID_DIGITS = 16;
    private static final BaseEncoding BASE64 = BaseEncoding.base64();

    private final SecretKeySpec key;
    private final String id;

    private MasterKey(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, "AES");
        this.id = id(bytes);
    }

    /**
     * Reads a master key.
     *
     * @param place where the text is from, for messages
     * @param text 32 bytes in base64 or hexadecimal digits
     */
    static MasterKey parse(String place, String text) throws ConfigException {
        String line = text.strip();
        byte[] bytes = new byte[0];
        if (line.matches("[0-9A-Fa-f]{64}")) {
            bytes = BaseEncoding.base16().ignoreCase().decode(line);
        } else if (line.matches("[A-Za-z0-9+/]{43}=?") && BASE64.canDecode(line)) {
            bytes = BASE64.decode(line);
        }
        if (bytes.length != KEY_BYTES || Bytes.asList(bytes).stream().distinct().count() == 1) {
            throw new ConfigException(place + ": the master key is 32 random bytes in base64 or hex; make one with"
                    + " openssl rand -base64 32");
        }
        return new MasterKey(bytes);
    }

    /** Tells master keys apart, and reveals nothing of them. */
    private static String id(byte[] bytes) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
            byte[] digest = mac.doFinal("countersign master key id".getBytes(StandardCharsets.US_ASCII));
            return BaseEncoding.base16().lowerCase().encode(digest).substring(0, ID_DIGITS);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", impossible);
        }
    }

    String id() {
        return id;
    }

    SealedRing seal(String mount, long version, String text, SecureRandom random) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] encrypted =
                    cipher(Cipher.ENCRYPT_MODE, nonce, mount, version).doFinal(text.getBytes(StandardCharsets.UTF_8));
            return new SealedRing(mount, version, BASE64.encode(Bytes.concat(nonce, encrypted)), id);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES in GCM", impossible);
        }
    }

    /** The text of a ring that this key has encrypted. */
    String open(SealedRing ring) throws ConfigException {
        if (!ring.masterId().equals(id)) {
            throw new ConfigException(
                    "the keys of " + ring.mount() + " in the database are encrypted under another master" + " key ("
                            + ring.masterId() + ") than the given one (" + id + "): give the one that is in use");
        }
        try {
            byte[] sealed = BASE64.decode(ring.sealed());
            byte[] text = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE_BYTES), ring.mount(), ring.version())
                    .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
            return new String(text, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException damaged) {
            throw new ConfigException("the keys of " + ring.mount()
                    + " in the database are damaged or were changed by hand: restore the table from a backup");
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String mount, long version) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(("countersign key ring\n" + mount + "\n" + version).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    @Override
    public String toString() {
        return "MasterKey[" + id + ", hidden]";
    }
}
