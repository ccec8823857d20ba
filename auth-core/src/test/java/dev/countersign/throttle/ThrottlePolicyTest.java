package dev.countersign.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.throttle.ThrottleKey.Kind;
import dev.countersign.throttle.ThrottlePolicy.Cause;
import dev.countersign.throttle.ThrottlePolicy.Decision;
import dev.countersign.throttle.ThrottlePolicy.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;

class ThrottlePolicyTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final ThrottlePolicy POLICY = ThrottlePolicy.DEFAULT;

    private static Decision ofUser(double failures, int running, Instant now) {
        return POLICY.decide(new Tally(new ThrottleCount(failures, START, null), running), Tally.NONE, Tally.NONE, now);
    }

    @Test
    void waits_double_from_a_second_to_the_longest() {
        assertThat(ofUser(9, 0, START)).isEqualTo(Decision.NOW);
        assertThat(ofUser(10, 0, START)).isEqualTo(new Decision(Cause.USER, Duration.ofSeconds(1)));
        assertThat(ofUser(13, 0, START).delay()).isEqualTo(Duration.ofSeconds(8));
        assertThat(ofUser(13, 0, START.plusSeconds(3)).delay()).isEqualTo(Duration.ofSeconds(5));
        assertThat(ofUser(13, 0, START.plusSeconds(8)).isNow()).isTrue();
        assertThat(ofUser(1_000_000, 0, START).delay()).isEqualTo(POLICY.longest());
        assertThat(ofUser(1_000_000, 0, START.plus(POLICY.longest())).isNow()).isTrue();
    }

    @Test
    void a_user_has_at_most_a_hundred_failures_within_any_24_hours() {
        for (int pauseAfter : new int[] {0, 1, 9, 15, 21, 40, 90}) {
            ArrayDeque<Instant> lastDay = new ArrayDeque<>();
            ThrottleCount count = ThrottleCount.NONE;
            Instant now = START;
            int failures = 0;
            int most = 0;
            while (now.isBefore(START.plus(Duration.ofDays(8)))) {
                Decision decision = POLICY.decide(new Tally(count, 0), Tally.NONE, Tally.NONE, now);
                now = now.plus(decision.delay());
                count = count.plusFailure(Kind.USER, now);
                lastDay.add(now);
                Instant dayAgo = now.minus(Duration.ofDays(1));
                lastDay.removeIf(time -> !time.isAfter(dayAgo));
                most = Math.max(most, lastDay.size());
                failures++;
                if (failures == pauseAfter) {
                    now = now.plus(ThrottleCount.REMEMBERED);
                }
            }
            assertThat(most).as("pause after " + pauseAfter).isBetween(70, 100);
        }
    }

    @Test
    void from_a_known_network_only_its_own_failures_count() {
        Tally attacked = new Tally(new ThrottleCount(500, START, null), 64);
        Tally crowded = new Tally(new ThrottleCount(500, START, null), 64);
        Tally known = new Tally(new ThrottleCount(0, Instant.EPOCH, START.minus(Duration.ofDays(89))), 0);
        assertThat(POLICY.decide(attacked, crowded, known, START)).isEqualTo(Decision.NOW);
        assertThat(POLICY.decide(attacked, crowded, known, START.plus(Duration.ofDays(2)))
                        .isNow())
                .isFalse();
        Tally guessed = new Tally(new ThrottleCount(12, START, START), 0);
        assertThat(POLICY.decide(Tally.NONE, Tally.NONE, guessed, START).delay())
                .isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void a_network_has_more_free_failures_and_forgets_one_a_minute() {
        Tally network = new Tally(new ThrottleCount(103, START, null), 0);
        assertThat(POLICY.decide(Tally.NONE, network, Tally.NONE, START))
                .isEqualTo(new Decision(Cause.NETWORK, Duration.ofSeconds(8)));
        assertThat(POLICY.decide(Tally.NONE, network, Tally.NONE, START.plus(Duration.ofMinutes(4)))
                        .isNow())
                .isTrue();
    }

    @Test
    void attempts_that_run_count_as_if_they_had_failed() {
        assertThat(ofUser(7, 2, START).isNow()).isTrue();
        assertThat(ofUser(7, 3, START)).isEqualTo(new Decision(Cause.AT_ONCE, Duration.ofSeconds(1)));
        assertThat(ofUser(12, 0, START.plusSeconds(4)).isNow()).isTrue();
        assertThat(ofUser(12, 1, START.plusSeconds(4)).cause()).isEqualTo(Cause.AT_ONCE);
    }

    @Test
    void a_failure_in_the_future_makes_nobody_wait_until_then() {
        Tally future = new Tally(new ThrottleCount(50, START.plus(Duration.ofDays(400)), null), 0);
        assertThat(POLICY.decide(future, Tally.NONE, Tally.NONE, START).isNow()).isTrue();
        Tally soon = new Tally(new ThrottleCount(50, START.plusSeconds(60), null), 0);
        assertThat(POLICY.decide(soon, Tally.NONE, Tally.NONE, START).delay()).isEqualTo(POLICY.longest());
    }

    @Test
    void numbers_out_of_range_are_refused() {
        assertThatThrownBy(() -> new ThrottlePolicy(0, 1, Duration.ofSeconds(1)))
                .hasMessageContaining("1 to 20");
        assertThatThrownBy(() -> new ThrottlePolicy(1, 0, Duration.ofSeconds(1)))
                .hasMessageContaining("1 to 1000000");
        assertThatThrownBy(() -> new ThrottlePolicy(1, 1, Duration.ofHours(25))).hasMessageContaining("24 hours");
        assertThatThrownBy(() -> new ThrottleCount(-1, START, null)).hasMessageContaining("not negative");
    }
}
