package dev.countersign.jdbi;

import dev.countersign.port.UserStore;
import dev.countersign.testkit.contract.UserStoreContract;
import java.nio.file.Path;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SqliteUserStoreTest extends UserStoreContract {

    @TempDir
    Path folder;

    private Jdbi jdbi;
    private JdbiAuthStores stores;

    @BeforeEach
    void make_the_tables() {
        jdbi = Jdbi.create(url());
        stores = JdbiAuthStores.over(jdbi);
        stores.migrate();
    }

    @Override
    protected UserStore store() {
        return stores.users();
    }

    @Override
    protected Optional<UserStore> storeNumberingFrom(long first) {
        jdbi.useHandle(handle ->
                handle.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('auth_users', ?)", first - 1));
        return Optional.of(stores.users());
    }

    @Override
    protected UserStore reopened() {
        return JdbiAuthStores.over(Jdbi.create(url())).users();
    }

    @Override
    protected Optional<UserStore> failing() {
        return Optional.of(JdbiAuthStores.over(Jdbi.create(SqliteUrl.of(folder.resolve("empty.db"))))
                .users());
    }

    @Override
    protected Optional<UserStore> pausing(Runnable beforeStatement) {
        return Optional.of(JdbiAuthStores.over(PausingConnections.over(url(), beforeStatement))
                .users());
    }

    private String url() {
        return SqliteUrl.of(folder.resolve("auth.db"));
    }
}
