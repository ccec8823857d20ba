package dev.countersign.javalin;

import dev.countersign.Auth;
import dev.countersign.api.LoginApi;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.jdbi.JdbiAuthStores;
import dev.countersign.jdbi.SqliteUrl;
import dev.countersign.port.PasswordHasher;
import dev.countersign.port.UserStore;
import dev.countersign.testkit.contract.DialectContract;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import dev.countersign.usecase.Sessions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The same over SQLite as over memory: each scenario has a copy of one empty file. */
@Tag("slow")
class SqliteDialectsContractTest extends DialectContract {

    @TempDir
    private static Path folder;

    private static final AtomicInteger COPIES = new AtomicInteger();

    @BeforeAll
    static void make_the_tables() {
        Jdbi jdbi = Jdbi.create(SqliteUrl.of(folder.resolve("empty.db")));
        JdbiAuthStores.over(jdbi).migrate();
    }

    @Override
    protected List<String> dialects() {
        return ShippedDialects.names();
    }

    @Override
    protected Running start(String name, InstantSource clock) {
        Dialect dialect = ShippedDialects.dialect(name);
        // No machine fails meanwhile: what is synced to the disk makes no difference here but for the time.
        String url = SqliteUrl.of(copy()).replace("synchronous=FULL", "synchronous=OFF");
        JdbiAuthStores stores = JdbiAuthStores.over(Jdbi.create(url));
        UserStore users = stores.users();
        PasswordHasher hasher = PlainPasswordHasher.keepingPasswordsInTheClear();
        Sessions sessions = Sessions.over(stores.sessions(), stores.changes(), stores.unitOfWork(), clock)
                .start();
        Auth auth = DialectServer.builder(dialect, users, hasher, DialectServer.newKey(dialect, clock), clock)
                .sessions(sessions, name)
                .build();
        DialectServer.Served served = DialectServer.serve(LoginApi.of(auth));
        return Running.at(served.address(), users, hasher, () -> {
            served.close();
            sessions.close();
        });
    }

    private static Path copy() {
        try {
            return Files.copy(folder.resolve("empty.db"), folder.resolve("copy" + COPIES.incrementAndGet() + ".db"));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
