package dev.countersign.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the image in packaging/ runs. */
public final class EntryPoint {

    private EntryPoint() {}

    /** The words of {@code ENTRYPOINT} and {@code CMD}. */
    public static List<String> words() {
        String image = Pages.text("packaging/Containerfile");
        List<String> words = new ArrayList<>();
        for (String instruction : List.of("ENTRYPOINT", "CMD")) {
            Matcher line = Pattern.compile("(?m)^" + instruction + " \\[(.*)]$").matcher(image);
            assertThat(line.find()).as(instruction).isTrue();
            Pattern.compile("\"([^\"]*)\"").matcher(line.group(1)).results().forEach(word -> words.add(word.group(1)));
        }
        return words;
    }
}
