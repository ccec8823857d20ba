package dev.countersign.jdbi;

import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.port.HashSample;
import dev.countersign.port.UserStore;
import dev.countersign.testkit.contract.HashSampleContract;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class PostgresMappedHashSampleTest extends HashSampleContract {

    private static Jdbi jdbi;
    private static JdbiAuthStores stores;

    @BeforeAll
    static void make_the_table() {
        jdbi = Jdbi.create(Postgres.freshDatabase());
        stores = JdbiAuthStores.over(jdbi);
        Members.create(jdbi, Vendor.POSTGRESQL);
    }

    @BeforeEach
    void empty_the_table() {
        jdbi.useHandle(handle -> handle.execute("DELETE FROM \"Club Members\""));
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
