package dev.countersign.server;

import dev.countersign.port.SecurityEvents;
import dev.countersign.testkit.contract.SecurityEventsContract;

class EventLogTest extends SecurityEventsContract {

    @Override
    protected SecurityEvents events() {
        return new EventLog();
    }
}
