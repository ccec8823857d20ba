package dev.countersign.jdbi;

import dev.countersign.port.EventStore;
import dev.countersign.testkit.contract.EventStoreContract;
import java.nio.file.Path;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteEventStoreTest extends EventStoreContract {

    @TempDir
    Path folder;

    private JdbiAuthStores stores;

    @BeforeEach
    void make_the_tables() {
        stores = opened();
        stores.migrate();
    }

    @Override
    protected EventStore events() {
        return stores.events();
    }

    @Override
    protected EventStore reopened() {
        return opened().events();
    }

    private JdbiAuthStores opened() {
        return JdbiAuthStores.over(Jdbi.create(SqliteUrl.of(folder.resolve("auth.db"))));
    }
}
