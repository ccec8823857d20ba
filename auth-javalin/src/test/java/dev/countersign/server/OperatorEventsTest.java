package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.event.EventQuery;
import dev.countersign.port.SecurityEvents;
import dev.countersign.testkit.contract.SampleEvents;
import dev.countersign.testkit.contract.SecurityEventsContract;
import dev.countersign.testkit.fake.InMemoryEventStore;
import org.junit.jupiter.api.Test;

class OperatorEventsTest extends SecurityEventsContract {

    private final InMemoryEventStore store = new InMemoryEventStore();

    @Override
    protected SecurityEvents events() {
        return new OperatorEvents(store);
    }

    @Test
    void the_account_that_runs_the_command_is_the_client() {
        SampleEvents.everyKind().forEach(events()::happened);
        assertThat(store.find(EventQuery.latest(100)))
                .hasSameSizeAs(SampleEvents.everyKind())
                .allSatisfy(event -> assertThat(event.client())
                        .isEqualTo("auth-server, account " + System.getProperty("user.name")));
    }
}
