package dev.countersign.crypto.bcrypt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FastestEngineTest {

    private static final BcryptWork WORK = new BcryptWork(
            "any".getBytes(StandardCharsets.US_ASCII), new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6}, 4);

    private final BcryptEngine library = new LibraryEngine();

    /** An engine that errs in one bit, with or without company. */
    private record Erring(boolean alone, boolean atOnceToo) implements BcryptEngine {

        private static byte[] flipped(byte[] digest, boolean really) {
            digest[digest.length - 1] ^= (byte) (really ? 1 : 0);
            return digest;
        }

        @Override
        public byte[] digest(BcryptWork work) {
            return flipped(new LibraryEngine().digest(work), alone);
        }

        @Override
        public int atOnce() {
            return 2;
        }

        @Override
        public byte[][] digests(BcryptWork first, BcryptWork second) {
            return new byte[][] {
                new LibraryEngine().digest(first), flipped(new LibraryEngine().digest(second), atOnceToo)
            };
        }
    }

    @Test
    void two_at_once_once_it_has_been_compared() {
        BcryptEngine engine = new FastestEngine(new TwoLaneEngine(), library);
        assertThat(engine.atOnce()).isEqualTo(1);
        assertThat(engine.digest(WORK)).isEqualTo(library.digest(WORK));
        assertThat(engine.atOnce()).isEqualTo(2);
    }

    @Test
    void the_library_if_the_other_errs() {
        for (BcryptEngine erring : new BcryptEngine[] {new Erring(true, false), new Erring(false, true)}) {
            BcryptEngine engine = new FastestEngine(erring, library);
            byte[] right = library.digest(WORK);
            assertThat(engine.digest(WORK)).isEqualTo(right);
            assertThat(engine.digests(WORK, WORK)).isDeepEqualTo(new byte[][] {right, right});
            assertThat(engine.atOnce()).isEqualTo(1);
        }
    }
}
