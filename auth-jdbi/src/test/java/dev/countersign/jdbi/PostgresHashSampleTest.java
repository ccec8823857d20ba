package dev.countersign.jdbi;

import dev.countersign.port.HashSample;
import dev.countersign.port.UserStore;
import dev.countersign.testkit.contract.HashSampleContract;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class PostgresHashSampleTest extends HashSampleContract {

    private static Jdbi jdbi;
    private static JdbiAuthStores stores;

    @BeforeAll
    static void make_the_table() {
        jdbi = Jdbi.create(Postgres.freshDatabase());
        stores = JdbiAuthStores.over(jdbi);
        stores.migrate();
    }

    @BeforeEach
    void empty_the_table() {
        jdbi.useHandle(handle -> handle.execute("DELETE FROM auth_users"));
    }

    @Override
    protected UserStore users() {
        return stores.users();
    }

    @Override
    protected HashSample sample() {
        return stores.hashSample();
    }
}
