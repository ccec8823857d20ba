package dev.countersign.jdbi;

import dev.countersign.port.EventStore;
import dev.countersign.testkit.contract.EventStoreContract;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class PostgresEventStoreTest extends EventStoreContract {

    private DataSource database;
    private JdbiAuthStores stores;

    @BeforeEach
    void make_the_tables() {
        database = Postgres.freshDatabase();
        stores = JdbiAuthStores.over(database);
        stores.migrate();
    }

    @Override
    protected EventStore events() {
        return stores.events();
    }

    @Override
    protected EventStore reopened() {
        return JdbiAuthStores.over(database).events();
    }
}
