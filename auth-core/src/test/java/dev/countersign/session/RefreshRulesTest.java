package dev.countersign.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.session.RefreshRules.Rotation;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefreshRulesTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration WEEK = Duration.ofDays(7);

    @Test
    void rules_at_their_bounds_are_accepted() {
        assertThat(rules(SECOND, SECOND, Duration.ZERO).idle()).isEqualTo(SECOND);
        assertThat(rules(WEEK, WEEK, RefreshRules.LONGEST_GRACE).grace()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void a_refresh_token_lasts_at_least_a_second() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rules(SECOND.minusNanos(1), WEEK, Duration.ZERO))
                .withMessageContaining("at least a second");
    }

    @Test
    void a_session_lasts_at_least_as_long_as_a_refresh_token() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rules(WEEK, WEEK.minusNanos(1), Duration.ZERO))
                .withMessageContaining("at least as long");
    }

    @Test
    void the_grace_is_within_a_minute() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rules(WEEK, WEEK, Duration.ofNanos(-1)))
                .withMessageContaining("0 to 60 seconds");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rules(WEEK, WEEK, RefreshRules.LONGEST_GRACE.plusNanos(1)))
                .withMessageContaining("0 to 60 seconds");
    }

    @Test
    void single_use_is_random_text_with_a_grace_of_ten_seconds() {
        assertThat(RefreshRules.singleUse(SECOND, WEEK))
                .isEqualTo(
                        new RefreshRules(Optional.empty(), Rotation.SINGLE_USE, SECOND, WEEK, Duration.ofSeconds(10)));
    }

    private static RefreshRules rules(Duration idle, Duration absolute, Duration grace) {
        return new RefreshRules(Optional.empty(), Rotation.SINGLE_USE, idle, absolute, grace);
    }
}
