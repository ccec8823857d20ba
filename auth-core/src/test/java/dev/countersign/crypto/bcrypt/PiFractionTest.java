package dev.countersign.crypto.bcrypt;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class PiFractionTest {

    private static final int BITS = PiFraction.WORDS * Integer.SIZE;
    private static final int GUARD = 64;

    /** One over an integer's arctangent, by its series, as an integer scaled by a power of two. */
    private static BigInteger arctangentOfInverse(int integer) {
        BigInteger square = BigInteger.valueOf((long) integer * integer);
        BigInteger power = BigInteger.ONE.shiftLeft(BITS + GUARD).divide(BigInteger.valueOf(integer));
        BigInteger sum = power;
        for (int n = 3; power.signum() > 0; n += 2) {
            power = power.divide(square);
            BigInteger term = power.divide(BigInteger.valueOf(n));
            sum = n % 4 == 3 ? sum.subtract(term) : sum.add(term);
        }
        return sum;
    }

    @Test
    void the_words_are_those_of_pi() {
        // Machin, 1706.
        BigInteger pi = arctangentOfInverse(5)
                .shiftLeft(2)
                .subtract(arctangentOfInverse(239))
                .shiftLeft(2)
                .shiftRight(GUARD);
        int[] words = new int[PiFraction.WORDS];
        PiFraction.copy(0, words, 0, words.length);
        for (int i = 0; i < words.length; i++) {
            assertThat(words[i])
                    .as("word %s", i)
                    .isEqualTo(pi.shiftRight(BITS - Integer.SIZE * (i + 1)).intValue());
        }
        assertThat(pi.shiftRight(BITS)).isEqualTo(BigInteger.valueOf(3));
    }
}
