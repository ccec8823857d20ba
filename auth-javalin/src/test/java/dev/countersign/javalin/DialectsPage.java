package dev.countersign.javalin;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** {@code docs/dialects.md}, taken apart. */
final class DialectsPage {

    private static final Pattern HEADING = Pattern.compile("(?m)^#### `(.+)`$");

    private final String text;

    private DialectsPage(String text) {
        this.text = text;
    }

    static DialectsPage read() {
        try {
            return new DialectsPage(Files.readString(Path.of("..", "docs", "dialects.md"), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What the headings of single keys, slots and conversions are about. */
    ImmutableList<String> headings() {
        return HEADING.matcher(text)
                .results()
                .map(heading -> heading.group(1))
                .collect(ImmutableList.toImmutableList());
    }

    /** What stands below a heading, in one line. */
    String section(String heading) {
        String start = "\n#### `" + heading + "`\n";
        int from = text.indexOf(start) + start.length();
        return text.substring(from, text.indexOf("\n#", from)).replace('\n', ' ');
    }

    /** The examples of one line each, with what comes of them. */
    ImmutableList<MatchResult> examples() {
        return Pattern.compile("(?m)^ {4}(\\S.*?) {3,}(.+)$")
                .matcher(text)
                .results()
                .collect(ImmutableList.toImmutableList());
    }

    /** The blocks of that language. */
    ImmutableList<String> blocks(String language) {
        return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
                .matcher(text)
                .results()
                .map((MatchResult block) -> block.group(1))
                .collect(ImmutableList.toImmutableList());
    }
}
