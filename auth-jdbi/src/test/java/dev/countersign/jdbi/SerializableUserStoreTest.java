package dev.countersign.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.port.UserStore;
import dev.countersign.testkit.contract.UserStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The strictest isolation, where the database refuses what it cannot order and expects it to be repeated; and a small pool. */
class SerializableUserStoreTest extends UserStoreContract {

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

    @Test
    void connections_are_as_strict_as_they_are_meant_to_be() {
        assertThat(pool.isolation()).isEqualTo("serializable");
    }

    @Override
    protected UserStore store() {
        return pool.stores().users();
    }

    @Override
    protected UserStore reopened() {
        return pool.unpooled().users();
    }
}
