package dev.countersign.jdbi;

import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.port.UserStore;
import dev.countersign.testkit.contract.UserStoreContract;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class PostgresMappedUserStoreTest extends UserStoreContract {

    private static DataSource database;
    private static DataSource empty;
    private static Jdbi jdbi;
    private static UserStore store;

    @BeforeAll
    static void make_the_table() {
        database = Postgres.freshDatabase();
        empty = Postgres.freshDatabase();
        jdbi = Jdbi.create(database);
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

    @Override
    protected UserStore reopened() {
        return JdbiAuthStores.over(Jdbi.create(database)).usersIn(Members.MAPPING);
    }

    @Override
    protected Optional<UserStore> failing() {
        return Optional.of(Members.dropped(Jdbi.create(empty), Vendor.POSTGRESQL));
    }

    @Override
    protected Optional<UserStore> pausing(Runnable beforeStatement) {
        return Optional.of(JdbiAuthStores.over(PausingConnections.over(database, beforeStatement))
                .usersIn(Members.MAPPING));
    }
}
