package dev.countersign.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.countersign.port.UserStore;
import dev.countersign.testkit.contract.UserStoreContract;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An isolation under which a transaction sees one state from its first statement on, and may not change what others changed since. */
class RepeatableUserStoreTest extends UserStoreContract {

    private static HikariDataSource pool;
    private static JdbiAuthStores stores;

    @BeforeAll
    static void make_the_tables() {
        pool = new HikariDataSource();
        pool.setDataSource(Postgres.freshDatabase());
        pool.setMaximumPoolSize(20);
        pool.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        stores = JdbiAuthStores.over(pool);
        stores.migrate();
    }

    @AfterAll
    static void close_the_pool() {
        pool.close();
    }

    @BeforeEach
    void empty_the_table() {
        Jdbi.create(pool).useHandle(handle -> handle.execute("DELETE FROM auth_users"));
    }

    @Test
    void connections_are_as_strict_as_they_are_meant_to_be() {
        String isolation = Jdbi.create(pool)
                .withHandle(handle -> handle.createQuery("SHOW transaction_isolation")
                        .mapTo(String.class)
                        .one());
        assertThat(isolation).isEqualTo("repeatable read");
    }

    @Override
    protected UserStore store() {
        return stores.users();
    }
}
