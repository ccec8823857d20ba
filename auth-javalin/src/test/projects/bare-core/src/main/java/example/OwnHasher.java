package example;

import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** PBKDF2 with the JDK alone. For this test: docs/adapters.md has a hasher that passes the contract. */
final class OwnHasher implements PasswordHasher {

    private static final HexFormat HEX = HexFormat.of();

    private final SecureRandom random;
    private final PasswordHash decoy;

    OwnHasher(SecureRandom random) {
        this.random = random;
        this.decoy = PasswordHash.of(HEX.formatHex(bytes(16)) + "$" + HEX.formatHex(bytes(32)));
    }

    @Override
    public PasswordHash hash(RawPassword password) {
        byte[] salt = bytes(16);
        return PasswordHash.of(HEX.formatHex(salt) + "$" + HEX.formatHex(derive(password, salt)));
    }

    @Override
    public boolean verify(RawPassword password, PasswordHash stored) {
        String[] parts = stored.revealForStorage().split("\\$");
        return MessageDigest.isEqual(derive(password, HEX.parseHex(parts[0])), HEX.parseHex(parts[1]));
    }

    @Override
    public boolean outdated(PasswordHash stored) {
        return false;
    }

    @Override
    public PasswordHash decoy() {
        return decoy;
    }

    @Override
    public PasswordHash decoyLike(PasswordHash stored) {
        return decoy;
    }

    @Override
    public int longestBytes() {
        return 1024;
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] derive(RawPassword password, byte[] salt) {
        char[] chars = new String(password.revealUtf8(), StandardCharsets.UTF_8).toCharArray();
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(chars, salt, 1000, 256))
                    .getEncoded();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no PBKDF2", missing);
        }
    }
}
