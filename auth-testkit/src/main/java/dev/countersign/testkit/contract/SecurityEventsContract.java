package dev.countersign.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.countersign.port.SecurityEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The contract of every receiver of {@link SecurityEvents}: a request that reports an event must not fail or wait because of it. */
public abstract class SecurityEventsContract {

    private static final int THREADS = 8;
    private static final int EVENTS = 5;

    /** {@return the receiver under test} */
    protected abstract SecurityEvents events();

    @Test
    void every_kind_of_event_is_received() {
        assertThat(SampleEvents.everyKind())
                .allSatisfy(
                        event -> assertThatCode(() -> events().happened(event)).doesNotThrowAnyException());
    }

    @Test
    void events_are_received_on_many_threads_at_once() throws Exception {
        SecurityEvents events = events();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                running.add(threads.submit(() -> {
                    for (int i = 0; i < EVENTS; i++) {
                        SampleEvents.everyKind().forEach(events::happened);
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
