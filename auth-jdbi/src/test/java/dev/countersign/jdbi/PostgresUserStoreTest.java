package dev.countersign.jdbi;

import dev.countersign.port.UserStore;
import dev.countersign.testkit.contract.UserStoreContract;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class PostgresUserStoreTest extends UserStoreContract {

    private static Jdbi jdbi;
    private static JdbiAuthStores stores;

    @BeforeAll
    static void make_the_tables() {
        jdbi = Jdbi.create(Postgres.freshDatabase());
        stores = JdbiAuthStores.over(jdbi);
        stores.migrate();
    }

    @BeforeEach
    void empty_the_table() {
        jdbi.useHandle(handle -> handle.execute("DELETE FROM auth_users"));
    }

    @Override
    protected UserStore store() {
        return stores.users();
    }

    @Override
    protected Optional<UserStore> storeNumberingFrom(long first) {
        jdbi.useHandle(handle -> handle.execute("ALTER TABLE auth_users ALTER COLUMN id RESTART WITH " + first));
        return Optional.of(stores.users());
    }
}
