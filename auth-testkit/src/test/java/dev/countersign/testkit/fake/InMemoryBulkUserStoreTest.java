package dev.countersign.testkit.fake;

import dev.countersign.port.BulkUserStore;
import dev.countersign.port.UserStore;
import dev.countersign.testkit.contract.BulkUserStoreContract;

class InMemoryBulkUserStoreTest extends BulkUserStoreContract {

    private final InMemoryUserStore users = new InMemoryUserStore();

    @Override
    protected BulkUserStore bulk() {
        return new InMemoryBulkUserStore(users);
    }

    @Override
    protected UserStore users() {
        return users;
    }
}
