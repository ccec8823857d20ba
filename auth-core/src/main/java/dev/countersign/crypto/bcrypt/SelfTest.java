package dev.countersign.crypto.bcrypt;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/** Compares {@link TwoLaneEngine} with the library, once per process: a compiler or a processor may err. */
final class SelfTest {

    private static final int LOWEST_COST = 4;
    private static final int SALT_BYTES = 16;

    private SelfTest() {}

    /** {@return whether both compute the same, alone and at once: short and longest passwords, high bytes, different costs} */
    static boolean passes(BcryptEngine tested, BcryptEngine reference) {
        BcryptWork shorter = work("R\u00e4tsel \u00ff", LOWEST_COST, 1);
        BcryptWork longest = work("\u00f8".repeat(36), LOWEST_COST + 1, 2);
        byte[][] expected = {reference.digest(shorter), reference.digest(longest)};
        return MessageDigest.isEqual(tested.digest(shorter), expected[0])
                && Arrays.deepEquals(tested.digests(shorter, longest), expected);
    }

    private static BcryptWork work(String password, int cost, int seed) {
        byte[] salt = new byte[SALT_BYTES];
        for (int i = 0; i < salt.length; i++) {
            salt[i] = (byte) (seed * 97 + i * 31);
        }
        return new BcryptWork(password.getBytes(StandardCharsets.UTF_8), salt, cost);
    }
}
