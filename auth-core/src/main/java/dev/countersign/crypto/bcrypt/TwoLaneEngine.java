package dev.countersign.crypto.bcrypt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** bcrypt (Provos and Mazières 1999, §5) on {@link Eksblowfish}: two digests at once take little more than the time of one. */
final class TwoLaneEngine implements BcryptEngine {

    private static final byte[] TEXT = "OrpheanBeholderScryDoubt".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_KEY = 72;
    private static final int ENCRYPTIONS = 64;
    // The last byte of the encrypted text was lost in the first implementation, and so in all.
    private static final int DIGEST_BYTES = 23;

    @Override
    public byte[] digest(BcryptWork work) {
        Eksblowfish cipher = new Eksblowfish(1);
        try {
            begin(cipher, 0, work);
            cipher.expand(1 << work.cost());
            return encryptedText(cipher, 0);
        } finally {
            cipher.wipe();
        }
    }

    @Override
    public int atOnce() {
        return 2;
    }

    @Override
    public byte[][] digests(BcryptWork first, BcryptWork second) {
        Eksblowfish both = new Eksblowfish(2);
        try {
            begin(both, 0, first);
            begin(both, 1, second);
            int shared = 1 << Math.min(first.cost(), second.cost());
            both.expand(shared);
            return new byte[][] {
                finished(both, 0, (1 << first.cost()) - shared), finished(both, 1, (1 << second.cost()) - shared)
            };
        } finally {
            both.wipe();
        }
    }

    private static byte[] finished(Eksblowfish both, int lane, int left) {
        if (left == 0) {
            return encryptedText(both, lane);
        }
        Eksblowfish only = both.only(lane);
        try {
            only.expand(left);
            return encryptedText(only, 0);
        } finally {
            only.wipe();
        }
    }

    private static void begin(Eksblowfish cipher, int lane, BcryptWork work) {
        byte[] key = Arrays.copyOf(work.password(), Math.min(work.password().length + 1, LONGEST_KEY));
        try {
            cipher.begin(lane, key, work.salt());
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] encryptedText(Eksblowfish cipher, int lane) {
        ByteBuffer text = ByteBuffer.wrap(TEXT.clone());
        int[] block = new int[2];
        for (int at = 0; at < TEXT.length; at += 2 * Integer.BYTES) {
            block[0] = text.getInt(at);
            block[1] = text.getInt(at + Integer.BYTES);
            for (int i = 0; i < ENCRYPTIONS; i++) {
                cipher.encrypt(lane, block);
            }
            text.putInt(at, block[0]).putInt(at + Integer.BYTES, block[1]);
        }
        return Arrays.copyOf(text.array(), DIGEST_BYTES);
    }
}
