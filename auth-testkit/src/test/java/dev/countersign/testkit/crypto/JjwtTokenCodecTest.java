package dev.countersign.testkit.crypto;

import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.json.JsonObject;
import dev.countersign.port.TokenCodec;
import dev.countersign.testkit.contract.TokenCodecContract;
import dev.countersign.testkit.fixture.SeededRandom;
import dev.countersign.testkit.fixture.TokenForge;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/** The contract, once for each algorithm. */
class JjwtTokenCodecTest {

    @Nested
    class Hs256 extends Contract {
        Hs256() {
            super(SigningAlgorithm.HS256);
        }
    }

    @Nested
    class Hs384 extends Contract {
        Hs384() {
            super(SigningAlgorithm.HS384);
        }
    }

    @Nested
    class Hs512 extends Contract {
        Hs512() {
            super(SigningAlgorithm.HS512);
        }
    }

    @Nested
    class Rs256 extends Contract {
        Rs256() {
            super(SigningAlgorithm.RS256);
        }
    }

    @Nested
    class Ps256 extends Contract {
        Ps256() {
            super(SigningAlgorithm.PS256);
        }
    }

    @Nested
    class Es256 extends Contract {
        Es256() {
            super(SigningAlgorithm.ES256);
        }
    }

    @Nested
    class Es384 extends Contract {
        Es384() {
            super(SigningAlgorithm.ES384);
        }
    }

    @Nested
    class EdDsa extends Contract {
        EdDsa() {
            super(SigningAlgorithm.EDDSA);
        }
    }

    abstract static class Contract extends TokenCodecContract {

        /** Made once, because a test class is made anew for each test. */
        private static final Map<SigningAlgorithm, TokenCodec> CODECS = new EnumMap<>(SigningAlgorithm.class);

        private final SigningAlgorithm algorithm;
        private final TokenCodec codec;

        Contract(SigningAlgorithm algorithm) {
            this.algorithm = algorithm;
            this.codec = CODECS.computeIfAbsent(algorithm, one -> codec(SampleKeys.of(one)));
        }

        private static TokenCodec codec(KeyMaterial key) {
            return new JjwtTokenCodec(KeyRing.signingWith(key), new SeededRandom(1));
        }

        @Override
        protected TokenCodec codec() {
            return codec;
        }

        @Override
        protected TokenCodec stranger() {
            return codec(SampleKeys.otherOf(algorithm));
        }

        @Override
        protected Optional<TokenCodec> verifying(JsonObject jwk) {
            return SampleKeys.verifying(jwk);
        }

        @Override
        protected TokenForge forge() {
            return SampleKeys.forge(SampleKeys.of(algorithm));
        }
    }
}
