package dev.countersign.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import dev.countersign.api.Answer;
import dev.countersign.api.Request;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.RunningApp.Parts;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What README shows is what is shipped, and what is answered. */
class ReadmeTest {

    private static final int MOST_LINES = 120;

    private static String block(String marker) {
        Matcher found = Pattern.compile("<!-- " + marker + " -->\n```\\w+\n(.*?)```", Pattern.DOTALL)
                .matcher(Pages.text("README.md"));
        assertThat(found.find()).as("a block after %s", marker).isTrue();
        return found.group(1);
    }

    @Test
    void the_lines_of_a_dialect_are_in_its_file() {
        assertThat(ShippedDialects.text("payop")).contains(block("lines: payop.yaml"));
    }

    @Test
    void the_request_gets_the_answer() {
        List<String> asked = Splitter.on('\n').splitToList(block("exchange").strip());
        List<String> expected = Splitter.on('\n').splitToList(block("answer").strip());
        List<String> route = Splitter.on(' ').splitToList(asked.get(0));
        List<String> header = Splitter.on(": ").splitToList(asked.get(1));

        Answer answer = new Parts()
                .mount(ShippedDialects.dialect("payop"))
                .handle(Request.of(route.get(0), route.get(1))
                        .header(header.get(0), header.get(1))
                        .body(asked.get(3)));

        assertThat(answer.status()).hasToString(expected.get(0));
        assertThat("Content-Type: " + answer.headers().first("Content-Type").orElseThrow())
                .isEqualTo(expected.get(1));
        assertThat(answer.text()).isEqualTo(expected.get(3));
    }

    @Test
    void it_is_short() {
        assertThat(Pages.text("README.md").lines()).hasSizeLessThanOrEqualTo(MOST_LINES);
    }
}
