package dev.countersign.jdbi.internal.feed;

import com.google.common.base.Stopwatch;
import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.table.TableNames;
import dev.countersign.port.UserChanges.Changes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Asks SQLite whether another connection has written, which needs no lock and no look at the tables, and then reads the rows that are new. Rows are
 * committed in the order of their numbers and without gaps, because there is one writer at a time.
 */
final class SqliteListener extends PollingListener {

    private static final Duration PAUSE = Duration.ofMillis(25);

    /** A connection to a file that was replaced sees no changes, so connections are opened again and again. */
    private static final Duration LONGEST_USE = Duration.ofSeconds(1);

    private final Database database;
    private final TableNames names;
    private final Stopwatch used = Stopwatch.createStarted();
    private @Nullable Handle handle;
    private long version;
    private long last;

    SqliteListener(Database database, Handle handle, TableNames names) {
        super(PAUSE);
        this.database = database;
        this.handle = handle;
        this.names = names;
        this.version = version(handle);
        this.last = newest(handle);
    }

    @Override
    Changes poll() {
        Handle open = handle;
        boolean reopened = open == null || used.elapsed().compareTo(LONGEST_USE) > 0;
        if (open == null || reopened) {
            release();
            open = database.own(JdbiUserChanges.LISTENING);
            handle = open;
            used.reset().start();
        }
        long now = version(open);
        if (now == version && !reopened) {
            return Changes.NONE;
        }
        // Read before the rows: a write in between changes it again.
        version = now;
        return read(open);
    }

    private Changes read(Handle open) {
        long newest = newest(open);
        long before = last;
        List<Row> rows = open.createQuery("SELECT seq, user_id FROM " + names.table("changes")
                        + " WHERE seq > :last ORDER BY seq LIMIT :limit")
                .bind("last", before)
                .bind("limit", MOST + 1)
                .map((row, context) -> new Row(row.getLong("seq"), user(row)))
                .list();
        last = rows.isEmpty()
                ? newest
                : Math.max(newest, rows.get(rows.size() - 1).seq());
        boolean missing = rows.isEmpty() ? newest != before : rows.get(0).seq() != before + 1;
        // Rows were deleted before they were read, or the file was replaced by an older one.
        if (missing || newest < before) {
            return Changes.EVERYBODY;
        }
        List<@Nullable Long> users = new ArrayList<>();
        rows.forEach(row -> users.add(row.user()));
        return changes(users);
    }

    private record Row(long seq, @Nullable Long user) {}

    private static @Nullable Long user(ResultSet row) throws SQLException {
        long user = row.getLong("user_id");
        return row.wasNull() ? null : user;
    }

    private long newest(Handle open) {
        return open.createQuery("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = :table")
                .bind("table", names.table("changes"))
                .mapTo(Long.class)
                .one();
    }

    // Without Jdbi, which would take most of the time of this most frequent of all questions.
    private static long version(Handle open) {
        try (Statement statement = open.getConnection().createStatement();
                ResultSet row = statement.executeQuery("PRAGMA data_version")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException broken) {
            throw new ConnectionException(broken);
        }
    }

    @Override
    void release() {
        Handle open = handle;
        handle = null;
        if (open != null) {
            open.close();
        }
    }
}
