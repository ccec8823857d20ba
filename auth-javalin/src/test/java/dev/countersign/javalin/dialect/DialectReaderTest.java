package dev.countersign.javalin.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.base.Splitter;
import com.google.common.io.Resources;
import dev.countersign.javalin.yaml.InvalidFileException;
import dev.countersign.javalin.yaml.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DialectReaderTest {

    private static final long SEED = 20260301;
    private static final int MUTATIONS = 400;

    static List<String> names() {
        return ShippedDialects.names();
    }

    private static List<Problem> problems(String text) {
        InvalidFileException invalid = catchThrowableOfType(
                InvalidFileException.class, () -> DialectReader.read("wrong.yaml", text, Map.of()));
        return invalid == null ? List.of() : invalid.problems();
    }

    @Test
    void every_mistake_is_told_at_once_with_its_place_and_what_would_be_right() throws IOException {
        List<String> found =
                problems(resource("wrong.yaml")).stream().map(Problem::toString).toList();

        assertThat(found).hasSizeGreaterThan(40);
        assertThat(String.join("\n", found))
                .isEqualTo(resource("wrong.problems.txt").strip());
    }

    private static String resource(String name) throws IOException {
        return Resources.toString(Resources.getResource(DialectReaderTest.class, name), StandardCharsets.UTF_8);
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

    @ParameterizedTest
    @MethodSource("names")
    void random_changes_make_problems_and_nothing_else(String name) {
        Random random = new Random(SEED);
        List<String> lines = Splitter.on('\n').splitToList(ShippedDialects.text(name));
        for (int i = 0; i < MUTATIONS; i++) {
            String text = mutated(lines, random);
            assertThatCode(() -> {
                        try {
                            DialectReader.read(name + ".yaml", text, Map.of());
                        } catch (InvalidFileException invalid) {
                            assertThat(invalid.problems()).isNotEmpty();
                        }
                    })
                    .as("mutation %s of %s:%n%s", i, name, text)
                    .doesNotThrowAnyException();
        }
    }

    private static final List<String> WORDS = List.of(
            "null",
            "true",
            "[]",
            "{}",
            "\"\"",
            "7",
            "-1",
            "1e99999",
            "${user.id}",
            "${",
            "}",
            "|",
            "'",
            "\"",
            ":",
            "/",
            "//",
            "~",
            "${token | default }",
            "&a *a",
            "*user",
            "!!int x",
            "\\",
            "\u00e9",
            "POST /",
            "0s",
            "99999999999999999999d",
            "/a/b/0",
            "%zz");

    private static String mutated(List<String> lines, Random random) {
        List<String> changed = new ArrayList<>(lines);
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(changed.size());
            String line = changed.get(at);
            String word = WORDS.get(random.nextInt(WORDS.size()));
            int column = random.nextInt(line.length() + 1);
            int value = line.indexOf(": ");
            switch (random.nextInt(7)) {
                case 0 -> changed.remove(at);
                case 1 -> changed.add(at, lines.get(random.nextInt(lines.size())));
                case 2 -> changed.set(at, line.substring(0, column) + word + line.substring(column));
                case 3 -> changed.set(at, line.substring(0, column));
                case 4 -> changed.set(at, " " + line);
                case 5 -> changed.set(at, line.replaceFirst("\\w", "x"));
                default -> changed.set(at, value < 0 ? line : line.substring(0, value + 2) + word);
            }
        }
        return String.join("\n", changed);
    }
}
