package dev.countersign.testkit.fake;

import dev.countersign.port.EventStore;
import dev.countersign.testkit.contract.EventStoreContract;

class InMemoryEventStoreTest extends EventStoreContract {

    private final InMemoryEventStore events = new InMemoryEventStore();

    @Override
    protected EventStore events() {
        return events;
    }

    @Override
    protected EventStore reopened() {
        return events;
    }
}
