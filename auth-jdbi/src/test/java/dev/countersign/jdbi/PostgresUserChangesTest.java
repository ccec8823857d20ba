package dev.countersign.jdbi;

import dev.countersign.port.BulkUserStore;
import dev.countersign.port.SessionStore;
import dev.countersign.port.UnitOfWork;
import dev.countersign.port.UserChanges;
import dev.countersign.port.UserStore;
import dev.countersign.testkit.contract.UserChangesContract;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class PostgresUserChangesTest extends UserChangesContract {

    private static DataSource database;
    private static JdbiAuthStores stores;

    @BeforeAll
    static void make_the_tables() {
        database = Postgres.freshDatabase();
        stores = JdbiAuthStores.over(database);
        stores.migrate();
    }

    @BeforeEach
    void empty_the_tables() {
        Jdbi.create(database).useHandle(handle -> handle.execute("DELETE FROM auth_users"));
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
