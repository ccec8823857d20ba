package dev.countersign.jdbi;

import dev.countersign.port.BulkUserStore;
import dev.countersign.port.SessionStore;
import dev.countersign.port.UnitOfWork;
import dev.countersign.port.UserChanges;
import dev.countersign.port.UserStore;
import dev.countersign.testkit.contract.UserChangesContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class SerializableUserChangesTest extends UserChangesContract {

    private static IsolatedPool pool;
    private static JdbiAuthStores stores;

    @BeforeAll
    static void make_the_tables() {
        pool = new IsolatedPool("TRANSACTION_SERIALIZABLE");
        stores = pool.stores();
    }

    @AfterAll
    static void close_the_pool() {
        pool.close();
    }

    @BeforeEach
    void empty_the_tables() {
        pool.empty();
    }

    @Override
    protected UserChanges changes() {
        return stores.changes();
    }

    @Override
    protected UserStore users() {
        return stores.users();
    }

    @Override
    protected SessionStore sessions() {
        return stores.sessions();
    }

    @Override
    protected BulkUserStore bulk() {
        return stores.bulkUsers();
    }

    @Override
    protected UnitOfWork unit() {
        return stores.unitOfWork();
    }
}
