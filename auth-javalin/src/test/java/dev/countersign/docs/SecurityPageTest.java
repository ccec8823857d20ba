package dev.countersign.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/security.md names tests that exist, and every line that holds names one. */
class SecurityPageTest {

    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+)#(\\w+)`");
    private static final Pattern ROW = Pattern.compile("^\\| (?!line|---)(.+?) \\| (.*?) \\|$", Pattern.MULTILINE);
    private static final Pattern HEADING = Pattern.compile("^## (.+)$", Pattern.MULTILINE);
    private static final String LATER = "Not there yet";

    private final String page = Pages.text("docs/security.md");

    @Test
    void every_named_test_exists() {
        Map<String, String> texts = texts();
        List<String> missing = new ArrayList<>();
        Matcher named = NAMED.matcher(page);
        while (named.find()) {
            String text = texts.get(named.group(1));
            if (text == null || !text.contains(" " + named.group(2) + "(")) {
                missing.add(named.group());
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void every_line_that_holds_names_a_test() {
        int later = page.indexOf("## " + LATER);
        assertThat(later).isPositive();
        List<String> bare = new ArrayList<>();
        Matcher row = ROW.matcher(page.substring(0, later));
        int rows = 0;
        while (row.find()) {
            rows++;
            if (!NAMED.matcher(row.group(2)).find()) {
                bare.add(row.group(1));
            }
        }
        assertThat(bare).isEmpty();
        assertThat(rows).isGreaterThan(40);
        assertThat(HEADING.matcher(page).results().count()).isGreaterThan(5);
    }

    private static Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Path file : Pages.tests()) {
            String name = file.getFileName().toString().replace(".java", "");
            texts.merge(name, Pages.read(file), (one, other) -> one + other);
        }
        return texts;
    }
}
