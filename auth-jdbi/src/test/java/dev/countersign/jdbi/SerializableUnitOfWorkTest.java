package dev.countersign.jdbi;

import dev.countersign.port.UnitOfWork;
import dev.countersign.port.UserStore;
import dev.countersign.testkit.contract.UnitOfWorkContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Where units that meet are refused and have to be run again. */
class SerializableUnitOfWorkTest extends UnitOfWorkContract {

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
    void empty_the_table() {
        pool.empty();
    }

    @Override
    protected UnitOfWork unit() {
        return pool.stores().unitOfWork();
    }

    @Override
    protected UserStore users() {
        return pool.stores().users();
    }
}
