package dev.countersign.jdbi;

import dev.countersign.port.BulkUserStore;
import dev.countersign.port.SessionStore;
import dev.countersign.port.UnitOfWork;
import dev.countersign.port.UserChanges;
import dev.countersign.port.UserStore;
import dev.countersign.testkit.contract.UserChangesContract;
import java.nio.file.Path;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SqliteUserChangesTest extends UserChangesContract {

    @TempDir
    Path folder;

    private JdbiAuthStores stores;

    @BeforeEach
    void make_the_tables() {
        stores = JdbiAuthStores.over(Jdbi.create(SqliteUrl.of(folder.resolve("auth.db"))));
        stores.migrate();
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
