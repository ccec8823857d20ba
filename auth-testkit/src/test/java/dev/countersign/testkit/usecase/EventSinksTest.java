package dev.countersign.testkit.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.event.SecurityEvent;
import dev.countersign.port.SecurityEvents;
import dev.countersign.testkit.contract.SampleEvents;
import dev.countersign.testkit.contract.SecurityEventsContract;
import dev.countersign.usecase.EventSinks;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class EventSinksTest extends SecurityEventsContract {

    private final RuntimeException broken = new IllegalStateException("the disk is full");

    private final List<SecurityEvent> received = new CopyOnWriteArrayList<>();
    private final List<RuntimeException> failures = new CopyOnWriteArrayList<>();

    @Override
    protected SecurityEvents events() {
        return EventSinks.of(
                List.of(
                        event -> {
                            throw broken;
                        },
                        received::add),
                failed -> {
                    failures.add(failed);
                    throw failed;
                });
    }

    @Test
    void a_receiver_that_fails_disturbs_neither_the_caller_nor_the_others_and_is_reported() {
        SecurityEvent event = SampleEvents.everyKind().get(0);
        events().happened(event);
        assertThat(received).containsExactly(event);
        assertThat(failures).containsExactly(broken);
    }
}
