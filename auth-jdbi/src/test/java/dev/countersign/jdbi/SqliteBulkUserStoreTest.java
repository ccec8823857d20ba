package dev.countersign.jdbi;

import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.port.BulkUserStore;
import dev.countersign.port.UserStore;
import dev.countersign.testkit.contract.BulkUserStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SqliteBulkUserStoreTest extends BulkUserStoreContract {

    @TempDir
    Path folder;

    private JdbiAuthStores stores;

    @BeforeEach
    void make_the_tables() {
        stores = JdbiAuthStores.over(Samples.fresh(Vendor.SQLITE, folder));
        stores.migrate();
    }

    @Override
    protected BulkUserStore bulk() {
        return stores.bulkUsers();
    }

    @Override
    protected UserStore users() {
        return stores.users();
    }
}
