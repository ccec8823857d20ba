package dev.countersign.jdbi;

import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.port.HashSample;
import dev.countersign.port.UserStore;
import dev.countersign.testkit.contract.HashSampleContract;
import java.nio.file.Path;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SqliteMappedHashSampleTest extends HashSampleContract {

    @TempDir
    Path folder;

    private JdbiAuthStores stores;

    @BeforeEach
    void make_the_table() {
        Jdbi jdbi = Samples.fresh(Vendor.SQLITE, folder);
        stores = JdbiAuthStores.over(jdbi);
        Members.create(jdbi, Vendor.SQLITE);
    }

    @Override
    protected UserStore users() {
        return stores.usersIn(Members.MAPPING);
    }

    @Override
    protected HashSample sample() {
        return stores.hashSampleIn(Members.MAPPING);
    }
}
