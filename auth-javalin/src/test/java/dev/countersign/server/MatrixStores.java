package dev.countersign.server;

import com.zaxxer.hikari.HikariDataSource;
import dev.countersign.jdbi.JdbiAuthStores;
import dev.countersign.jdbi.table.MappedColumn.Comparison;
import dev.countersign.jdbi.table.MappedColumn.EmailColumn;
import dev.countersign.jdbi.table.MappedColumn.Event;
import dev.countersign.jdbi.table.MappedColumn.TimeColumn;
import dev.countersign.jdbi.table.MappedColumn.Unit;
import dev.countersign.jdbi.table.MappedColumn.UsernameColumn;
import dev.countersign.jdbi.table.TableMapping;
import dev.countersign.port.BulkUserStore;
import dev.countersign.port.UserStore;
import dev.countersign.testkit.fake.InMemoryBulkUserStore;
import dev.countersign.testkit.fake.InMemoryUserStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Every kind of store, each made once and emptied for every cell of the matrix. */
final class MatrixStores {

    private static final Map<Kind, Jdbi> DATABASES = new EnumMap<>(Kind.class);

    private MatrixStores() {}

    /** Where users are kept. */
    enum Kind {
        FAKE(null, null),
        SQLITE(null, null),
        POSTGRESQL(null, null),
        SQLITE_FOLDED("TEXT", null),
        POSTGRESQL_FOLDED("TEXT", null),
        SQLITE_LOWER("TEXT", Comparison.LOWER_CASE),
        POSTGRESQL_LOWER("TEXT", Comparison.LOWER_CASE),
        SQLITE_AS_IT_IS("TEXT", Comparison.AS_IT_IS),
        SQLITE_NOCASE("TEXT COLLATE NOCASE", Comparison.AS_IT_IS),
        POSTGRESQL_AS_IT_IS("VARCHAR(400)", Comparison.AS_IT_IS);

        private final @Nullable String type;
        private final @Nullable Comparison comparison;

        Kind(@Nullable String type, @Nullable Comparison comparison) {
            this.type = type;
            this.comparison = comparison;
        }

        boolean takesImports() {
            return type == null;
        }

        boolean comparesItself() {
            return comparison != null;
        }

        private boolean isPostgres() {
            return name().startsWith("POSTGRESQL");
        }
    }

    /** The users, and where there is an import, the same for it. */
    record Stores(UserStore users, @Nullable BulkUserStore importing) {

        BulkUserStore bulk() {
            return Objects.requireNonNull(importing);
        }
    }

    static synchronized Stores empty(Kind kind) {
        if (kind == Kind.FAKE) {
            InMemoryUserStore users = new InMemoryUserStore();
            return new Stores(users, new InMemoryBulkUserStore(users));
        }
        Jdbi jdbi = DATABASES.computeIfAbsent(kind, MatrixStores::made);
        JdbiAuthStores stores = JdbiAuthStores.over(jdbi);
        if (kind.type == null) {
            jdbi.useHandle(handle -> handle.execute("DELETE FROM auth_users"));
            return new Stores(stores.users(), stores.bulkUsers());
        }
        jdbi.useHandle(handle -> handle.execute("DELETE FROM members"));
        String key = kind.comparesItself() ? null : "email_key";
        String nameKey = kind.comparesItself() ? null : "login_key";
        return new Stores(
                stores.usersIn(TableMapping.of(
                        "members",
                        "id",
                        "digest",
                        new EmailColumn("email", kind.comparison, key),
                        new UsernameColumn("login", kind.comparison, nameKey),
                        new TimeColumn(Event.PASSWORD_CHANGED, "digest_changed", Unit.MICROSECONDS),
                        new TimeColumn(Event.TOKEN_ISSUED, "token_issued", Unit.MICROSECONDS))),
                null);
    }

    private static Jdbi made(Kind kind) {
        Jdbi jdbi = kind.isPostgres()
                ? Jdbi.create(pooled(Postgres.freshDatabase()))
                : Jdbi.create("jdbc:sqlite:" + temporary() + "?synchronous=OFF");
        if (kind.type == null) {
            JdbiAuthStores.over(jdbi).migrate();
            return jdbi;
        }
        String id = kind.isPostgres()
                ? "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
                : "INTEGER PRIMARY KEY AUTOINCREMENT";
        String columns = String.join(", ", Arrays.asList("email " + kind.type, "login " + kind.type));
        jdbi.useHandle(
                handle -> handle.execute(
                        "CREATE TABLE members (id " + id + ", " + columns
                                + ", email_key TEXT UNIQUE, login_key TEXT UNIQUE, digest TEXT, digest_changed BIGINT, token_issued BIGINT)"));
        return jdbi;
    }

    /** PostgreSQL starts a process for each connection, which takes longer than all that a test does with it. */
    private static HikariDataSource pooled(String url) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(2);
        return pool;
    }

    private static String temporary() {
        try {
            return Files.createTempDirectory("matrix").resolve("auth.db").toString();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
