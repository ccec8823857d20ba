package dev.countersign.internal.hash.bouncycastle;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.BaseEncoding;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;

class Argon2FormatTest {

    private static final BaseEncoding HEX = BaseEncoding.base16().lowerCase();

    // A secret and associated data cannot be written in a PHC string.
    @Test
    void the_vector_of_rfc_9106_verifies() {
        Argon2Parameters parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(32)
                .withIterations(3)
                .withParallelism(4)
                .withSalt(repeated("02", 16))
                .withSecret(repeated("03", 8))
                .withAdditional(repeated("04", 12))
                .build();
        byte[] tag = HEX.decode("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");

        assertThat(Argon2Format.check(parameters, tag).matches(repeated("01", 32)))
                .isTrue();
        assertThat(Argon2Format.check(parameters, tag).matches(repeated("01", 31)))
                .isFalse();
    }

    private static byte[] repeated(String hex, int times) {
        return HEX.decode(hex.repeat(times));
    }
}
