package dev.countersign.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class CalibrateCommandTest {

    @Test
    void a_machine_that_is_too_slow_for_the_target_gets_the_lowest_cost() {
        CommandRun run = CommandRun.of("calibrate", "--target", "10ms", "--threads", "1");
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("bcrypt cost 10 takes ", " logins per second with 1 thread, above 10ms")
                .contains("No cost keeps to 10ms here; 10 is the lowest that is accepted.")
                .contains("Proposed: --bcrypt-cost 10 (or bcrypt_cost: 10 in the configuration file)");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void the_proposed_cost_is_the_last_one_that_keeps_to_the_target() {
        CommandRun run = CommandRun.of("calibrate", "--target", "300ms", "--threads", "2");
        assertThat(run.code()).isZero();
        long keeping = run.out()
                .lines()
                .filter(line -> line.startsWith("bcrypt cost ") && !line.contains("above"))
                .count();
        assertThat(run.out()).contains("Proposed: --bcrypt-cost " + Math.max(10, 9 + keeping) + " ");
    }

    @ParameterizedTest
    @CsvSource({
        "--target, 5ms, --target is 5ms: a time from 10ms to 10s",
        "--target, soon, --target is soon: a time from 10ms to 10s",
        "--threads, 0, --threads is 0: a number from 1 to 1024",
        "--threads, many, '--threads'"
    })
    void a_wrong_option_is_refused(String option, String value, String message) {
        CommandRun run = CommandRun.of("calibrate", option, value);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(message);
    }
}
