package dev.countersign.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.countersign.jdbi.JdbiAuthStores;
import dev.countersign.jdbi.SqliteUrl;
import dev.countersign.json.JsonObject;
import dev.countersign.port.UserStore;
import dev.countersign.user.Identifier;
import dev.countersign.user.NewUser;
import dev.countersign.user.StoreResult;
import dev.countersign.user.StoredUser;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import dev.countersign.user.UserStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Microseconds to read one user of SQLite by number: by the store, and by plain JDBC with the same columns and the same pool. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LookUpBench {

    private static final String SQL = "SELECT * FROM auth_users WHERE id = ?";

    private Path folder;
    private HikariDataSource pool;
    private UserStore users;
    private UserId user;

    /** Stores a user. */
    @Setup
    public void prepare() throws IOException {
        folder = Files.createTempDirectory("countersign-bench");
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(SqliteUrl.of(folder.resolve("auth.db")));
        pool = new HikariDataSource(config);
        JdbiAuthStores stores = JdbiAuthStores.over(pool);
        stores.migrate();
        users = stores.users();
        NewUser ada = new NewUser(
                UUID.randomUUID(),
                Identifier.typed("ada@example.com"),
                null,
                UserStatus.ACTIVE,
                JsonObject.EMPTY,
                null,
                Instant.now().truncatedTo(ChronoUnit.MICROS));
        user = ((StoreResult.Stored) users.insert(ada)).user().id();
    }

    /** Deletes the file. */
    @TearDown
    public void clean() throws IOException {
        pool.close();
        try (var files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /** The store. */
    @Benchmark
    public Optional<StoredUser> store() {
        return users.find(new UserKey.ById(user));
    }

    /** By hand. */
    @Benchmark
    public Object[] jdbc() throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement query = connection.prepareStatement(SQL)) {
            query.setLong(1, user.value());
            try (ResultSet rows = query.executeQuery()) {
                rows.next();
                Object[] values = new Object[rows.getMetaData().getColumnCount()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = rows.getObject(i + 1);
                }
                return values;
            }
        }
    }
}
