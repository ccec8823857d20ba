package dev.countersign.internal.hash.bcrypt;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import dev.countersign.internal.hash.HashCheck;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** bcrypt over bytes, of which it reads the first {@value BcryptFormat#LONGEST_BYTES}. */
final class BcryptCheck implements HashCheck {

    private static final BCrypt.Version VERSION = BCrypt.Version.VERSION_2B;
    private static final BCrypt.Verifyer VERIFIER = BCrypt.verifyer(VERSION, LongPasswordStrategies.strict(VERSION));

    private final byte[] hash;

    /** Creates a check of a hash that {@link BcryptFormat#FORMAT} matches. */
    BcryptCheck(String hash) {
        this.hash = hash.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public boolean matches(byte[] bytes) {
        byte[] read = Arrays.copyOf(bytes, Math.min(bytes.length, BcryptFormat.LONGEST_BYTES));
        try {
            return VERIFIER.verify(read, hash).verified;
        } finally {
            Arrays.fill(read, (byte) 0);
        }
    }
}
