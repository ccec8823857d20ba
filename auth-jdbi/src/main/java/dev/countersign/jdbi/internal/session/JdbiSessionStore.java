package dev.countersign.jdbi.internal.session;

import static dev.countersign.jdbi.internal.session.SessionRows.micros;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableSet;
import dev.countersign.jdbi.internal.feed.ChangeSweep;
import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.table.TableNames;
import dev.countersign.port.SessionStore;
import dev.countersign.session.EndScope;
import dev.countersign.session.NewTokens;
import dev.countersign.session.Session;
import dev.countersign.session.SessionId;
import dev.countersign.session.StoredAccess;
import dev.countersign.session.StoredRefresh;
import dev.countersign.token.TokenKey;
import dev.countersign.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Sessions in our own tables. */
final class JdbiSessionStore implements SessionStore {

    /** No session has this id. */
    private static final UUID NONE = new UUID(0, 0);

    static final int BATCH = 500;

    private final Database database;
    private final SessionWrites writes;
    private final ChangeSweep changes;

    JdbiSessionStore(Database database, TableNames names) {
        this.database = database;
        this.changes = new ChangeSweep(database, names);
        this.writes = new SessionWrites(names);
    }

    @Override
    public boolean open(Session session, NewTokens tokens) {
        requireNonNull(session, "session");
        requireNonNull(tokens, "tokens");

        return database.inTransaction("opening a session", handle -> {
            boolean added = writes.add(handle, database.vendor(handle), session.id(), tokens);
            if (added) {
                writes.store(handle, database.vendor(handle), session);
            }
            return added;
        });
    }

    @Override
    public boolean add(SessionId session, NewTokens tokens, Instant usedAt) {
        requireNonNull(session, "session");
        requireNonNull(tokens, "tokens");
        requireNonNull(usedAt, "usedAt");

        return database.inTransaction("adding tokens to a session", handle -> added(handle, session, tokens, usedAt));
    }

    private boolean added(Handle handle, SessionId session, NewTokens tokens, Instant usedAt) {
        if (!writes.add(handle, database.vendor(handle), session, tokens)) {
            return false;
        }
        boolean used = writes.use(handle, database.vendor(handle), session, usedAt);
        if (!used) {
            writes.remove(handle, database.vendor(handle), session, tokens);
        }
        return used;
    }

    @Override
    public boolean rotate(TokenKey presented, StoredRefresh.Spent spent, NewTokens successors) {
        requireNonNull(presented, "presented");
        requireNonNull(spent, "spent");
        requireNonNull(successors.refresh(), "successors.refresh");

        return database.inTransaction("rotating a refresh token", handle -> {
            Optional<SessionId> session = writes.query(handle, SessionSql.SPEND)
                    .bind("key", presented.text())
                    .bind("at", micros(spent.at()))
                    .bind("seed", spent.seed())
                    .map((row, context) -> SessionRows.id(row, "session_id"))
                    .findOne();
            if (session.isEmpty()) {
                return false;
            }
            boolean rotated = added(handle, session.get(), successors, spent.at());
            if (!rotated) {
                writes.update(handle, SessionSql.RETURN)
                        .bind("key", presented.text())
                        .execute();
            }
            return rotated;
        });
    }

    @Override
    public Optional<StoredAccess> findAccess(TokenKey access) {
        requireNonNull(access, "access");

        return database.run("looking a token up", handle -> {
            List<StoredAccess> all = writes.query(handle, SessionSql.FIND_ACCESS)
                    .bind("key", access.text())
                    .map(SessionRows::access)
                    .list();
            boolean ended = all.stream().anyMatch(StoredAccess::ended);
            return all.stream()
                    .filter(one -> one.session().isEnded())
                    .findFirst()
                    .or(() -> all.stream().findFirst())
                    .map(one -> new StoredAccess(one.session(), one.issuedAt(), one.expiresAt(), ended));
        });
    }

    @Override
    public Optional<StoredRefresh> findRefresh(TokenKey refresh) {
        requireNonNull(refresh, "refresh");

        return database.run(
                "looking a refresh token up",
                handle -> writes.query(handle, SessionSql.FIND_REFRESH)
                        .bind("key", refresh.text())
                        .map(SessionRows::refresh)
                        .findOne());
    }

    @Override
    public Optional<Instant> everythingEndedAt(UserId user) {
        requireNonNull(user, "user");

        return database.run(
                "looking up when tokens were ended",
                handle -> writes.query(handle, SessionSql.FIND_CUT)
                        .bind("user", user.value())
                        .mapTo(Long.class)
                        .findOne()
                        .map(SessionRows::time));
    }

    @Override
    public Optional<Session> find(SessionId id) {
        requireNonNull(id, "id");

        return database.run(
                "looking a session up",
                handle -> writes.query(handle, SessionSql.FIND)
                        .bind("session", database.vendor(handle).uuid(id.value()))
                        .map(SessionRows::session)
                        .findOne());
    }

    @Override
    public List<Session> findByTokenId(String tokenId) {
        requireNonNull(tokenId, "tokenId");

        return database.run(
                "looking sessions up",
                handle -> writes.query(handle, SessionSql.FIND_BY_TOKEN_ID)
                        .bind("token_id", tokenId)
                        .map(SessionRows::session)
                        .list());
    }

    @Override
    public List<Session> live(UserId user, Instant now) {
        requireNonNull(user, "user");
        requireNonNull(now, "now");

        return database.run(
                "listing sessions",
                handle -> writes.query(handle, SessionSql.LIVE)
                        .bind("user", user.value())
                        .bind("now", micros(now))
                        .map(SessionRows::session)
                        .list());
    }

    @Override
    public boolean end(SessionId id, Instant at) {
        requireNonNull(id, "id");
        requireNonNull(at, "at");

        return database.run(
                "ending a session",
                handle -> writes.update(handle, SessionSql.END)
                                .bind("session", database.vendor(handle).uuid(id.value()))
                                .bind("at", micros(at))
                                .execute()
                        > 0);
    }

    @Override
    public void endSessionsOf(TokenKey access, Session owner, Instant at) {
        requireNonNull(access, "access");
        requireNonNull(owner, "owner");
        requireNonNull(at, "at");

        database.inTransaction("ending a token and its sessions", handle -> {
            writes.endSessionsOf(handle, database.vendor(handle), access, owner, at);
            return true;
        });
    }

    @Override
    public boolean endAccess(TokenKey access, Instant at) {
        requireNonNull(access, "access");
        requireNonNull(at, "at");

        return database.run(
                "ending a token",
                handle -> writes.update(handle, SessionSql.END_LIVE_KEY)
                                .bind("key", access.text())
                                .bind("at", micros(at))
                                .execute()
                        > 0);
    }

    @Override
    public Set<SessionId> endAll(UserId user, EndScope scope, @Nullable SessionId except, Instant at) {
        requireNonNull(user, "user");
        requireNonNull(scope, "scope");
        requireNonNull(at, "at");

        return switch (scope) {
            case EVERYTHING ->
                database.inTransaction("ending all sessions of user " + user, handle -> {
                    writes.update(handle, SessionSql.CUT)
                            .bind("user", user.value())
                            .bind("at", micros(at))
                            .execute();
                    return ended(SessionSql.END_ALL, user, except, at).apply(handle);
                });
            case ENDING_WITH_PASSWORD ->
                database.run("ending sessions of user " + user, ended(SessionSql.END_WITH_PASSWORD, user, except, at));
        };
    }

    private Function<Handle, ImmutableSet<SessionId>> ended(
            SessionSql which, UserId user, @Nullable SessionId except, Instant at) {
        return handle -> writes.query(handle, which)
                .bind("user", user.value())
                .bind("except", database.vendor(handle).uuid(except == null ? NONE : except.value()))
                .bind("at", micros(at))
                .map((row, context) -> SessionRows.id(row, "id"))
                .collect(ImmutableSet.toImmutableSet());
    }

    @Override
    public int sweep(Instant before) {
        requireNonNull(before, "before");

        int deleted = 0;
        Swept swept;
        // In short transactions, so that logins do not wait for the lock of SQLite.
        do {
            swept = database.inTransaction("deleting expired tokens", handle -> batch(handle, before));
            deleted += swept.sessions();
        } while (swept.tokens() == BATCH);
        changes.run();
        return deleted;
    }

    private record Swept(int tokens, int sessions) {}

    private Swept batch(Handle handle, Instant before) {
        List<SessionId> owners = writes.query(handle, SessionSql.DELETE_EXPIRED)
                .bind("before", micros(before))
                .map((row, context) -> SessionRows.id(row, "session_id"))
                .list();
        if (owners.isEmpty()) {
            return new Swept(0, 0);
        }
        int sessions = 0;
        try (PreparedBatch batch = handle.prepareBatch(writes.sql(SessionSql.DELETE_EMPTY))) {
            for (SessionId owner : ImmutableSet.copyOf(owners)) {
                batch.bind("session", database.vendor(handle).uuid(owner.value()))
                        .bind("before", micros(before))
                        .add();
            }
            for (int rows : batch.execute()) {
                sessions += rows;
            }
        }
        return new Swept(owners.size(), sessions);
    }
}
