package dev.countersign.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventRecordTest {

    private static EventRecord record(String kind, String client, Map<String, String> details) {
        return new EventRecord(Instant.EPOCH, kind, Optional.empty(), "user", "", client, "", details);
    }

    private static String stored(String client) {
        return record("x", client, Map.of()).client();
    }

    private static Map<String, String> details(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "d" + i, i -> ""));
    }

    @Test
    void an_event_has_at_most_twenty_details() {
        assertThat(record("x", "", details(20)).details()).hasSize(20);
        Map<String, String> many = details(21);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> record("x", "", many))
                .withMessageContaining("at most 20");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Login", "1st", "a b", "a=b", "a\nb", "é", "a123456789a123456789a123456789a123456789x"})
    void a_name_that_is_no_plain_word_is_refused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> record(name, "", Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> record("x", "", Map.of(name, "")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EventRecord(Instant.EPOCH, "x", Optional.empty(), name, "", "", "", Map.of()));
    }

    @Test
    void a_plain_word_has_up_to_forty_letters_digits_and_underscores() {
        String longest = "a_23456789a123456789a123456789a123456789";
        assertThat(record(longest, "", Map.of(longest, "v")).kind()).isEqualTo(longest);
    }

    @Test
    void what_a_database_cannot_store_is_replaced() {
        assertThat(stored("a\0b")).isEqualTo("a\uFFFDb");
        assertThat(stored("a\uD800b\uDFFFc")).isEqualTo("a\uFFFDb\uFFFDc");
        assertThat(stored("\u0001\uD7FF\uE000")).isEqualTo("\u0001\uD7FF\uE000");
        assertThat(stored("\uD83D\uDE00")).isEqualTo("\uD83D\uDE00");
    }

    @Test
    void a_text_is_cut_at_two_hundred_characters_and_not_inside_one() {
        assertThat(stored("x".repeat(200))).hasSize(200);
        assertThat(stored("x".repeat(201))).hasSize(200);
        assertThat(stored("\uD83D\uDE00".repeat(150))).isEqualTo("\uD83D\uDE00".repeat(100));
        assertThat(stored("x" + "\uD83D\uDE00".repeat(150))).isEqualTo("x" + "\uD83D\uDE00".repeat(99));
    }

    @Test
    void each_kind_is_found_by_its_label() {
        for (EventKind kind : EventKind.values()) {
            assertThat(EventKind.of(kind.label())).contains(kind);
        }
        assertThat(EventKind.of("LOGIN_SUCCEEDED")).isEmpty();
        assertThat(EventKind.of("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "10000, true", "10001, false", "-1, false"})
    void a_query_reads_one_to_ten_thousand_events(int limit, boolean isTaken) {
        if (isTaken) {
            assertThat(EventQuery.latest(limit).limit()).isEqualTo(limit);
        } else {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> EventQuery.latest(limit))
                    .withMessageContaining("1 to 10000");
        }
    }
}
