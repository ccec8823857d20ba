package dev.countersign.jdbi;

import dev.countersign.port.UserStore;
import dev.countersign.testkit.contract.UserStoreContract;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class PostgresMappedUserStoreTest extends UserStoreContract {

    private static Jdbi jdbi;
    private static UserStore store;

    @BeforeAll
    static void make_the_table() {
        jdbi = Jdbi.create(Postgres.freshDatabase());
        Members.create(jdbi, Vendor.POSTGRESQL);
        store = JdbiAuthStores.over(jdbi).usersIn(Members.MAPPING);
    }

    @BeforeEach
    void empty_the_table() {
        jdbi.useHandle(handle -> handle.execute("DELETE FROM \"Club Members\""));
    }

    @Override
    protected UserStore store() {
        return store;
    }

    @Override
    protected Optional<UserStore> storeNumberingFrom(long first) {
        jdbi.useHandle(handle ->
                handle.execute("ALTER TABLE \"Club Members\" ALTER COLUMN \"Member No\" RESTART WITH " + first));
        return Optional.of(store);
    }
}
