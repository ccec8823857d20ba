package dev.countersign.jdbi;

import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.port.UnitOfWork;
import dev.countersign.port.UserStore;
import dev.countersign.testkit.contract.UnitOfWorkContract;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteUnitOfWorkTest extends UnitOfWorkContract {

    @TempDir
    Path folder;

    private JdbiAuthStores stores;

    @BeforeEach
    void make_the_tables() {
        stores = JdbiAuthStores.over(Samples.fresh(Vendor.SQLITE, folder));
        stores.migrate();
    }

    @Override
    protected UnitOfWork unit() {
        return stores.unitOfWork();
    }

    @Override
    protected UserStore users() {
        return stores.users();
    }
}
