package dev.countersign.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.common.io.Resources;
import dev.countersign.dialect.file.ShippedDialects;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whatever a client can see is data: the files have it, the code does not. */
class WireLiteralsTest {

    /** Words of RFCs, of YAML or of the file format itself, which the code has by its own right. */
    private static final ImmutableSet<String> COMMON = ImmutableSet.of(
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "Access-Control-Expose-Headers",
            "none_tokens_outlive_password_change",
            "phone",
            "bio",
            "image",
            "photo",
            "topics",
            "role",
            "display_name",
            "users",
            "user_id",
            "60d",
            "30d",
            "15m",
            "300s");

    /** Names in which a dialect's name is an ordinary word: other people's, and that of the usual tables. */
    private static final Pattern ORDINARY =
            Pattern.compile("Standard(Charsets|CopyOption|OpenOption|Dictionaries|HelpOptions)|TableNames[. ]STANDARD");

    private static ImmutableListMultimap<String, String> literals() throws IOException {
        ImmutableListMultimap.Builder<String, String> literals = ImmutableListMultimap.builder();
        String text = Resources.toString(
                Resources.getResource(WireLiteralsTest.class, "literals.txt"), StandardCharsets.UTF_8);
        String dialect = "";
        for (String line : Splitter.on('\n').omitEmptyStrings().split(text)) {
            if (line.startsWith("[")) {
                dialect = line.substring(1, line.length() - 1);
            } else if (!line.startsWith("#")) {
                literals.put(dialect, line);
            }
        }
        return literals.build();
    }

    @Test
    void every_literal_of_a_contract_is_in_its_file() throws IOException {
        ImmutableListMultimap<String, String> literals = literals();
        assertThat(literals.keySet()).containsExactlyInAnyOrderElementsOf(ShippedDialects.names());
        literals.forEach((dialect, literal) ->
                assertThat(ShippedDialects.text(dialect)).as(dialect).contains(literal));
    }

    @Test
    void no_literal_of_a_contract_is_in_the_code() throws IOException {
        List<String> wire = literals().values().stream()
                .map(literal -> literal.replace("\\\"", "\""))
                .filter(literal -> !COMMON.contains(literal))
                .distinct()
                .toList();
        JavaSources.all().forEach((file, source) -> {
            for (String found : source.literals()) {
                assertThat(wire)
                        .as("%s has \"%s\"", file, found)
                        .noneMatch(
                                literal -> found.equals(literal) || (literal.contains(" ") && found.contains(literal)));
            }
        });
    }

    @Test
    void nothing_in_the_code_names_a_shipped_dialect() {
        Map<Path, JavaSources.Source> sources = JavaSources.all();
        assertThat(sources).hasSizeGreaterThan(100);
        for (String name : ShippedDialects.names()) {
            Pattern word = Pattern.compile("\\b" + name + "\\b(?! (input|output|error))", Pattern.CASE_INSENSITIVE);
            sources.forEach((file, source) -> {
                String code = ORDINARY.matcher(source.code()).replaceAll("").toLowerCase(Locale.ROOT);
                assertThat(code.contains(name))
                        .as("%s is in the code of %s", name, file)
                        .isFalse();
                assertThat(source.literals())
                        .as("%s", file)
                        .noneMatch(literal -> word.matcher(literal).find());
            });
        }
    }

    @Test
    void literals_and_code_are_told_apart() {
        JavaSources.Source source = JavaSources.source(
                "/** \"a\" */ class B { B(g) { requireNonNull(g, \"g\"); } // \"c\"\n char d = '\"'; String e = \"f \\\"g\\\" // h\"; }");

        assertThat(source.literals()).containsExactly("f \"g\" // h");
        assertThat(source.code())
                .contains("class B")
                .contains("String e")
                .doesNotContain("\"")
                .doesNotContain("f");
    }
}
