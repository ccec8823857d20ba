package dev.countersign.server.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.AuthFault;
import dev.countersign.server.management.HealthCheck.Finding;
import dev.countersign.server.management.HealthCheck.State;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReadinessTest {

    private static Finding of(HealthCheck check) {
        try (Readiness readiness = new Readiness(Map.of("part", check))) {
            return readiness.findings().get("part");
        }
    }

    @Test
    void the_worst_part_decides() {
        assertThat(Readiness.worst(Map.of("a", Finding.up(""), "b", Finding.degraded(""))))
                .isEqualTo(State.DEGRADED);
        assertThat(Readiness.worst(Map.of("a", Finding.down(""), "b", Finding.degraded(""))))
                .isEqualTo(State.DOWN);
        assertThat(Readiness.worst(Map.of())).isEqualTo(State.UP);
    }

    @Test
    void a_fault_is_quoted_and_any_other_failure_is_not() {
        assertThat(of(() -> {
                    throw new AuthFault("the store is away", new IOException("host db.internal"));
                }))
                .isEqualTo(Finding.down("the check failed: the store is away"));
        assertThat(of(() -> {
                    throw new IllegalStateException("password=hunter2");
                }))
                .isEqualTo(Finding.down("the check failed: unexpected error"));
    }

    @Test
    void a_check_that_hangs_is_down_and_is_not_started_again() {
        CountDownLatch hangs = new CountDownLatch(1);
        AtomicInteger started = new AtomicInteger();
        Readiness readiness = new Readiness(Map.of("part", () -> {
            started.incrementAndGet();
            try {
                hangs.await();
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
            return Finding.up("late");
        }));
        try (readiness) {
            assertThat(readiness.findings().get("part")).isEqualTo(Finding.down("no answer within 900 ms"));
            assertThat(readiness.findings().get("part")).isEqualTo(Finding.down("no answer within 900 ms"));
            assertThat(started).hasValue(1);
            hangs.countDown();
            assertThat(readiness.findings().get("part")).isEqualTo(Finding.up("late"));
        }
    }

    @Test
    void frequent_probes_share_a_finding() {
        AtomicInteger started = new AtomicInteger();
        try (Readiness readiness = new Readiness(Map.of("part", () -> Finding.up("" + started.incrementAndGet())))) {
            Finding first = readiness.findings().get("part");
            assertThat(readiness.findings()).containsEntry("part", first);
        }
    }

    @Test
    void a_server_that_stops_is_not_ready() {
        try (Readiness readiness = new Readiness(Map.of("part", () -> Finding.up("")))) {
            readiness.stopping();
            assertThat(Readiness.worst(readiness.findings())).isEqualTo(State.DOWN);
        }
    }
}
