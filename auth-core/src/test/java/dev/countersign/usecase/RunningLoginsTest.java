package dev.countersign.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.throttle.ThrottleKey;
import dev.countersign.user.UserId;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunningLoginsTest {

    private static final ThrottleKey HAN = ThrottleKey.of(new UserId(1));
    private static final ThrottleKey LEIA = ThrottleKey.of(new UserId(2));

    private final RunningLogins running = new RunningLogins();

    @Test
    void others_are_those_that_run_for_the_same_key() {
        try (RunningLogins.Reading first = running.read(Set.of(HAN))) {
            assertThat(first.others(HAN)).isZero();
            first.start(Set.of(HAN));
        }
        try (RunningLogins.Reading second = running.read(Set.of(HAN, LEIA))) {
            assertThat(second.others(HAN)).isEqualTo(1);
            assertThat(second.others(LEIA)).isZero();
            second.start(Set.of(HAN));
            assertThat(second.others(HAN)).isEqualTo(2);
        }
        assertThat(running.size()).isEqualTo(1);
    }

    @Test
    void one_that_ends_while_the_counts_are_read_is_still_seen_and_then_no_more() {
        running.read(Set.of(HAN)).start(Set.of(HAN));
        try (RunningLogins.Reading reading = running.read(Set.of(HAN))) {
            running.end(Set.of(HAN));
            assertThat(reading.others(HAN)).isEqualTo(1);
        }
        try (RunningLogins.Reading later = running.read(Set.of(HAN))) {
            assertThat(later.others(HAN)).isZero();
            assertThat(later.others(LEIA)).isZero();
        }
    }

    @Test
    void nothing_is_kept_of_what_has_ended() {
        try (RunningLogins.Reading reading = running.read(Set.of(HAN, LEIA))) {
            assertThat(running.size()).isEqualTo(2);
            reading.start(Set.of(HAN));
        }
        assertThat(running.size()).isEqualTo(1);
        running.end(Set.of(HAN, LEIA));
        assertThat(running.size()).isZero();
    }

    @Test
    void what_is_still_read_is_kept_when_the_last_one_ends() {
        RunningLogins.Reading first = running.read(Set.of(HAN));
        first.start(Set.of(HAN));
        running.end(Set.of(HAN));
        assertThat(running.size()).isEqualTo(1);
        assertThat(first.others(HAN)).isEqualTo(1);
        first.close();
        assertThat(running.size()).isZero();
    }
}
