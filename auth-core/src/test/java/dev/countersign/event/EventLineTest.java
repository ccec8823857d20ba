package dev.countersign.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.event.LoginDetail.LoginRefused;
import dev.countersign.session.Client;
import dev.countersign.throttle.ClientAddress;
import dev.countersign.user.UserId;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventLineTest {

    private static String line(String client) {
        return EventLine.of(new SecurityEvent(
                Instant.EPOCH,
                Optional.of(new UserId(12)),
                Actor.USER,
                new Client(client, ClientAddress.of("192.0.2.1")),
                "standard",
                new LoginRefused(LoginRefused.Reason.WRONG_PASSWORD)));
    }

    @Test
    void an_event_is_one_line_of_pairs() {
        assertThat(line("Mozilla/5.0 (X11; Linux)"))
                .isEqualTo("event=login_refused user=12 by=user address=192.0.2.1 mount=standard"
                        + " reason=wrong_password client=\"Mozilla/5.0 (X11; Linux)\"");
        assertThat(line("curl/8.5.0")).endsWith(" client=curl/8.5.0");
        assertThat(line("")).endsWith(" reason=wrong_password");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\nevent=login_succeeded user=1",
                "a\r\nevent=x",
                "a\" user=1 b=\"",
                "a\\\" user=1",
                "a\u2028b",
                "a\u2029b",
                "a\u0085b",
                "a\u202eb",
                "a\u2066b",
                "a\u200bb",
                "a\u001b[2Jb",
                "a\u0000b",
                "a\ud800b",
                "a\uDBFF\uDFFFb",
                "a\udb40\udc41b"
            })
    void no_client_adds_a_line_a_pair_or_anything_invisible(String client) {
        String line = line(client);
        assertThat(line.lines()).hasSize(1);
        assertThat(line.chars())
                .allMatch(c -> c >= ' ' && c != 0x7F)
                .noneMatch(c -> Character.getType(c) == Character.FORMAT)
                .noneMatch(c -> Character.getType(c) == Character.LINE_SEPARATOR)
                .noneMatch(c -> c == 0x85 || c == 0x2029);
        String quoted = line.substring(line.indexOf("client=") + "client=".length());
        assertThat(quoted).matches("\"(?:[^\"\\\\]|\\\\.)*\"");
    }

    @Test
    void escapes_show_what_was_there() {
        assertThat(line("a\u202e\n\"\\")).endsWith("client=\"a\\u202e\\u000a\\\"\\\\\"");
        assertThat(line("é 😀")).endsWith("client=\"é 😀\"");
    }

    @Test
    void a_text_is_made_safe_for_a_terminal() {
        assertThat(EventLine.escaped("a b\"c\\")).isEqualTo("a b\\\"c\\\\");
        assertThat(EventLine.escaped("\u00a0\u2003")).isEqualTo("\\u00a0\\u2003");
        assertThat(EventLine.escaped("\uffff\uDB40\uDC01")).isEqualTo("\\uffff\\U000e0001");
        assertThat(EventLine.escaped("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"!, false", "~, false", "'a b', true", "a=b, true", "é, true", "'a\"b', true", "'a\\b', true"})
    void what_is_not_plain_stands_in_quotes(String client, boolean quoted) {
        assertThat(line(client).endsWith("\"")).isEqualTo(quoted);
    }

    @Test
    void a_long_client_is_cut_and_no_character_is_halved() {
        assertThat(line("x".repeat(10_000))).hasSizeLessThan(300);
        assertThat(line("x" + "😀".repeat(1000))).doesNotContain("\\ud83d").hasSizeLessThan(320);
    }
}
