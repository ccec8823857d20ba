package dev.countersign.testkit.fake;

import dev.countersign.port.BulkUserStore;
import dev.countersign.port.SessionStore;
import dev.countersign.port.UnitOfWork;
import dev.countersign.port.UserChanges;
import dev.countersign.port.UserStore;
import dev.countersign.testkit.contract.UserChangesContract;

class InMemoryUserChangesTest extends UserChangesContract {

    private final InMemoryUserStore users = new InMemoryUserStore();
    private final InMemorySessionStore sessions = new InMemorySessionStore(users.changes());

    @Override
    protected UserChanges changes() {
        return users.changes();
    }

    @Override
    protected UserStore users() {
        return users;
    }

    @Override
    protected SessionStore sessions() {
        return sessions;
    }

    @Override
    protected BulkUserStore bulk() {
        return new InMemoryBulkUserStore(users);
    }

    @Override
    protected UnitOfWork unit() {
        return new InMemoryUnitOfWork(users, sessions);
    }
}
