package dev.countersign.jdbi;

import dev.countersign.port.SessionStore;
import dev.countersign.port.UnitOfWork;
import dev.countersign.testkit.contract.SessionStoreContract;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class PostgresSessionStoreTest extends SessionStoreContract {

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
        Jdbi.create(database)
                .useHandle(handle -> handle.execute("TRUNCATE auth_sessions, auth_session_tokens, auth_session_ends"));
    }

    @Override
    protected SessionStore sessions() {
        return stores.sessions();
    }

    @Override
    protected SessionStore reopened() {
        return JdbiAuthStores.over(database).sessions();
    }

    @Override
    protected UnitOfWork unit() {
        return stores.unitOfWork();
    }
}
