package dev.countersign.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import dev.countersign.event.EventDetail;
import dev.countersign.event.EventKind;
import dev.countersign.event.LoginDetail.LoginRefused;
import dev.countersign.event.LoginDetail.SessionsEnded;
import dev.countersign.testkit.contract.SampleEvents;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/events.md names every kind of event, field, reason and cause that there is, and none that there is not. */
class EventsPageTest {

    private static final Pattern NAMED = Pattern.compile("`([a-z_]+)`");

    private final String page = Pages.text("docs/events.md");

    private List<String> rows(String heading) {
        int start = page.indexOf("\n| " + heading);
        assertThat(start).as("a table %s", heading).isPositive();
        int end = page.indexOf("\n\n", start);
        return page.substring(start + 1, end).lines().skip(2).toList();
    }

    private static Set<String> names(String cell) {
        Set<String> names = new TreeSet<>();
        NAMED.matcher(cell).results().forEach(match -> names.add(match.group(1)));
        return names;
    }

    private static List<String> cells(String row) {
        return Splitter.on('|').splitToList(row);
    }

    private List<String> firstCells(String heading) {
        return rows(heading).stream()
                .map(row -> names(cells(row).get(1)).iterator().next())
                .toList();
    }

    private static List<String> labels(Enum<?>... values) {
        return Arrays.stream(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    @Test
    void every_kind_has_its_row_with_its_fields_and_every_row_is_a_kind() {
        Map<String, Set<String>> known = new TreeMap<>();
        for (EventDetail detail : SampleEvents.everyDetail()) {
            known.computeIfAbsent(detail.kind().label(), kind -> new TreeSet<>())
                    .addAll(detail.fields().keySet());
        }
        assertThat(known.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(EventKind.values()).map(EventKind::label).toList());
        Map<String, Set<String>> documented = new TreeMap<>();
        for (String row : rows("kind |")) {
            List<String> cells = cells(row);
            documented.put(names(cells.get(1)).iterator().next(), names(cells.get(3)));
        }
        assertThat(documented).isEqualTo(known);
    }

    @Test
    void every_reason_and_every_cause_has_its_row() {
        assertThat(firstCells("`reason` of `login_refused`"))
                .containsExactlyElementsOf(labels(LoginRefused.Reason.values()));
        assertThat(firstCells("`cause` of `sessions_ended`"))
                .containsExactlyElementsOf(labels(SessionsEnded.Cause.values()));
    }
}
