package dev.countersign.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.AuthFault;
import dev.countersign.testkit.fixture.MutableClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultLogTest {

    private final MutableClock clock = new MutableClock();
    private final FaultLog log = new FaultLog(clock);
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream before = System.err;

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stopListening() {
        System.setErr(before);
    }

    private static AuthFault fault(int user, String cause) {
        return AuthFault.temporary(
                "noting a login of user " + user + ": the database is unavailable", new SQLException(cause));
    }

    private List<String> lines() {
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private long traces() {
        return lines().stream()
                .filter(line -> line.startsWith("dev.countersign.AuthFault"))
                .count();
    }

    @Test
    void a_request_takes_a_line_with_the_cause_and_the_first_of_a_kind_the_trace() {
        for (int i = 1; i <= 20; i++) {
            log.log("standard: POST /auth/login", fault(i, "the disk is full"));
        }
        assertThat(lines().stream().filter(line -> line.contains("standard: POST /auth/login failed: ")))
                .hasSize(20)
                .allSatisfy(line -> assertThat(line)
                        .contains("noting a login of user ", "the database is unavailable: the disk is full [fault "));
        assertThat(traces()).isEqualTo(1);
        assertThat(lines()).last().asString().contains(", no. 20 since 2026-03-01T12:00:00Z, where its trace is]");
    }

    @Test
    void another_cause_is_another_kind_with_a_trace_of_its_own() {
        log.log("a", fault(1, "the disk is full"));
        log.log("a", fault(1, "the file is read-only"));
        log.log("a", new IllegalStateException("no database at all"));
        assertThat(lines()).anySatisfy(line -> assertThat(line).contains("IllegalStateException: no database at all"));
        assertThat(traces()).isEqualTo(2);
    }

    @Test
    void after_an_hour_without_it_a_kind_is_new_again() {
        AuthFault fault = fault(1, "the disk is full");
        log.log("a", fault);
        clock.advance(Duration.ofMinutes(59));
        log.log("a", fault);
        assertThat(traces()).isEqualTo(1);
        clock.advance(Duration.ofMinutes(61));
        log.log("a", fault);
        assertThat(traces()).isEqualTo(2);
    }

    @Test
    void what_quotes_requests_makes_no_kinds_without_end() {
        for (int i = 0; i < 1000; i++) {
            log.log("a", new IllegalStateException("made-up text " + "x".repeat(i)));
        }
        assertThat(lines().stream().filter(line -> line.startsWith("java.lang.IllegalStateException")))
                .hasSize(1);
    }
}
