package dev.countersign.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countersign.dialect.file.DialectSource;
import dev.countersign.file.InvalidFileException;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text is a dialect, or there is a list of problems with lines. */
@Tag("slow")
class DialectFileFuzzTest {

    static Stream<byte[]> seeds() {
        return Seeds.dialects().map(Seeds::utf8);
    }

    @MethodSource("seeds")
    @FuzzTest
    void a_text_is_a_dialect_or_has_problems(byte[] bytes) {
        String text = Seeds.text(bytes);
        try {
            DialectSource source = DialectSource.parse("fuzz.yaml", text);
            source.read(Map.of());
            source.read(source.settings().stream().collect(Collectors.toMap(Function.identity(), name -> "x")));
        } catch (InvalidFileException refused) {
            int lines = text.split("\r\n|[\r\n\u0085\u2028\u2029]", -1).length;
            assertThat(refused.problems()).isNotEmpty().allSatisfy(problem -> {
                assertThat(problem.line()).isBetween(0, lines + 1);
                assertThat(problem.toString()).doesNotContain("Exception", "java.");
            });
        }
    }
}
