package dev.countersign.crypto.pepper;

import static java.util.Objects.requireNonNull;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import com.google.common.primitives.Bytes;
import dev.countersign.password.PasswordHash;
import dev.countersign.secret.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that encrypts stored password hashes (NIST SP 800-63B-4 §3.1.1.2): a reader of the database without it cannot test a single guess. The
 * stored form is <code>{pepper ID}</code> and, in base64url, the nonce and the hash encrypted with AES-256-GCM; the id is authenticated. Immutable and
 * thread-safe.
 */
@Secret
public final class Pepper {

    /** The number of bytes of a key. */
    public static final int KEY_BYTES = 32;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,31}");
    private static final String PREFIX = "{pepper ";
    private static final char END = '}';
    private static final String AES = "AES";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final BaseEncoding BASE64 = BaseEncoding.base64Url().omitPadding();

    private final String id;
    private final SecretKeySpec encryption;
    private final HashFunction nonces;

    private Pepper(String id, HashFunction derivation) {
        this.id = id;
        this.encryption = new SecretKeySpec(derived(derivation, "countersign pepper encryption"), AES);
        this.nonces = Hashing.hmacSha256(derived(derivation, "countersign pepper nonce"));
    }

    private static byte[] derived(HashFunction derivation, String purpose) {
        return derivation.hashString(purpose, StandardCharsets.US_ASCII).asBytes();
    }

    /**
     * Creates a pepper.
     *
     * @param id names it in stored hashes: 1 to 32 letters, digits, dots, hyphens and underscores, the first a letter or a digit. Never given to another
     *     key
     * @param key copied; {@value #KEY_BYTES} random bytes
     * @return the pepper
     * @throws IllegalArgumentException if the id is malformed or the key has another length
     */
    public static Pepper of(String id, byte[] key) {
        requireNonNull(id, "id");
        if (!isId(id)) {
            throw new IllegalArgumentException("the id of a pepper is 1 to 32 letters, digits, dots, hyphens and"
                    + " underscores, the first a letter or a digit");
        }
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("the key of a pepper has " + KEY_BYTES + " bytes: " + key.length);
        }
        return new Pepper(id, Hashing.hmacSha256(key));
    }

    /** {@return whether a text may be the id of a pepper} */
    public static boolean isId(String text) {
        requireNonNull(text, "text");

        return ID.matcher(text).matches();
    }

    /** {@return the id, which is not secret} */
    public String id() {
        return id;
    }

    /**
     * The id of the pepper that encrypted a hash.
     *
     * @param stored a stored form
     * @return the id; empty if the hash is not encrypted
     */
    static Optional<String> idIn(PasswordHash stored) {
        String text = stored.revealForStorage();
        int end = text.indexOf(END);
        return text.startsWith(PREFIX) && end > 0
                ? Optional.of(text.substring(PREFIX.length(), end)).filter(Pepper::isId)
                : Optional.empty();
    }

    PasswordHash seal(PasswordHash plain) {
        byte[] text = plain.revealForStorage().getBytes(StandardCharsets.UTF_8);
        // Derived from the text, so that a hash has one encrypted form and an import that is run again changes nothing.
        // Other texts have other
        // nonces.
        byte[] nonce = Arrays.copyOf(nonces.hashBytes(text).asBytes(), NONCE_BYTES);
        try {
            byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(text);
            return PasswordHash.of(prefix() + BASE64.encode(Bytes.concat(nonce, encrypted)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES in GCM", impossible);
        }
    }

    /** The hash that this pepper has encrypted; empty if another key did, or the stored form is damaged. */
    Optional<PasswordHash> open(PasswordHash stored) {
        String text = stored.revealForStorage();
        if (!text.startsWith(prefix())) {
            return Optional.empty();
        }
        try {
            byte[] sealed = BASE64.decode(text.substring(prefix().length()));
            if (sealed.length <= NONCE_BYTES + TAG_BYTES) {
                return Optional.empty();
            }
            byte[] plain = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE_BYTES))
                    .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
            return Optional.of(PasswordHash.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(plain))
                    .toString()));
        } catch (GeneralSecurityException | IllegalArgumentException | CharacterCodingException notOurs) {
            return Optional.empty();
        }
    }

    private String prefix() {
        return PREFIX + id + END;
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, encryption, new GCMParameterSpec(8 * TAG_BYTES, nonce));
        cipher.updateAAD(prefix().getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }

    @Override
    public String toString() {
        return "Pepper[" + id + ", hidden]";
    }
}
