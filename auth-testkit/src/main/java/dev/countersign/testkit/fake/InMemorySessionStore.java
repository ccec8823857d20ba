package dev.countersign.testkit.fake;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
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
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps sessions in memory, for tests. Slow with more than some thousand tokens. Thread-safe. */
public final class InMemorySessionStore implements SessionStore {

    private final InMemoryUserChanges changes;
    private SessionTables tables = new SessionTables();

    /** Creates an empty store that reports to nobody. */
    public InMemorySessionStore() {
        this(new InMemoryUserChanges());
    }

    /**
     * Creates an empty store.
     *
     * @param changes receives the users whose sessions were ended; usually {@link InMemoryUserStore#changes}
     */
    public InMemorySessionStore(InMemoryUserChanges changes) {
        this.changes = requireNonNull(changes, "changes");
    }

    /** {@return what is stored, for a roll-back} */
    SessionTables copy() {
        return tables.copy();
    }

    /** The sessions that have an access token. */
    synchronized Set<SessionId> sessionsOf(TokenKey access) {
        return of(access).map(SessionTables.Access::session).collect(ImmutableSet.toImmutableSet());
    }

    /** Rolls back all changes since. */
    void restore(SessionTables before) {
        tables = before;
    }

    @Override
    public synchronized boolean open(Session session, NewTokens tokens) {
        requireNonNull(session, "session");
        requireNonNull(tokens, "tokens");

        if (!mayAdd(tokens)) {
            return false;
        }
        tables.sessions.put(session.id(), session);
        put(session.id(), tokens);
        return true;
    }

    @Override
    public synchronized boolean add(SessionId session, NewTokens tokens, Instant usedAt) {
        requireNonNull(session, "session");

        requireNonNull(tokens, "tokens");
        requireNonNull(usedAt, "usedAt");

        Session stored = tables.sessions.get(requireNonNull(session, "session"));
        if (stored == null || stored.isEnded() || !mayAdd(tokens)) {
            return false;
        }
        Instant last = stored.lastUsedAt().isAfter(usedAt) ? stored.lastUsedAt() : usedAt;
        tables.sessions.put(session, with(stored, last, null));
        put(session, tokens);
        return true;
    }

    @Override
    public synchronized boolean rotate(TokenKey presented, StoredRefresh.Spent spent, NewTokens successors) {
        requireNonNull(presented, "presented");

        requireNonNull(spent, "spent");
        requireNonNull(successors.refresh(), "successors.refresh");

        SessionTables.Refresh stored = tables.refresh.get(requireNonNull(presented, "presented"));
        if (stored == null || stored.spent().isPresent() || !add(stored.session(), successors, spent.at())) {
            return false;
        }
        tables.refresh.put(
                presented, new SessionTables.Refresh(stored.session(), stored.expiresAt(), Optional.of(spent)));
        return true;
    }

    private boolean mayAdd(NewTokens tokens) {
        NewTokens.Refresh refresh = tokens.refresh();
        return !isEnded(tokens.access().key()) && (refresh == null || !tables.refresh.containsKey(refresh.key()));
    }

    private boolean isEnded(TokenKey key) {
        return of(key).anyMatch(
                        token -> token.isEnded() || session(token.session()).isEnded());
    }

    private Stream<SessionTables.Access> of(TokenKey key) {
        return tables.access.stream().filter(token -> token.token().key().equals(key));
    }

    private Session session(SessionId id) {
        return Objects.requireNonNull(tables.sessions.get(id));
    }

    private void put(SessionId session, NewTokens tokens) {
        tables.access.add(new SessionTables.Access(session, tokens.access(), false));
        NewTokens.Refresh refresh = tokens.refresh();
        if (refresh != null) {
            tables.refresh.put(
                    refresh.key(), new SessionTables.Refresh(session, refresh.expiresAt(), Optional.empty()));
        }
    }

    @Override
    public synchronized Optional<StoredAccess> findAccess(TokenKey access) {
        requireNonNull(access, "access");

        boolean ended = isEnded(access);
        return of(access)
                .min(Comparator.comparing((SessionTables.Access token) ->
                                !session(token.session()).isEnded())
                        .thenComparing(token -> session(token.session()).startedAt()))
                .map(token -> new StoredAccess(
                        session(token.session()),
                        token.token().issuedAt(),
                        token.token().expiresAt(),
                        ended));
    }

    @Override
    public synchronized Optional<StoredRefresh> findRefresh(TokenKey refresh) {
        requireNonNull(refresh, "refresh");

        return Optional.ofNullable(tables.refresh.get(requireNonNull(refresh, "refresh")))
                .map(token -> new StoredRefresh(session(token.session()), token.expiresAt(), token.spent()));
    }

    @Override
    public synchronized Optional<Instant> everythingEndedAt(UserId user) {
        requireNonNull(user, "user");

        return Optional.ofNullable(tables.cuts.get(requireNonNull(user, "user")));
    }

    @Override
    public synchronized Optional<Session> find(SessionId id) {
        requireNonNull(id, "id");

        return Optional.ofNullable(tables.sessions.get(requireNonNull(id, "id")));
    }

    @Override
    public synchronized List<Session> findByTokenId(String tokenId) {
        requireNonNull(tokenId, "tokenId");

        return tables.access.stream()
                .filter(token -> token.token().id().equals(tokenId))
                .map(token -> session(token.session()))
                .distinct()
                .collect(ImmutableList.toImmutableList());
    }

    @Override
    public synchronized List<Session> live(UserId user, Instant now) {
        requireNonNull(user, "user");
        requireNonNull(now, "now");

        return tables.sessions.values().stream()
                .filter(session -> session.userId().equals(user) && session.isLive(now))
                .sorted(Comparator.comparing(Session::startedAt).reversed())
                .collect(ImmutableList.toImmutableList());
    }

    @Override
    public synchronized boolean end(SessionId id, Instant at) {
        requireNonNull(id, "id");

        requireNonNull(at, "at");

        Session session = tables.sessions.get(requireNonNull(id, "id"));
        if (session == null || session.isEnded()) {
            return false;
        }
        tables.sessions.put(id, with(session, session.lastUsedAt(), at));
        changes.report(session.userId());
        return true;
    }

    @Override
    public synchronized void endSessionsOf(TokenKey access, Session owner, Instant at) {
        requireNonNull(access, "access");
        requireNonNull(owner, "owner");
        requireNonNull(at, "at");

        if (of(access).findAny().isEmpty()) {
            tables.sessions.put(owner.id(), owner);
            put(
                    owner.id(),
                    new NewTokens(
                            new NewTokens.Access(access, owner.id().toString(), owner.startedAt(), owner.expiresAt()),
                            null));
        }
        of(access).map(SessionTables.Access::session).toList().forEach(session -> end(session, at));
        endTokens(access);
    }

    @Override
    public synchronized boolean endAccess(TokenKey access, Instant at) {
        requireNonNull(access, "access");
        requireNonNull(at, "at");

        if (of(access).findAny().isEmpty() || isEnded(access)) {
            return false;
        }
        endTokens(access);
        return true;
    }

    private void endTokens(TokenKey access) {
        tables.access.replaceAll(token -> {
            if (!token.token().key().equals(access)) {
                return token;
            }
            changes.report(session(token.session()).userId());
            return new SessionTables.Access(token.session(), token.token(), true);
        });
    }

    @Override
    public synchronized Set<SessionId> endAll(UserId user, EndScope scope, @Nullable SessionId except, Instant at) {
        requireNonNull(user, "user");
        requireNonNull(scope, "scope");
        requireNonNull(at, "at");

        if (scope == EndScope.EVERYTHING) {
            tables.cuts.merge(user, at, (one, other) -> one.isAfter(other) ? one : other);
            changes.report(user);
        }
        return ImmutableSet.copyOf(tables.sessions.values()).stream()
                .filter(session ->
                        session.userId().equals(user) && !session.id().equals(except))
                .filter(session -> scope == EndScope.EVERYTHING || session.endsWithPassword())
                .map(Session::id)
                .filter(id -> end(id, at))
                .collect(ImmutableSet.toImmutableSet());
    }

    @Override
    public synchronized int sweep(Instant before) {
        requireNonNull(before, "before");

        tables.access.removeIf(token -> token.token().expiresAt().isBefore(before));
        tables.refresh.values().removeIf(token -> token.expiresAt().isBefore(before));
        int sessions = tables.sessions.size();
        tables.sessions
                .values()
                .removeIf(session -> session.lastUsedAt().isBefore(before) && !tables.hasTokens(session.id()));
        return sessions - tables.sessions.size();
    }

    private static Session with(Session session, Instant lastUsedAt, @Nullable Instant endedAt) {
        return new Session(
                session.id(),
                session.mount(),
                session.userId(),
                session.startedAt(),
                lastUsedAt,
                session.expiresAt(),
                endedAt,
                session.endsWithPassword(),
                session.client());
    }
}
