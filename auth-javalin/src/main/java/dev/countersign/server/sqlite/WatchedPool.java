package dev.countersign.server.sqlite;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.countersign.server.sqlite.FileWatch.State;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** A connection pool that checks its SQLite file before each use, and evicts connections after a failure of the file. */
public final class WatchedPool extends HikariDataSource {

    /** Nanoseconds for which a file that was fine counts as fine: a look at it takes as long as a query. */
    private static final long FINE_FOR = 1_000_000;

    private final FileWatch watch;
    private final AtomicReference<State> before = new AtomicReference<>(State.FINE);
    private final AtomicLong fineAt = new AtomicLong(System.nanoTime() - FINE_FOR);

    private WatchedPool(HikariConfig settings, FileWatch watch) {
        super(settings);
        this.watch = watch;
    }

    /**
     * Opens the file and a pool of connections to it.
     *
     * @param settings the settings; this method sets the exception override and the source of connections
     * @param file the file
     * @return the pool
     * @throws SQLException if the file cannot be opened
     */
    public static WatchedPool open(HikariConfig settings, DatabaseFile file) throws SQLException {
        requireNonNull(file, "file");

        FileWatch watch = FileWatch.open(file, settings.getJdbcUrl());
        try {
            settings.setExceptionOverride(new FileEviction(watch));
            settings.setDataSource(new KeepingSource(settings.getJdbcUrl()));
            return new WatchedPool(settings, watch);
        } catch (RuntimeException unusable) {
            watch.close();
            throw unusable;
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        long time = System.nanoTime();
        if (time - fineAt.get() < FINE_FOR && before.get() == State.FINE) {
            return super.getConnection();
        }
        State now = watch.check();
        if (now == State.GONE) {
            throw new SQLTransientConnectionException("the file " + watch + " was deleted or replaced");
        }
        if (before.getAndSet(now) != now && now == State.FINE) {
            // Connections opened or used meanwhile are read-only.
            getHikariPoolMXBean().softEvictConnections();
        }
        if (now == State.FINE) {
            fineAt.set(time);
        }
        Connection connection = super.getConnection();
        return now == State.FINE ? connection : readOnly(connection);
    }

    private static Connection readOnly(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = true");
            return connection;
        } catch (SQLException unusable) {
            connection.close();
            throw unusable;
        }
    }

    @Override
    public void close() {
        try (watch) {
            super.close();
        } catch (SQLException closed) {
            // Nothing is left to close.
            return;
        }
    }
}
