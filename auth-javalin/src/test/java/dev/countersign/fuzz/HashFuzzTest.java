package dev.countersign.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.crypto.migration.ForeignHashes;
import dev.countersign.crypto.migration.MigratingPasswordHasher;
import dev.countersign.password.PasswordHash;
import dev.countersign.testkit.fixture.SeededRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text is a stored hash of a form that is known, or refused with a reason. */
@Tag("slow")
class HashFuzzTest {

    private static final MigratingPasswordHasher HASHER =
            new MigratingPasswordHasher(new BcryptPasswordHasher(10, new SeededRandom(1)), ForeignHashes.all());

    static Stream<byte[]> seeds() {
        return Seeds.hashes().map(Seeds::utf8);
    }

    @MethodSource("seeds")
    @FuzzTest
    void a_text_is_a_hash_or_refused(byte[] bytes) {
        String text = Seeds.text(bytes);
        if (text.isEmpty()) {
            return;
        }
        if (text.indexOf('\0') >= 0) {
            assertThatIllegalArgumentException().isThrownBy(() -> PasswordHash.of(text));
            return;
        }
        PasswordHash stored = PasswordHash.of(text);
        HASHER.outdated(stored);
        assertThat(HASHER.kind(stored)).isNotNull();
        HASHER.refusal(stored)
                .ifPresentOrElse(
                        reason -> assertThat(reason).isNotBlank().doesNotContain("Exception", "java."),
                        () -> accepted(stored));
    }

    /** What is accepted now is accepted again in the form in which it is stored. */
    private static void accepted(PasswordHash stored) {
        if (!HASHER.isWeak(stored)) {
            assertThat(HASHER.refusal(HASHER.taken(stored, true))).isEmpty();
            assertThat(HASHER.refusal(HASHER.taken(stored, false))).isEmpty();
        }
    }
}
