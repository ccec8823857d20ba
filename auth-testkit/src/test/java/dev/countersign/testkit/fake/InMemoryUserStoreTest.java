package dev.countersign.testkit.fake;

import dev.countersign.port.UserStore;
import dev.countersign.testkit.contract.UserStoreContract;
import java.util.Optional;

class InMemoryUserStoreTest extends UserStoreContract {

    private final UserStore store = new InMemoryUserStore();

    @Override
    protected UserStore store() {
        return store;
    }

    @Override
    protected Optional<UserStore> storeNumberingFrom(long first) {
        return Optional.of(InMemoryUserStore.numberingFrom(first));
    }
}
