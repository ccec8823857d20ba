package dev.countersign.jdbi.internal.session;

import static java.util.Objects.requireNonNull;

import dev.countersign.session.Session;
import dev.countersign.session.SessionId;
import dev.countersign.session.StoredAccess;
import dev.countersign.session.StoredRefresh;
import dev.countersign.user.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Reads sessions and their tokens from rows. */
final class SessionRows {

    private SessionRows() {}

    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    static Instant time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return time(row.getLong(column));
    }

    private static @Nullable Instant timeOrNull(ResultSet row, String column) throws SQLException {
        Instant time = time(row, column);
        return row.wasNull() ? null : time;
    }

    static SessionId id(ResultSet row, String column) throws SQLException {
        return new SessionId(UUID.fromString(row.getString(column)));
    }

    static Session session(ResultSet row, StatementContext context) throws SQLException {
        return new Session(
                id(row, "id"),
                row.getString("mount"),
                new UserId(row.getLong("user_id")),
                time(row, "started_at"),
                time(row, "last_used_at"),
                time(row, "expires_at"),
                timeOrNull(row, "ended_at"),
                row.getInt("ends_with_password") == 1,
                row.getString("client"));
    }

    static StoredAccess access(ResultSet row, StatementContext context) throws SQLException {
        Session session = session(row, context);
        return new StoredAccess(
                session,
                time(row, "issued_at"),
                time(row, "token_expires_at"),
                session.isEnded() || timeOrNull(row, "token_ended_at") != null);
    }

    static StoredRefresh refresh(ResultSet row, StatementContext context) throws SQLException {
        Instant spentAt = timeOrNull(row, "spent_at");
        return new StoredRefresh(
                session(row, context),
                time(row, "token_expires_at"),
                spentAt == null
                        ? Optional.empty()
                        : Optional.of(new StoredRefresh.Spent(spentAt, requireNonNull(row.getString("seed")))));
    }
}
