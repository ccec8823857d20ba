package dev.countersign.jdbi;

import dev.countersign.port.SessionStore;
import dev.countersign.port.UnitOfWork;
import dev.countersign.testkit.contract.SessionStoreContract;
import java.nio.file.Path;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SqliteSessionStoreTest extends SessionStoreContract {

    @TempDir
    Path folder;

    private JdbiAuthStores stores;

    @BeforeEach
    void make_the_tables() {
        stores = opened();
        stores.migrate();
    }

    @Override
    protected SessionStore sessions() {
        return stores.sessions();
    }

    @Override
    protected SessionStore reopened() {
        return opened().sessions();
    }

    @Override
    protected UnitOfWork unit() {
        return stores.unitOfWork();
    }

    private JdbiAuthStores opened() {
        return JdbiAuthStores.over(Jdbi.create(SqliteUrl.of(folder.resolve("auth.db"))));
    }
}
