package dev.countersign.jdbi.internal.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.base.Stopwatch;
import dev.countersign.jdbi.JdbiAuthStores;
import dev.countersign.jdbi.Postgres;
import dev.countersign.port.UserChanges.Listener;
import dev.countersign.user.UserId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/** The feed behind a pooler that gives each transaction another connection, where notifications do not work. */
@Tag("slow")
@Timeout(120)
class PgBouncerFeedTest {

    @TempDir
    Path folder;

    @Test
    void polling_alone_keeps_the_bound() throws Exception {
        assumeTrue(PgBouncer.isInstalled(), "SKIPPED: Debian's package pgbouncer is not installed");
        PGSimpleDataSource direct = Postgres.withoutPool();
        JdbiAuthStores.over(direct).migrate();
        try (PgBouncer bouncer = PgBouncer.before(direct, folder)) {
            PGSimpleDataSource through = bouncer.to(direct);
            awaitStart(through);
            try (Connection pooled = through.getConnection()) {
                assertThat(Notifications.on(pooled, "auth_changes")).isNull();
            }
            JdbiAuthStores stores = JdbiAuthStores.over(through);
            try (Listener listener = stores.changes().listen();
                    Others others = new Others(through)) {
                for (int i = 1; i <= 50; i++) {
                    others.useServerConnections();
                    long user = i;
                    Jdbi.create(direct)
                            .useHandle(handle -> handle.execute("INSERT INTO auth_changes (user_id) VALUES (?)", user));
                    Stopwatch waited = Stopwatch.createStarted();
                    Set<UserId> heard = new HashSet<>();
                    while (!heard.contains(new UserId(user))) {
                        heard.addAll(listener.next(Duration.ofSeconds(10)).users());
                    }
                    assertThat(waited.elapsed()).isLessThan(Duration.ofSeconds(1));
                }
            }
        }
    }

    @Test
    void a_notification_ends_a_wait_where_no_pooler_is_in_between() throws Exception {
        PGSimpleDataSource direct = Postgres.withoutPool();
        try (Connection connection = direct.getConnection();
                Connection other = direct.getConnection();
                Statement statement = other.createStatement()) {
            Notifications notifications = Objects.requireNonNull(Notifications.on(connection, "auth_changes"));
            statement.execute("SELECT pg_notify('auth_changes', '')");
            Stopwatch waited = Stopwatch.createStarted();
            notifications.await(Duration.ofSeconds(30));
            assertThat(waited.elapsed()).isLessThan(Duration.ofSeconds(10));
            notifications.stop();
        }
    }

    /** Other clients, whose transactions move the listener from one connection of the server to another. */
    private static final class Others implements AutoCloseable {

        private final List<Connection> connections = new ArrayList<>();
        private int next;

        Others(PGSimpleDataSource through) throws SQLException {
            for (int i = 0; i < 2; i++) {
                Connection connection = through.getConnection();
                connection.setAutoCommit(false);
                connections.add(connection);
            }
        }

        void useServerConnections() throws SQLException {
            Connection connection = connections.get(next++ % connections.size());
            connection.commit();
            try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT 1");
            }
            assertThat(connection.unwrap(PGConnection.class).getNotifications()).isEmpty();
        }

        @Override
        public void close() throws SQLException {
            for (Connection connection : connections) {
                connection.rollback();
                connection.close();
            }
        }
    }

    private static void awaitStart(PGSimpleDataSource through) throws InterruptedException {
        for (int attempt = 0; attempt < 100; attempt++) {
            try (Connection connection = through.getConnection()) {
                return;
            } catch (SQLException starting) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }
}
