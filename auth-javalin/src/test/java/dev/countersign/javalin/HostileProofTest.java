package dev.countersign.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.dialect.file.ShippedDialects;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A part of what {@code scripts/hostile.sh} sends. */
@Tag("slow")
class HostileProofTest {

    @TempDir
    private Path folder;

    static List<String> dialects() {
        return ShippedDialects.names();
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void hostile_requests_are_answered_in_the_dialects_words_and_a_login_works_right_after(String name)
            throws Exception {
        Map<String, Map<Integer, Integer>> kinds = new HostileProof(folder, 330, 1).run(name);

        assertThat(kinds).containsKeys("random", "token", "body", "two lengths", "a byte changed");
    }
}
