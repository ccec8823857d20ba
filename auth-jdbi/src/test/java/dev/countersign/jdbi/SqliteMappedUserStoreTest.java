package dev.countersign.jdbi;

import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.port.UserStore;
import dev.countersign.testkit.contract.UserStoreContract;
import java.nio.file.Path;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SqliteMappedUserStoreTest extends UserStoreContract {

    @TempDir
    Path folder;

    private Jdbi jdbi;
    private UserStore store;

    @BeforeEach
    void make_the_table() {
        jdbi = Samples.fresh(Vendor.SQLITE, folder);
        Members.create(jdbi, Vendor.SQLITE);
        store = JdbiAuthStores.over(jdbi).usersIn(Members.MAPPING);
    }

    @Override
    protected UserStore store() {
        return store;
    }

    @Override
    protected Optional<UserStore> storeNumberingFrom(long first) {
        jdbi.useHandle(handle ->
                handle.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('Club Members', " + (first - 1) + ")"));
        return Optional.of(store);
    }

    @Override
    protected UserStore reopened() {
        return JdbiAuthStores.over(Jdbi.create(url())).usersIn(Members.MAPPING);
    }

    @Override
    protected Optional<UserStore> failing() {
        return Optional.of(Members.dropped(Jdbi.create(SqliteUrl.of(folder.resolve("empty.db"))), Vendor.SQLITE));
    }

    @Override
    protected Optional<UserStore> pausing(Runnable beforeStatement) {
        return Optional.of(JdbiAuthStores.over(PausingConnections.over(url(), beforeStatement))
                .usersIn(Members.MAPPING));
    }

    private String url() {
        return SqliteUrl.of(folder.resolve("auth.db"));
    }
}
