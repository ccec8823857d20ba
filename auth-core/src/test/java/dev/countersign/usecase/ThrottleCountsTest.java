package dev.countersign.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.throttle.ThrottleCount;
import dev.countersign.throttle.ThrottleKey;
import dev.countersign.throttle.ThrottleKey.Kind;
import dev.countersign.user.UserId;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What {@link ThrottleMemory} does for a throttle whose store fails. */
class ThrottleCountsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final ThrottleKey HAN = ThrottleKey.of(new UserId(1));
    private static final ThrottleKey LEIA = ThrottleKey.of(new UserId(2));

    private final ThrottleMemory memory = new ThrottleMemory();

    private ThrottleCount count(ThrottleKey key) {
        return memory.find(Set.of(key)).getOrDefault(key, ThrottleCount.NONE);
    }

    @Test
    void a_failure_is_counted_on_top_of_what_was_read_elsewhere() {
        ThrottleCount seen = new ThrottleCount(5, NOW, null);
        memory.failedAfter(HAN, seen, NOW);
        assertThat(count(HAN).failures()).isEqualTo(6);
        memory.failedAfter(HAN, seen, NOW);
        assertThat(count(HAN).failures()).isEqualTo(7);
        memory.failedAfter(HAN, new ThrottleCount(20, NOW, null), NOW);
        assertThat(count(HAN).failures()).isEqualTo(21);
    }

    @Test
    void of_two_counts_the_one_with_more_failures_left_counts_and_either_success() {
        ThrottleCount few = new ThrottleCount(2, NOW, NOW.minusSeconds(9));
        ThrottleCount many = new ThrottleCount(8, NOW, null);
        assertThat(ThrottleMemory.higher(Kind.USER, few, many, NOW))
                .isEqualTo(new ThrottleCount(8, NOW, NOW.minusSeconds(9)));
        assertThat(ThrottleMemory.higher(Kind.USER, many, few, NOW))
                .isEqualTo(new ThrottleCount(8, NOW, NOW.minusSeconds(9)));
        ThrottleCount later = new ThrottleCount(2, NOW, NOW.minusSeconds(3));
        assertThat(ThrottleMemory.higher(Kind.USER, later, few, NOW).succeededAt())
                .isEqualTo(NOW.minusSeconds(3));
    }

    @Test
    void what_is_forgotten_is_gone_and_the_rest_is_not() {
        assertThat(memory.isEmpty()).isTrue();
        memory.failed(Set.of(HAN, LEIA), NOW);
        assertThat(memory.isEmpty()).isFalse();
        memory.forget(Set.of(HAN));
        assertThat(count(HAN)).isEqualTo(ThrottleCount.NONE);
        assertThat(count(LEIA).failures()).isEqualTo(1);
        memory.forget(Set.of(LEIA));
        assertThat(memory.isEmpty()).isTrue();
    }

    @Test
    void one_of_two_that_saw_the_same_count_can_claim_it() {
        assertThat(memory.claim(HAN, ThrottleCount.NONE, NOW)).isFalse();
        memory.failed(Set.of(HAN), NOW);
        ThrottleCount seen = count(HAN);
        assertThat(memory.claim(HAN, new ThrottleCount(seen.failures() + 1, seen.failedAt(), null), NOW))
                .isFalse();
        assertThat(memory.claim(HAN, new ThrottleCount(seen.failures(), NOW.plusSeconds(1), null), NOW))
                .isFalse();
        assertThat(memory.claim(HAN, seen, NOW)).isTrue();
        assertThat(memory.claim(HAN, seen, NOW)).isFalse();
        assertThat(count(HAN).failures()).isEqualTo(2);
    }

    @Test
    void the_counts_that_were_used_last_are_kept() {
        memory.failed(Set.of(HAN), NOW);
        for (long id = 2; id <= ThrottleMemory.MOST; id++) {
            memory.failed(Set.of(ThrottleKey.of(new UserId(id))), NOW);
        }
        assertThat(count(HAN).failures()).isEqualTo(1);
        memory.failed(Set.of(ThrottleKey.of(new UserId(ThrottleMemory.MOST + 1))), NOW);
        assertThat(count(HAN).failures()).isEqualTo(1);
        assertThat(count(LEIA)).isEqualTo(ThrottleCount.NONE);
    }
}
