package dev.countersign.jdbi;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** One real server for all tests of a JVM; each asks for a database of its own. */
public final class Postgres {

    private static final AtomicInteger DATABASES = new AtomicInteger();

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

    public static DataSource freshDatabase() {
        String name = "db" + DATABASES.incrementAndGet();
        Jdbi.create(Server.ONE.getPostgresDatabase()).useHandle(handle -> handle.execute("CREATE DATABASE " + name));
        return Server.ONE.getDatabase("postgres", name);
    }
}
