package dev.countersign.jdbi;

import dev.countersign.port.SessionStore;
import dev.countersign.port.UnitOfWork;
import dev.countersign.testkit.contract.SessionStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class SerializableSessionStoreTest extends SessionStoreContract {

    private static IsolatedPool pool;

    @BeforeAll
    static void make_the_tables() {
        pool = new IsolatedPool("TRANSACTION_SERIALIZABLE");
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
    protected SessionStore sessions() {
        return pool.stores().sessions();
    }

    @Override
    protected SessionStore reopened() {
        return pool.unpooled().sessions();
    }

    @Override
    protected UnitOfWork unit() {
        return pool.stores().unitOfWork();
    }
}
