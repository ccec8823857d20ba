package dev.countersign.jdbi.internal.session;

import static dev.countersign.jdbi.internal.session.SessionRows.micros;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.jdbi.table.TableNames;
import dev.countersign.session.NewTokens;
import dev.countersign.session.Session;
import dev.countersign.session.SessionId;
import dev.countersign.token.TokenKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;

/**
 * The writes of which several make one change. Each runs in a transaction, locks a key's first row before a session, and removes what it wrote if it
 * refuses, because the transaction may belong to others.
 */
final class SessionWrites {

    private static final int ATTEMPTS = 10;

    private final ImmutableMap<SessionSql, String> sql;

    SessionWrites(TableNames names) {
        this.sql = Maps.toMap(Arrays.asList(SessionSql.values()), one -> one.in(names));
    }

    String sql(SessionSql which) {
        return Objects.requireNonNull(sql.get(which));
    }

    Query query(Handle handle, SessionSql which) {
        return handle.createQuery(sql(which));
    }

    Update update(Handle handle, SessionSql which) {
        return handle.createUpdate(sql(which));
    }

    /** Stores a session without tokens. */
    void store(Handle handle, Vendor vendor, Session session) {
        Instant endedAt = session.endedAt();
        update(handle, SessionSql.OPEN)
                .bind("session", vendor.uuid(session.id().value()))
                .bind("mount", session.mount())
                .bind("user", session.userId().value())
                .bind("started_at", micros(session.startedAt()))
                .bind("last_used_at", micros(session.lastUsedAt()))
                .bind("expires_at", micros(session.expiresAt()))
                .bind("ended_at", endedAt == null ? null : micros(endedAt))
                .bind("ends_with_password", session.endsWithPassword() ? 1 : 0)
                .bind("client", session.client())
                .execute();
    }

    /** Records the use of a session; false if it has ended. */
    boolean use(Handle handle, Vendor vendor, SessionId session, Instant at) {
        return update(handle, SessionSql.USE)
                        .bind("session", vendor.uuid(session.value()))
                        .bind("at", micros(at))
                        .execute()
                > 0;
    }

    /** Stores tokens; stores none and returns false if the access token's key was ended, or the refresh token's key is stored already. */
    boolean add(Handle handle, Vendor vendor, SessionId session, NewTokens tokens) {
        NewTokens.Refresh refresh = tokens.refresh();
        Query insert = query(handle, refresh == null ? SessionSql.ADD_ACCESS : SessionSql.ADD_BOTH);
        bind(insert, vendor, session, tokens.access());
        if (refresh != null) {
            insert.bind("refresh_key", refresh.key().text()).bind("refresh_expires_at", micros(refresh.expiresAt()));
        }
        boolean added = true;
        for (Row row : insert.map(Row::read).list()) {
            if (!row.isOf(session, tokens.access())) {
                added &= row.isAccess() && share(handle, vendor, session, tokens.access());
            }
        }
        if (!added) {
            remove(handle, vendor, session, tokens);
        }
        return added;
    }

    /** The row that a key has: the one that was just inserted, or one of before. */
    private record Row(boolean isAccess, SessionId session, String tokenId) {

        static Row read(ResultSet row, StatementContext context) throws SQLException {
            return new Row(
                    row.getString("kind").equals("ACCESS"),
                    SessionRows.id(row, "session_id"),
                    row.getString("token_id"));
        }

        boolean isOf(SessionId owner, NewTokens.Access access) {
            return session.equals(owner) && tokenId.equals(access.id());
        }
    }

    /** Adds a session to a key that is stored already, and whose first row this transaction has locked. */
    private boolean share(Handle handle, Vendor vendor, SessionId session, NewTokens.Access access) {
        int ended = query(handle, SessionSql.COUNT_ENDED)
                .bind("key", access.key().text())
                .mapTo(Integer.class)
                .one();
        if (ended > 0) {
            return false;
        }
        bind(update(handle, SessionSql.SHARE), vendor, session, access)
                .bind("share", session.toString())
                .execute();
        return true;
    }

    private static <S extends SqlStatement<S>> S bind(
            S statement, Vendor vendor, SessionId session, NewTokens.Access access) {
        return statement
                .bind("access_key", access.key().text())
                .bind("session", vendor.uuid(session.value()))
                .bind("token_id", access.id())
                .bind("issued_at", micros(access.issuedAt()))
                .bind("access_expires_at", micros(access.expiresAt()));
    }

    /** Removes tokens that this transaction stored. */
    void remove(Handle handle, Vendor vendor, SessionId session, NewTokens tokens) {
        update(handle, SessionSql.REMOVE)
                .bind("session", vendor.uuid(session.value()))
                .bind("token_id", tokens.access().id())
                .execute();
    }

    /** Ends a key with every session that it belongs to; stores one that has ended if there is none. */
    void endSessionsOf(Handle handle, Vendor vendor, TokenKey key, Session owner, Instant at) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int rows = update(handle, SessionSql.END_KEY)
                    .bind("key", key.text())
                    .bind("at", micros(at))
                    .execute();
            if (rows > 0) {
                // In a statement of its own, which also sees a session that was added while the one before waited.
                update(handle, SessionSql.END_BY_TOKEN)
                        .bind("key", key.text())
                        .bind("at", micros(at))
                        .execute();
                return;
            }
            if (storedEnded(handle, vendor, key, owner, at)) {
                return;
            }
        }
        throw new IllegalStateException("others stored and deleted a token " + ATTEMPTS + " times in a row");
    }

    private boolean storedEnded(Handle handle, Vendor vendor, TokenKey key, Session owner, Instant at) {
        int rows = update(handle, SessionSql.ADD_ENDED)
                .bind("key", key.text())
                .bind("session", vendor.uuid(owner.id().value()))
                .bind("token_id", owner.id().toString())
                .bind("started_at", micros(owner.startedAt()))
                .bind("expires_at", micros(owner.expiresAt()))
                .bind("ended_at", micros(at))
                .execute();
        if (rows == 0) {
            return false;
        }
        store(handle, vendor, ended(owner, at));
        return true;
    }

    private static Session ended(Session owner, Instant at) {
        return new Session(
                owner.id(),
                owner.mount(),
                owner.userId(),
                owner.startedAt(),
                owner.lastUsedAt(),
                owner.expiresAt(),
                at,
                owner.endsWithPassword(),
                owner.client());
    }
}
