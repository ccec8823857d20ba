package dev.countersign.jdbi;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;

/** One real server for all tests of a JVM; each asks for a database of its own. */
public final class Postgres {

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final int MOST_CONNECTIONS = 60;
    private static final Duration IDLE = Duration.ofSeconds(10);

    private Postgres() {}

    /** Started at the first use. */
    private static final class Server {

        static final EmbeddedPostgres ONE = start();

        private static EmbeddedPostgres start() {
            try {
                // It stops itself when the JVM ends.
                return EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        // Who sets synchronous_commit waits for it; the library's default is off.
                        .setServerConfig("synchronous_standby_names", "nobody")
                        .start();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }

    /** {@return an empty database; connections are kept for a moment, because PostgreSQL starts a process for each} */
    public static DataSource freshDatabase() {
        HikariConfig pool = new HikariConfig();
        pool.setDataSource(withoutPool());
        pool.setMinimumIdle(0);
        pool.setMaximumPoolSize(MOST_CONNECTIONS);
        pool.setIdleTimeout(IDLE.toMillis());
        return new HikariDataSource(pool);
    }

    /** {@return an empty database whose settings can be changed for the connections that follow} */
    public static PGSimpleDataSource withoutPool() {
        String name = "db" + DATABASES.incrementAndGet();
        Jdbi.create(Server.ONE.getPostgresDatabase()).useHandle(handle -> handle.execute("CREATE DATABASE " + name));
        return (PGSimpleDataSource) Server.ONE.getDatabase("postgres", name);
    }
}
