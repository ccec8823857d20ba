package dev.countersign.dialect.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.io.Resources;
import dev.countersign.file.InvalidFileException;
import dev.countersign.file.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DialectReaderTest {

    static List<String> names() {
        return ShippedDialects.names();
    }

    private static List<Problem> problems(String text) {
        InvalidFileException invalid = catchThrowableOfType(
                InvalidFileException.class, () -> DialectReader.read("wrong.yaml", text, Map.of()));
        return invalid == null ? List.of() : invalid.problems();
    }

    @Test
    void every_mistake_is_reported_at_once_with_its_place_and_what_would_be_right() throws IOException {
        List<String> found =
                problems(resource("wrong.yaml")).stream().map(Problem::toString).toList();

        assertThat(found).hasSizeGreaterThan(40);
        assertThat(String.join("\n", found))
                .isEqualTo(resource("wrong.problems.txt").strip());
    }

    private static String resource(String name) throws IOException {
        return Resources.toString(Resources.getResource(DialectReaderTest.class, name), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[a, b]", "{a: b}", "null"})
    void the_default_of_a_setting_is_one_text(String value) {
        String text = ShippedDialects.text("standard").replace("audience: countersign", "audience: " + value);
        assertThat(problems(text)).anySatisfy(problem -> {
            assertThat(problem.at()).hasToString("/settings/audience");
            assertThat(problem.right()).isEqualTo("a text, a number, true or false");
        });
    }

    @Test
    void the_message_has_a_line_for_each() {
        InvalidFileException invalid = catchThrowableOfType(
                InvalidFileException.class, () -> DialectReader.read("wrong.yaml", "dialect: x\ntitle: [\n", Map.of()));

        assertThat(invalid.problems()).hasSize(1);
        assertThat(invalid).hasMessageStartingWith("wrong.yaml:");
        assertThat(invalid).hasMessageContaining("this is not YAML");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "text",
                "7",
                "--- {}\n--- {}",
                "a: &x [*x]",
                "a: &a [1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n"
                        + "e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e]",
                "? [a, b]\n: c",
                "!!java.net.URL [\"http://127.0.0.1\"]",
                "!!binary aGFsbG8=",
                "dialect: a\ndialect: b",
                "\u0000",
                "\t",
                "%YAML 9.9\n---\na: b",
                "dialect: 0x1F\ntitle: .nan",
                "<<: {a: b}",
                "settings: [a]\ntoken: 7\noperations: []\nerrors: text\ntoken_in: {}\nerror_variants: 1\nanswers: []",
                "settings: {a: {b: c}}\ntitle: ${setting.a}"
            })
    void what_is_no_dialect_is_a_list_of_problems(String text) {
        assertThat(problems(text)).isNotEmpty().allSatisfy(problem -> {
            assertThat(problem.line()).isPositive();
            assertThat(problem.right()).isNotEmpty();
        });
    }

    @Test
    void a_file_of_thousands_of_nested_lists_is_refused() {
        assertThat(problems("a: " + "[".repeat(20_000) + "]".repeat(20_000))).isNotEmpty();
        assertThat(problems("a: x\n".repeat(300_000))).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_file_without_a_required_key_says_which(String name) {
        String text = ShippedDialects.text(name);
        for (String key : List.of("dialect", "title", "token", "operations", "errors")) {
            String without = text.replaceFirst("(?m)^" + key + ":", "documentation_" + key + ":");
            assertThat(problems(without))
                    .anyMatch(problem -> problem.toString().contains("the key " + key + " is missing"));
        }
    }
}
