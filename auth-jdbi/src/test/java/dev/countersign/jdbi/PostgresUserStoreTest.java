package dev.countersign.jdbi;

import dev.countersign.port.UserStore;
import dev.countersign.testkit.contract.UserStoreContract;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class PostgresUserStoreTest extends UserStoreContract {

    private static DataSource database;
    private static DataSource empty;
    private static Jdbi jdbi;
    private static JdbiAuthStores stores;

    @BeforeAll
    static void make_the_tables() {
        database = Postgres.freshDatabase();
        empty = Postgres.freshDatabase();
        jdbi = Jdbi.create(database);
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

    @Override
    protected UserStore reopened() {
        return JdbiAuthStores.over(Jdbi.create(database)).users();
    }

    @Override
    protected Optional<UserStore> failing() {
        return Optional.of(JdbiAuthStores.over(empty).users());
    }

    @Override
    protected Optional<UserStore> pausing(Runnable beforeStatement) {
        return Optional.of(JdbiAuthStores.over(PausingConnections.over(database, beforeStatement))
                .users());
    }
}
