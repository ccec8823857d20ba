package dev.countersign.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Java that pages show is Java that runs. */
class SnippetTest {

    private static final Pattern SHOWN =
            Pattern.compile("(?:<!-- snippet: (\\w+)#([a-z-]+) -->\\n)?```java\\n(.*?)```", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(
            strings = {"README.md", "docs/embedding.md", "docs/adapters.md", "docs/servlet.md", "docs/browsers.md"})
    void java_in_a_page_is_taken_from_a_test(String page) {
        Matcher shown = SHOWN.matcher(Pages.text(page));
        int count = 0;
        while (shown.find()) {
            assertThat(shown.group(1)).as("a marker before %s", shown.group(3)).isNotNull();
            assertThat(shown.group(3)).isEqualTo(snippet(shown.group(1), shown.group(2)));
            count++;
        }
        assertThat(count).isPositive();
    }

    @Test
    void a_store_of_ones_own_has_less_than_a_hundred_lines() {
        assertThat(snippet("MemberStore", "store").lines()).hasSizeLessThan(100);
    }

    private static String snippet(String type, String name) {
        List<Path> files = Pages.tests().stream()
                .filter(file -> file.endsWith(type + ".java"))
                .toList();
        assertThat(files).as("files called %s.java", type).hasSize(1);
        Matcher found = Pattern.compile("// snippet: " + name + "\\n(.*?) *// end\\n", Pattern.DOTALL)
                .matcher(Pages.read(files.get(0)));
        assertThat(found.find()).as("a snippet %s in %s", name, type).isTrue();
        return found.group(1).stripTrailing().stripIndent() + "\n";
    }
}
