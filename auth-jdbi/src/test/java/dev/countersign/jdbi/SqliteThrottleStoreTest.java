package dev.countersign.jdbi;

import dev.countersign.port.ThrottleStore;
import dev.countersign.testkit.contract.ThrottleStoreContract;
import java.nio.file.Path;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SqliteThrottleStoreTest extends ThrottleStoreContract {

    @TempDir
    Path folder;

    @BeforeEach
    void make_the_tables() {
        stores().migrate();
    }

    @Override
    protected ThrottleStore throttle() {
        return stores().throttle();
    }

    private JdbiAuthStores stores() {
        return JdbiAuthStores.over(Jdbi.create(SqliteUrl.of(folder.resolve("auth.db"))));
    }
}
