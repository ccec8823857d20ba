package dev.countersign.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countersign.crypto.jjwt.KeyInput;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text is a key that can be used, or refused with a reason that quotes nothing of it. */
@Tag("slow")
class KeyFuzzTest {

    static Stream<byte[]> seeds() {
        return Seeds.keys().map(Seeds::utf8);
    }

    @MethodSource("seeds")
    @FuzzTest
    void a_text_is_a_key_or_refused(byte[] bytes) {
        String text = Seeds.text(bytes);
        try {
            for (KeyMaterial key : KeyInput.read(text, Optional.of(SigningAlgorithm.HS256), Instant.EPOCH)) {
                assertThat(key.id()).isNotEmpty();
            }
        } catch (IllegalArgumentException refused) {
            check(refused);
        }
        try {
            KeyInput.checkSecret(text);
        } catch (IllegalArgumentException refused) {
            check(refused);
        }
    }

    private static void check(IllegalArgumentException refused) {
        assertThat(String.valueOf(refused.getMessage())).isNotBlank().doesNotContain("Exception", "java.", "null");
    }
}
