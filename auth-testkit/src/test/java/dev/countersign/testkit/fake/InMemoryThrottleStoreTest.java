package dev.countersign.testkit.fake;

import dev.countersign.port.ThrottleStore;
import dev.countersign.testkit.contract.ThrottleStoreContract;

class InMemoryThrottleStoreTest extends ThrottleStoreContract {

    private final InMemoryThrottleStore store = new InMemoryThrottleStore();

    @Override
    protected ThrottleStore throttle() {
        return store;
    }
}
