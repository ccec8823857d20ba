package dev.countersign.crypto.bcrypt;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The first 1042 words of the fraction of pi: the state in which Blowfish begins, first P<sub>1</sub> to P<sub>18</sub>, then the S-boxes. */
final class PiFraction {

    /** How many there are. */
    static final int WORDS = Eksblowfish.SUBKEYS + Eksblowfish.BOXES;

    private static final int[] FRACTION = read();

    private PiFraction() {}

    private static int[] read() {
        int[] words = new int[WORDS];
        try (InputStream resource = PiFraction.class.getResourceAsStream("pi-fraction.bin")) {
            if (resource == null) {
                throw new IllegalStateException("the resource pi-fraction.bin is missing in the jar");
            }
            DataInputStream in = new DataInputStream(new BufferedInputStream(resource, WORDS * Integer.BYTES));
            for (int i = 0; i < WORDS; i++) {
                words[i] = in.readInt();
            }
            return words;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Copies words. */
    static void copy(int from, int[] to, int offset, int count) {
        System.arraycopy(FRACTION, from, to, offset, count);
    }
}
