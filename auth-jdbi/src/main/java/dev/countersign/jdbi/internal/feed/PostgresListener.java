package dev.countersign.jdbi.internal.feed;

import dev.countersign.jdbi.table.TableNames;
import dev.countersign.port.UserChanges.Changes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows that its last snapshot did not see and that a new one sees: exactly those that were committed in between, in whatever order their
 * transactions began. Each query stands alone, so that a pooler may send it to any connection. A notification only ends a pause early.
 */
final class PostgresListener extends PollingListener {

    private static final Duration PAUSE = Duration.ofMillis(100);

    /** After a longer time without a query, rows may have been swept unread. */
    private static final Duration LONGEST_SILENCE = ChangeSweep.KEPT.dividedBy(2);

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    // The first row is always there, so that every answer has the new snapshot.
    private static final String SQL = """
            SELECT CAST(pg_current_snapshot() AS text) AS snapshot, CAST(extract(epoch FROM clock_timestamp()) AS BIGINT) AS asked_at,
                changed.seq, changed.user_id
            FROM (SELECT 1) AS always LEFT JOIN (
                SELECT seq, user_id FROM %changes
                WHERE xid >= pg_snapshot_xmin(CAST(:last AS pg_snapshot)) AND NOT pg_visible_in_snapshot(xid, CAST(:last AS pg_snapshot))
                LIMIT :limit) AS changed ON true""";

    private final Handle handle;
    private final String sql;
    private final int usualTimeout;
    private final @Nullable Notifications notifications;
    private Snapshot last;

    PostgresListener(Handle handle, TableNames names) {
        super(PAUSE);
        this.handle = handle;
        this.sql = SQL.replace("%changes", names.table("changes"));
        handle.getConfig(SqlStatements.class).setQueryTimeout(Math.toIntExact(TIMEOUT.toSeconds()));
        try {
            this.usualTimeout = handle.getConnection().getNetworkTimeout();
            handle.getConnection().setNetworkTimeout(Runnable::run, Math.toIntExact(TIMEOUT.toMillis()));
            this.notifications = Notifications.on(handle.getConnection(), names.prefix() + "changes");
        } catch (SQLException broken) {
            throw new ConnectionException(broken);
        }
        String now = handle.createQuery("SELECT CAST(pg_current_snapshot() AS text)")
                .mapTo(String.class)
                .one();
        // Also fails here, and not later, if the table does not exist.
        this.last = rows(now).get(0).snapshot();
        // What was committed between the two queries is reported by the first call.
        this.last = new Snapshot(now, last.askedAt());
    }

    private List<Row> rows(String since) {
        return handle.createQuery(sql)
                .bind("last", since)
                .bind("limit", MOST + 1)
                .map(Row::read)
                .list();
    }

    @Override
    Changes poll() {
        Snapshot before = last;
        List<Row> rows = rows(before.text());
        last = rows.get(0).snapshot();
        // A server whose transactions have lower numbers is another one, which took over or was restored.
        if (last.oldest() < before.oldest() || last.askedAt() - before.askedAt() > LONGEST_SILENCE.toSeconds()) {
            return Changes.EVERYBODY;
        }
        List<@Nullable Long> users = new ArrayList<>();
        rows.stream().filter(Row::isChange).forEach(row -> users.add(row.user()));
        return changes(users);
    }

    /**
     * What a query saw.
     *
     * @param text PostgreSQL's own form: the oldest transaction under way, the first that had not begun, and those under way between the two
     * @param askedAt the second at which the server answered
     */
    private record Snapshot(String text, long askedAt) {

        long oldest() {
            return Long.parseLong(text.substring(0, text.indexOf(':')));
        }
    }

    private record Row(
            Snapshot snapshot, boolean isChange, @Nullable Long user) {

        static Row read(ResultSet row, StatementContext context) throws SQLException {
            Long change = row.getObject("seq", Long.class);
            Long user = row.getObject("user_id", Long.class);
            return new Row(new Snapshot(row.getString("snapshot"), row.getLong("asked_at")), change != null, user);
        }
    }

    @Override
    void pause(Duration most) throws InterruptedException {
        if (notifications == null) {
            super.pause(most);
        } else {
            notifications.await(most);
        }
    }

    @Override
    void release() {
        try {
            if (!handle.isClosed()) {
                if (notifications != null) {
                    notifications.stop();
                }
                handle.getConnection().setNetworkTimeout(Runnable::run, usualTimeout);
            }
        } catch (SQLException | RuntimeException broken) {
            // The pool notices when it gets the connection back.
        } finally {
            handle.close();
        }
    }
}
