package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HashSpeedTest {

    @Test
    void the_time_of_a_hash_and_the_logins_per_second_do_not_contradict_each_other() {
        HashSpeed speed = HashSpeed.measure(10, 1);
        assertThat(speed.together()).isLessThanOrEqualTo(speed.each());
        assertThat(speed.each()).isLessThanOrEqualTo(speed.together().multipliedBy(2));
        assertThat(speed.loginsPerSecond())
                .isBetween(1e9 / speed.each().toNanos(), 2.001e9 / speed.each().toNanos());
        assertThat(speed)
                .asString()
                .startsWith("bcrypt cost 10 takes " + speed.each().toMillis() + " ms here: up to ")
                .endsWith(" logins per second with 1 thread");
    }
}
