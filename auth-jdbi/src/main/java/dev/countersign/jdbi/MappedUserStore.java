package dev.countersign.jdbi;

import static java.util.Objects.requireNonNull;

import dev.countersign.jdbi.MappedColumn.EmailColumn;
import dev.countersign.jdbi.MappedColumn.Event;
import dev.countersign.jdbi.MappedColumn.StatusColumn;
import dev.countersign.jdbi.MappedColumn.TimeColumn;
import dev.countersign.jdbi.MappedColumn.UsernameColumn;
import dev.countersign.jdbi.MappedColumn.UuidColumn;
import dev.countersign.json.WholeText;
import dev.countersign.password.PasswordHash;
import dev.countersign.port.UserStore;
import dev.countersign.user.Identifier;
import dev.countersign.user.Login;
import dev.countersign.user.NewUser;
import dev.countersign.user.PasswordOrder;
import dev.countersign.user.StoreResult;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Users in an application's own table. */
final class MappedUserStore implements UserStore {

    private static final long NOBODY = 0;

    private final Database database;
    private final TableMapping mapping;
    private final MappedIdentifiers identifiers;

    MappedUserStore(Database database, TableMapping mapping, MappedIdentifiers identifiers) {
        this.database = database;
        this.mapping = mapping;
        this.identifiers = identifiers;
    }

    /** One handle's view: which vendor it is decides what the statements are. */
    private record Session(Handle handle, Vendor vendor, MappedSql sql, MappedRow row) {

        Optional<StoredUser> one(Query query) {
            return query.map(row).findOne().map(MappedRow.Read::stored);
        }

        Optional<StoredUser> byId(String statement, long id) {
            return one(handle.createQuery(statement).bind("id", id));
        }

        Optional<MappedRow.Read> locked(long id) {
            return handle.createQuery(sql.byIdLocked()).bind("id", id).map(row).findOne();
        }
    }

    private Session session(Handle handle) {
        Vendor vendor = database.vendor(handle);
        return new Session(handle, vendor, new MappedSql(mapping, vendor), new MappedRow(mapping, vendor));
    }

    @Override
    public Optional<StoredUser> find(UserKey key) {
        requireNonNull(key, "key");

        return database.run("looking a user up", handle -> {
            Session session = session(handle);
            if (key instanceof UserKey.ById byId) {
                return session.byId(session.sql().byId(), byId.id().value());
            }
            if (key instanceof UserKey.ByUuid byUuid && session.sql().byUuid().isEmpty()) {
                return session.byId(session.sql().byId(), session.row().numberOf(byUuid.uuid()));
            }
            return statement(session.sql(), key)
                    .flatMap(sql -> FoldedForms.choose(
                            bind(session, handle.createQuery(sql), key)
                                    .map(session.row())
                                    .map(MappedRow.Read::stored)
                                    .list(),
                            key));
        });
    }

    private static Optional<String> statement(MappedSql sql, UserKey key) {
        if (key instanceof UserKey.ByEmail) {
            return sql.byEmail();
        }
        return key instanceof UserKey.ByUsername ? sql.byUsername() : sql.byUuid();
    }

    private Query bind(Session session, Query query, UserKey key) {
        if (key instanceof UserKey.ByEmail byEmail) {
            return identifiers.bindEmail(query, session.vendor(), byEmail.email());
        }
        if (key instanceof UserKey.ByUsername byUsername) {
            return identifiers.bindUsername(query, session.vendor(), byUsername.username());
        }
        return query.bind(
                "uuid", session.vendor().untyped(((UserKey.ByUuid) key).uuid().toString()));
    }

    @Override
    public boolean accepts(UserKey key) {
        requireNonNull(key, "key");

        if (key instanceof UserKey.ByEmail byEmail) {
            return identifiers.keepsEmail(byEmail.email());
        }
        return !(key instanceof UserKey.ByUsername byUsername) || identifiers.keepsUsername(byUsername.username());
    }

    @Override
    public StoreResult insert(NewUser user) {
        MappedContent content = identifiers.written(checked(MappedContent.of(user)), null, null);
        return database.inTransaction("storing a user", handle -> {
            Session session = session(handle);
            return taken(session, content, NOBODY) ? new StoreResult.Taken() : inserted(session, content);
        });
    }

    private StoreResult inserted(Session session, MappedContent content) {
        return write(session, session.handle().createQuery(session.sql().insert()), content, false)
                .mapTo(Long.class)
                .findOne()
                .flatMap(id -> session.byId(session.sql().byId(), id))
                .<StoreResult>map(stored -> new StoreResult.Stored(kept(stored.user(), content)))
                .orElse(new StoreResult.Taken());
    }

    @Override
    public StoreResult update(User changed, @Nullable PasswordHash hash) {
        requireNonNull(changed, "changed");

        checked(MappedContent.of(changed, hash));
        long id = changed.id().value();
        return database.inTransaction("changing user " + id, handle -> {
            Session session = session(handle);
            Optional<MappedRow.Read> before = session.locked(id);
            if (before.isEmpty() || before.get().stored().user().version() != changed.version()) {
                return new StoreResult.Stale();
            }
            User user = before.get().stored().user();
            MappedContent content = identifiers.written(
                    MappedContent.of(hash == null ? changed : dated(changed, before.get()), hash),
                    user.email(),
                    user.username());
            return taken(session, content, id)
                    ? new StoreResult.Taken()
                    : Database.unlessTaken(handle, () -> updated(session, content, id))
                            .orElse(new StoreResult.Taken());
        });
    }

    /** Refuses a number that the column rounded, such as one of 20 digits in SQLite; the transaction ends with it. */
    private User kept(User stored, MappedContent content) {
        new MappedAttributes(mapping).checkNumbers(content.attributes(), stored.attributes());
        return stored;
    }

    private User dated(User changed, MappedRow.Read before) {
        Optional<TimeColumn> column = mapping.time(Event.PASSWORD_CHANGED);
        if (column.isEmpty()) {
            return changed;
        }
        Instant time = PasswordOrder.time(
                changed.passwordChangedAt(),
                before.tokenIssuedAt(),
                before.stored().user().passwordChangedAt(),
                column.get().unit().step());
        return changed.toBuilder().passwordChangedAt(time).build();
    }

    private StoreResult updated(Session session, MappedContent content, long id) {
        write(session, session.handle().createUpdate(session.sql().update()), content, true)
                .bind("id", id)
                .execute();
        return session.byId(session.sql().byId(), id)
                .<StoreResult>map(stored -> new StoreResult.Stored(kept(stored.user(), content)))
                .orElseGet(StoreResult.Stale::new);
    }

    private static <S extends SqlStatement<S>> S write(
            Session session, S statement, MappedContent content, boolean changesOnly) {
        for (MappedCell cell : session.sql().cells()) {
            if (cell.changes() || !changesOnly) {
                statement.bind(
                        cell.parameter(), session.vendor().untyped(cell.text().of(content)));
            }
        }
        return statement.bind("hash", new HiddenHash(content.hash()));
    }

    // Asked first, for the table may lack an index over what is compared.
    private boolean taken(Session session, MappedContent content, long except) {
        Query query = session.handle().createQuery(session.sql().taken()).bind("id", except);
        if (mapping.column(EmailColumn.class).isPresent()) {
            identifiers.bindEmail(query, session.vendor(), content.email());
        }
        if (mapping.column(UsernameColumn.class).isPresent()) {
            identifiers.bindUsername(query, session.vendor(), content.username());
        }
        if (mapping.column(UuidColumn.class).isPresent()) {
            query.bind("uuid", session.vendor().untyped(content.uuid().toString()));
        }
        return query.map(session.row()).list().stream()
                .map(read -> read.stored().user())
                .anyMatch(other -> same(other.email(), content.email())
                        || same(other.username(), content.username())
                        || other.uuid().equals(content.uuid()));
    }

    private static boolean same(@Nullable Identifier one, @Nullable Identifier other) {
        return one != null && one.equals(other);
    }

    // Refused rather than forgotten.
    private MappedContent checked(MappedContent content) {
        new MappedAttributes(mapping).check(content.attributes());
        if (!isWritable(content.email()) || !isWritable(content.username())) {
            throw new IllegalArgumentException("nobody could be found by this e-mail address or username");
        }
        if (!content.status().mayLogIn() && mapping.column(StatusColumn.class).isEmpty()) {
            throw new IllegalArgumentException(mapping.table() + " has no column for users who may not log in");
        }
        if ((content.email() != null && mapping.column(EmailColumn.class).isEmpty())
                || (content.username() != null
                        && mapping.column(UsernameColumn.class).isEmpty())) {
            throw new IllegalArgumentException(mapping.table() + " has a column for one kind of identifier only");
        }
        return content;
    }

    // Databases hold no half characters, and not all of them NUL.
    private static boolean isWritable(@Nullable Identifier identifier) {
        return identifier == null
                || (WholeText.isWhole(identifier.text()) && identifier.text().indexOf('\0') < 0);
    }

    @Override
    public boolean rehash(UserId id, PasswordHash expected, PasswordHash replacement) {
        requireNonNull(id, "id");
        requireNonNull(expected, "expected");
        requireNonNull(replacement, "replacement");

        return database.run(
                "replacing the hash of user " + id,
                handle -> handle.createUpdate(session(handle).sql().rehash())
                                .bind("id", id.value())
                                .bind("expected", new HiddenHash(expected))
                                .bind("replacement", new HiddenHash(replacement))
                                .execute()
                        > 0);
    }

    @Override
    public Optional<User> recordLogin(Login login) {
        long id = login.id().value();
        return database.inTransaction("noting a login of user " + id, handle -> {
            Session session = session(handle);
            Optional<MappedRow.Read> before = session.locked(id)
                    .filter(read -> read.stored().user().status().mayLogIn())
                    .filter(read ->
                            Objects.equals(read.stored().user().passwordChangedAt(), login.passwordChangedAt()));
            if (before.isEmpty()) {
                return Optional.empty();
            }
            Instant noted = before.get().tokenIssuedAt();
            Instant issued = noted != null && noted.isAfter(login.tokenIssuedAt()) ? noted : login.tokenIssuedAt();
            session.sql().recordLogin().ifPresent(sql -> {
                Update update = handle.createUpdate(sql).bind("id", id);
                bind(update, "at", Event.LAST_LOGIN, login.at(), session.vendor());
                bind(update, "issued", Event.TOKEN_ISSUED, issued, session.vendor());
                update.execute();
            });
            return session.byId(session.sql().byId(), id).map(StoredUser::user);
        });
    }

    private void bind(Update update, String parameter, Event event, Instant time, Vendor vendor) {
        mapping.time(event)
                .ifPresent(column ->
                        update.bind(parameter, vendor.untyped(MappedTime.write(time, column.unit(), vendor))));
    }

    @Override
    public Set<Gap> gaps() {
        EnumSet<Gap> gaps = EnumSet.noneOf(Gap.class);
        if (mapping.time(Event.PASSWORD_CHANGED).isEmpty()) {
            gaps.add(Gap.PASSWORD_CHANGES);
        }
        if (mapping.time(Event.TOKEN_ISSUED).isEmpty()
                && mapping.time(Event.LAST_LOGIN).isEmpty()) {
            gaps.add(Gap.TOKEN_TIMES);
        }
        boolean dated = mapping.time(Event.UPDATED).isPresent()
                || mapping.time(Event.UPDATED_OR_CREATED).isPresent()
                || (mapping.time(Event.EMAIL_SINCE).isPresent()
                        && mapping.time(Event.USERNAME_SINCE).isPresent());
        if (!dated) {
            gaps.add(Gap.IDENTIFIER_TIMES);
        }
        return gaps;
    }

    @Override
    public boolean delete(UserId id) {
        requireNonNull(id, "id");

        return database.run(
                "deleting user " + id,
                handle -> handle.createUpdate(session(handle).sql().delete())
                                .bind("id", id.value())
                                .execute()
                        > 0);
    }

    @Override
    public List<User> page(@Nullable UserId after, int limit) {
        int rows = JdbiUserStore.checked(limit);
        return database.run("listing users", handle -> {
            Session session = session(handle);
            return handle.createQuery(session.sql().page())
                    .bind("after", after == null ? NOBODY : after.value())
                    .bind("limit", rows)
                    .map(session.row())
                    .map(read -> read.stored().user())
                    .list();
        });
    }
}
