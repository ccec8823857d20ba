package dev.countersign.testkit.fake;

import dev.countersign.port.UnitOfWork;
import dev.countersign.port.UserStore;
import dev.countersign.testkit.contract.UnitOfWorkContract;

class InMemoryUnitOfWorkTest extends UnitOfWorkContract {

    private final InMemoryUserStore users = new InMemoryUserStore();
    private final InMemoryUnitOfWork unit = new InMemoryUnitOfWork(users);

    @Override
    protected UnitOfWork unit() {
        return unit;
    }

    @Override
    protected UserStore users() {
        return users;
    }
}
