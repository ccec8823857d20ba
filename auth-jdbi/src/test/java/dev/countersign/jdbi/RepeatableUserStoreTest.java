package dev.countersign.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.port.UserStore;
import dev.countersign.testkit.contract.UserStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An isolation under which a transaction sees one state from its first statement on, and may not change what others changed since. */
class RepeatableUserStoreTest extends UserStoreContract {

    private static IsolatedPool pool;

    @BeforeAll
    static void make_the_tables() {
        pool = new IsolatedPool("TRANSACTION_REPEATABLE_READ");
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
        assertThat(pool.isolation()).isEqualTo("repeatable read");
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
