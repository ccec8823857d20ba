package dev.countersign.testkit.fake;

import dev.countersign.port.SessionStore;
import dev.countersign.port.UnitOfWork;
import dev.countersign.testkit.contract.SessionStoreContract;

class InMemorySessionStoreTest extends SessionStoreContract {

    private final InMemoryUserStore users = new InMemoryUserStore();
    private final InMemorySessionStore sessions = new InMemorySessionStore(users.changes());
    private final UnitOfWork unit = new InMemoryUnitOfWork(users, sessions);

    @Override
    protected SessionStore sessions() {
        return sessions;
    }

    @Override
    protected UnitOfWork unit() {
        return unit;
    }
}
