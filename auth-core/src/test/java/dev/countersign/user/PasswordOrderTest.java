package dev.countersign.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PasswordOrderTest {

    private static final Duration STEP = Duration.ofNanos(1000);
    private static final Instant NOON = Instant.parse("2024-02-29T12:00:00Z");

    @Test
    void a_change_after_every_token_and_every_change_has_the_time_of_the_clock() {
        Instant now = NOON.plusMillis(1);
        assertThat(PasswordOrder.time(now, null, null, STEP)).isEqualTo(now);
        assertThat(PasswordOrder.time(now, NOON, null, STEP)).isEqualTo(now);
        assertThat(PasswordOrder.time(now, null, NOON, STEP)).isEqualTo(now);
        assertThat(PasswordOrder.time(now, NOON, NOON, STEP)).isEqualTo(now);
    }

    @Test
    void a_change_at_the_time_of_a_token_or_before_it_is_a_step_later_than_the_token() {
        assertThat(PasswordOrder.time(NOON, NOON, null, STEP)).isEqualTo(NOON.plus(STEP));
        assertThat(PasswordOrder.time(NOON.minusSeconds(300), NOON, null, STEP)).isEqualTo(NOON.plus(STEP));
    }

    @Test
    void a_change_within_the_second_of_the_change_before_is_later_than_the_tokens_of_the_next_second() {
        Instant before = NOON.plusNanos(1000);
        assertThat(PasswordOrder.time(NOON.plusMillis(900), null, before, STEP))
                .isEqualTo(NOON.plusSeconds(1).plus(STEP));
        assertThat(PasswordOrder.time(NOON.minusSeconds(300), null, NOON, STEP)).isEqualTo(NOON.plus(STEP));
    }

    @Test
    void the_later_of_token_and_change_decides() {
        Instant earlier = NOON.minusSeconds(10);
        assertThat(PasswordOrder.time(earlier, NOON, earlier, STEP)).isEqualTo(NOON.plus(STEP));
        assertThat(PasswordOrder.time(earlier, earlier, NOON, STEP)).isEqualTo(NOON.plus(STEP));
    }

    @Test
    void without_a_clock_the_change_follows_what_is_recorded() {
        assertThat(PasswordOrder.time(null, NOON, null, STEP)).isEqualTo(NOON.plus(STEP));
        assertThat(PasswordOrder.time(null, null, NOON, STEP)).isEqualTo(NOON.plus(STEP));
        assertThat(PasswordOrder.time(null, null, null, STEP)).isEqualTo(Instant.EPOCH.plus(STEP));
    }
}
