package dev.countersign.jdbi;

import dev.countersign.port.ThrottleStore;
import dev.countersign.testkit.contract.ThrottleStoreContract;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class PostgresThrottleStoreTest extends ThrottleStoreContract {

    private static DataSource database;

    @BeforeAll
    static void make_the_tables() {
        database = Postgres.freshDatabase();
        JdbiAuthStores.over(database).migrate();
    }

    @BeforeEach
    void empty_the_table() {
        Jdbi.create(database).useHandle(handle -> handle.execute("TRUNCATE auth_throttle"));
    }

    @Override
    protected ThrottleStore throttle() {
        return JdbiAuthStores.over(database).throttle();
    }
}
