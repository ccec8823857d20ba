package dev.countersign.crypto.bcrypt;

import java.util.Arrays;

/**
 * Eksblowfish, the cipher whose key setup makes bcrypt slow, in one lane or in two: Provos and Mazières, <i>A Future-Adaptable Password Scheme</i>,
 * USENIX 1999, §3 and §4. Each round waits for four loads whose addresses the round before it computed, so a core is idle for half of the time. Two lanes
 * are two states that do not depend on each other, computed step by step beside each other in little more than the time of one. Not thread-safe.
 */
final class Eksblowfish {

    /** The words of a lane's subkeys P<sub>1</sub> to P<sub>18</sub>. */
    static final int SUBKEYS = 18;

    /** The words of a lane's four S-boxes, one after the other. */
    static final int BOXES = 4 * 256;

    // Half a millisecond of expansions. Copying the state in and out costs a hundredth of that.
    private static final int TURN = 8;

    private final int lanes;
    private final int[] subkeys;
    private final int[] boxes;
    private final int[] keys;
    private final int[] salts;

    /**
     * Creates lanes that have no key yet.
     *
     * @param lanes 1 or 2
     */
    Eksblowfish(int lanes) {
        this.lanes = lanes;
        this.subkeys = new int[lanes * SUBKEYS];
        this.boxes = new int[lanes * BOXES];
        this.keys = new int[lanes * SUBKEYS];
        this.salts = new int[lanes * SUBKEYS];
    }

    /**
     * Begins EksBlowfishSetup of a lane: InitState, and the first ExpandKey (Figure 2).
     *
     * @param lane 0, or 1
     * @param key 1 to 72 bytes, with the NUL character after a password that is shorter
     * @param salt 16 bytes
     */
    void begin(int lane, byte[] key, byte[] salt) {
        int p = lane * SUBKEYS;
        int s = lane * BOXES;
        PiFraction.copy(0, subkeys, p, SUBKEYS);
        PiFraction.copy(SUBKEYS, boxes, s, BOXES);
        repeat(key, keys, p);
        repeat(salt, salts, p);
        for (int i = 0; i < SUBKEYS; i++) {
            subkeys[p + i] ^= keys[p + i];
        }
        int[] block = new int[2];
        for (int i = 0; i < SUBKEYS + BOXES; i += 2) {
            // The two halves of the salt by turns.
            block[0] ^= salts[p + i % 4];
            block[1] ^= salts[p + i % 4 + 1];
            encrypt(lane, block);
            int[] words = i < SUBKEYS ? subkeys : boxes;
            int at = i < SUBKEYS ? p + i : s + i - SUBKEYS;
            words[at] = block[0];
            words[at + 1] = block[1];
        }
    }

    /** Writes the bytes as words, from the first again after the last. */
    private static void repeat(byte[] bytes, int[] words, int offset) {
        int at = 0;
        for (int i = 0; i < SUBKEYS; i++) {
            int word = 0;
            for (int j = 0; j < Integer.BYTES; j++) {
                word = (word << Byte.SIZE) | (bytes[at] & 0xff);
                at = (at + 1) % bytes.length;
            }
            words[offset + i] = word;
        }
    }

    /**
     * Goes on with EksBlowfishSetup: ExpandKey with the key and with the salt by turns, in all lanes. Lets other threads run every half a millisecond, so
     * that other requests do not wait for the end of a time slice.
     *
     * @param times how often, 2<sup>cost</sup> in all
     */
    // Right without it, too; the figures of docs/proofs.md are why it is there.
    @SuppressWarnings("ThreadPriorityCheck")
    void expand(int times) {
        for (int done = 0; done < times; done += TURN) {
            int turn = Math.min(TURN, times - done);
            if (lanes == 1) {
                expandOne(turn);
            } else {
                expandTwo(turn);
            }
            Thread.yield();
        }
    }

    // In the next two methods the arrays are local and of constant length: the compiler then knows that no index is out
    // of range.

    private void expandOne(int times) {
        int[] p = new int[SUBKEYS];
        int[] s = new int[BOXES];
        System.arraycopy(subkeys, 0, p, 0, p.length);
        System.arraycopy(boxes, 0, s, 0, s.length);
        for (int time = 0; time < 2 * times; time++) {
            int[] words = time % 2 == 0 ? keys : salts;
            for (int i = 0; i < SUBKEYS; i++) {
                p[i] ^= words[i];
            }
            int l = 0;
            int r = 0;
            for (int i = 0; i < SUBKEYS + BOXES; i += 2) {
                l ^= p[0];
                for (int round = 1; round <= 16; round += 2) {
                    r ^= p[round] ^ f(s, 0, l);
                    l ^= p[round + 1] ^ f(s, 0, r);
                }
                int last = l;
                l = r ^ p[17];
                r = last;
                if (i < SUBKEYS) {
                    p[i] = l;
                    p[i + 1] = r;
                } else {
                    s[i - SUBKEYS] = l;
                    s[i - SUBKEYS + 1] = r;
                }
            }
        }
        System.arraycopy(p, 0, subkeys, 0, p.length);
        System.arraycopy(s, 0, boxes, 0, s.length);
        Arrays.fill(p, 0);
        Arrays.fill(s, 0);
    }

    private void expandTwo(int times) {
        int[] p = new int[2 * SUBKEYS];
        int[] s = new int[2 * BOXES];
        System.arraycopy(subkeys, 0, p, 0, p.length);
        System.arraycopy(boxes, 0, s, 0, s.length);
        for (int time = 0; time < 2 * times; time++) {
            int[] words = time % 2 == 0 ? keys : salts;
            for (int i = 0; i < p.length; i++) {
                p[i] ^= words[i];
            }
            int l = 0;
            int r = 0;
            int l2 = 0;
            int r2 = 0;
            for (int i = 0; i < SUBKEYS + BOXES; i += 2) {
                l ^= p[0];
                l2 ^= p[SUBKEYS];
                for (int round = 1; round <= 16; round += 2) {
                    r ^= p[round] ^ f(s, 0, l);
                    r2 ^= p[SUBKEYS + round] ^ f(s, BOXES, l2);
                    l ^= p[round + 1] ^ f(s, 0, r);
                    l2 ^= p[SUBKEYS + round + 1] ^ f(s, BOXES, r2);
                }
                int last = l;
                l = r ^ p[17];
                r = last;
                int last2 = l2;
                l2 = r2 ^ p[SUBKEYS + 17];
                r2 = last2;
                if (i < SUBKEYS) {
                    p[i] = l;
                    p[i + 1] = r;
                    p[SUBKEYS + i] = l2;
                    p[SUBKEYS + i + 1] = r2;
                } else {
                    s[i - SUBKEYS] = l;
                    s[i - SUBKEYS + 1] = r;
                    s[BOXES + i - SUBKEYS] = l2;
                    s[BOXES + i - SUBKEYS + 1] = r2;
                }
            }
        }
        System.arraycopy(p, 0, subkeys, 0, p.length);
        System.arraycopy(s, 0, boxes, 0, s.length);
        Arrays.fill(p, 0);
        Arrays.fill(s, 0);
    }

    /** Blowfish's F of the four bytes of a half block. */
    private static int f(int[] s, int lane, int half) {
        return ((s[lane + (half >>> 24)] + s[lane + 256 + ((half >>> 16) & 0xff)])
                        ^ s[lane + 512 + ((half >>> 8) & 0xff)])
                + s[lane + 768 + (half & 0xff)];
    }

    /** Encrypts a block of 64 bits in place, in one lane. */
    void encrypt(int lane, int[] block) {
        int p = lane * SUBKEYS;
        int s = lane * BOXES;
        int l = block[0] ^ subkeys[p];
        int r = block[1];
        for (int round = 1; round <= 16; round += 2) {
            r ^= subkeys[p + round] ^ f(boxes, s, l);
            l ^= subkeys[p + round + 1] ^ f(boxes, s, r);
        }
        block[0] = r ^ subkeys[p + 17];
        block[1] = l;
    }

    /** {@return a cipher of its own with the state of one lane} */
    Eksblowfish only(int lane) {
        Eksblowfish only = new Eksblowfish(1);
        System.arraycopy(subkeys, lane * SUBKEYS, only.subkeys, 0, SUBKEYS);
        System.arraycopy(boxes, lane * BOXES, only.boxes, 0, BOXES);
        System.arraycopy(keys, lane * SUBKEYS, only.keys, 0, SUBKEYS);
        System.arraycopy(salts, lane * SUBKEYS, only.salts, 0, SUBKEYS);
        return only;
    }

    /** Overwrites keys and state. */
    void wipe() {
        Arrays.fill(subkeys, 0);
        Arrays.fill(boxes, 0);
        Arrays.fill(keys, 0);
        Arrays.fill(salts, 0);
    }
}
