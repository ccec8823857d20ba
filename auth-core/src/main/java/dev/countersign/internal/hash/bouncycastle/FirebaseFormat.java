package dev.countersign.internal.hash.bouncycastle;

import com.google.common.collect.ImmutableMap;
import com.google.common.io.BaseEncoding;
import com.google.common.primitives.Bytes;
import dev.countersign.internal.hash.HashCheck;
import dev.countersign.internal.hash.HashFormat;
import dev.countersign.internal.hash.HashText;
import dev.countersign.internal.hash.MalformedHashException;
import dev.countersign.internal.hash.Reading;
import dev.countersign.password.PasswordHash;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The scrypt of Firebase Authentication, in the form of Supabase Auth, {@code $fbscrypt$v=1,n=14,r=8,p=1,ss=…,sk=…$salt$hash}: scrypt's output
 * encrypts the project's signer key (sk) in AES-CTR. The hash XOR the signer key is the key stream, which is enough to verify passwords; so an import
 * stores {@code $fbscrypt$v=1,n=14,r=8,p=1$salt$stream}, and never the signer key, which is a secret of the project.
 */
public final class FirebaseFormat implements HashFormat {

    private static final String PREFIX = "$fbscrypt$";
    private static final int KEY_BYTES = 32;
    private static final int BLOCK_BYTES = 16;

    @Override
    public Optional<Reading> read(String stored) {
        if (!stored.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            List<String> pieces = HashText.pieces(stored, 5);
            ImmutableMap<String, String> parameters = HashText.parameters(pieces.get(2));
            if (!"1".equals(parameters.get("v"))) {
                throw new MalformedHashException("its version is not 1");
            }
            int log = HashText.number("n", parameters.getOrDefault("n", ""), 1, Scrypt.MOST_LOG);
            int blocks = HashText.number("r", parameters.getOrDefault("r", ""), 1, Scrypt.MOST_BLOCKS);
            int lanes = HashText.number("p", parameters.getOrDefault("p", ""), 1, Scrypt.MOST_LANES);
            Scrypt function = Scrypt.of(1 << log, blocks, lanes);
            byte[] separator = HashText.base64(parameters.getOrDefault("ss", ""));
            byte[] salt = HashText.salt(Bytes.concat(HashText.base64(pieces.get(3)), separator));
            byte[] stream = stream(HashText.digest(pieces.get(4)), parameters.get("sk"));
            HashCheck check = utf8 -> MessageDigest.isEqual(stream(function, utf8, salt, stream.length), stream);
            BaseEncoding base64 = BaseEncoding.base64();
            String taken = PREFIX + "v=1,n=" + log + ",r=" + blocks + ",p=" + lanes + "$" + base64.encode(salt) + "$"
                    + base64.encode(stream);
            return Optional.of(new Reading.Foreign(
                    function.kind("Firebase scrypt"),
                    check,
                    Reading.LONGEST_BYTES,
                    PasswordHash.of(taken),
                    function.memoryBytes()));
        } catch (MalformedHashException refused) {
            return Reading.refused("Firebase: " + refused.why());
        }
    }

    private static byte[] stream(byte[] hash, @Nullable String signerKey) throws MalformedHashException {
        if (signerKey == null) {
            return hash;
        }
        byte[] key = HashText.base64(signerKey);
        HashText.within("number of bytes of the signer key", key.length, hash.length, hash.length);
        byte[] stream = new byte[hash.length];
        for (int i = 0; i < stream.length; i++) {
            stream[i] = (byte) (hash[i] ^ key[i]);
        }
        return stream;
    }

    private static byte[] stream(Scrypt function, byte[] utf8, byte[] salt, int length) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(function.derive(utf8, salt, KEY_BYTES), "AES"),
                    new IvParameterSpec(new byte[BLOCK_BYTES]));
            return cipher.doFinal(new byte[length]);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES", impossible);
        }
    }
}
