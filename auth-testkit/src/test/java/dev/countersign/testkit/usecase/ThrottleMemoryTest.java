package dev.countersign.testkit.usecase;

import dev.countersign.port.ThrottleStore;
import dev.countersign.testkit.contract.ThrottleStoreContract;
import dev.countersign.usecase.ThrottleMemory;

class ThrottleMemoryTest extends ThrottleStoreContract {

    private final ThrottleMemory memory = new ThrottleMemory();

    @Override
    protected ThrottleStore throttle() {
        return memory;
    }
}
