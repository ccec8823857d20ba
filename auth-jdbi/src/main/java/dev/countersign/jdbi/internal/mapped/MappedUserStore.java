package dev.countersign.jdbi.internal.mapped;

import static java.util.Objects.requireNonNull;

import dev.countersign.jdbi.internal.folding.FoldedForms;
import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.internal.sql.HiddenHash;
import dev.countersign.jdbi.internal.sql.PageSize;
import dev.countersign.jdbi.table.MappedColumn.Event;
import dev.countersign.password.PasswordHash;
import dev.countersign.port.UserStore;
import dev.countersign.user.Login;
import dev.countersign.user.NewUser;
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
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Users in an application's own table; {@link MappedWriter} adds and changes them. */
final class MappedUserStore implements UserStore {

    private static final long BEFORE_FIRST = 0;

    private final Database database;
    private final MappedTable table;
    private final MappedWriter writer;

    MappedUserStore(Database database, MappedTable table) {
        this.database = database;
        this.table = table;
        this.writer = new MappedWriter(table);
    }

    @Override
    public Optional<StoredUser> find(UserKey key) {
        requireNonNull(key, "key");

        if (key instanceof UserKey.ById byId) {
            return byId(byId.id().value());
        }
        if (key instanceof UserKey.ByUuid byUuid && table.sql().byUuid == null) {
            return byId(table.rows().numberOf(byUuid.uuid()));
        }
        return statement(key)
                .flatMap(sql -> database.run(
                        "looking a user up",
                        handle -> FoldedForms.choose(
                                bind(handle.createQuery(sql), key)
                                        .map(table.rows())
                                        .map(MappedUserReader.Read::stored)
                                        .list(),
                                key)));
    }

    private Optional<StoredUser> byId(long id) {
        return database.run("looking a user up", handle -> writer.byId(handle, id));
    }

    private Optional<String> statement(UserKey key) {
        if (key instanceof UserKey.ByEmail) {
            return Optional.ofNullable(table.sql().byEmail);
        }
        return Optional.ofNullable(key instanceof UserKey.ByUsername ? table.sql().byUsername : table.sql().byUuid);
    }

    private Query bind(Query query, UserKey key) {
        if (key instanceof UserKey.ByEmail byEmail) {
            return table.identifiers().bindEmail(query, byEmail.email());
        }
        if (key instanceof UserKey.ByUsername byUsername) {
            return table.identifiers().bindUsername(query, byUsername.username());
        }
        return query.bind(
                "uuid", table.vendor().untyped(((UserKey.ByUuid) key).uuid().toString()));
    }

    @Override
    public boolean accepts(UserKey key) {
        requireNonNull(key, "key");

        if (key instanceof UserKey.ByEmail byEmail) {
            return table.identifiers().keepsEmail(byEmail.email());
        }
        return !(key instanceof UserKey.ByUsername byUsername)
                || table.identifiers().keepsUsername(byUsername.username());
    }

    @Override
    public StoreResult insert(NewUser user) {
        requireNonNull(user, "user");

        Content content = writer.content(user);
        return database.inTransaction("storing a user", handle -> writer.insert(handle, content));
    }

    @Override
    public StoreResult update(User changed, @Nullable PasswordHash hash) {
        requireNonNull(changed, "changed");

        writer.check(changed, hash);
        return database.inTransaction("changing user " + changed.id(), handle -> writer.update(handle, changed, hash));
    }

    @Override
    public boolean rehash(UserId id, PasswordHash expected, PasswordHash replacement) {
        requireNonNull(id, "id");
        requireNonNull(expected, "expected");
        requireNonNull(replacement, "replacement");

        return database.run(
                "replacing the hash of user " + id,
                handle -> handle.createUpdate(table.sql().rehash)
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
            Optional<MappedUserReader.Read> before = writer.locked(handle, id)
                    .filter(read -> read.stored().user().status().mayLogIn())
                    .filter(read ->
                            Objects.equals(read.stored().user().passwordChangedAt(), login.passwordChangedAt()));
            if (before.isEmpty()) {
                return Optional.empty();
            }
            note(handle, login, before.get().tokenIssuedAt());
            return writer.byId(handle, id).map(StoredUser::user);
        });
    }

    private void note(Handle handle, Login login, @Nullable Instant noted) {
        if (table.sql().recordLogin == null) {
            return;
        }
        Instant issued = noted != null && noted.isAfter(login.tokenIssuedAt()) ? noted : login.tokenIssuedAt();
        Update update = handle.createUpdate(table.sql().recordLogin)
                .bind("id", login.id().value());
        bind(update, "at", Event.LAST_LOGIN, login.at());
        bind(update, "issued", Event.TOKEN_ISSUED, issued);
        update.execute();
    }

    private void bind(Update update, String parameter, Event event, Instant time) {
        table.columns()
                .time(event)
                .ifPresent(column -> update.bind(
                        parameter, table.vendor().untyped(Times.write(time, column.unit(), table.vendor()))));
    }

    @Override
    public Set<Gap> gaps() {
        Columns columns = table.columns();
        EnumSet<Gap> gaps = EnumSet.noneOf(Gap.class);
        if (!columns.mapping().feedsChanges()) {
            gaps.add(Gap.UNFED_CHANGES);
        }
        if (!columns.has(Event.PASSWORD_CHANGED)) {
            gaps.add(Gap.PASSWORD_CHANGES);
        }
        if (!columns.has(Event.TOKEN_ISSUED) && !columns.has(Event.LAST_LOGIN)) {
            gaps.add(Gap.TOKEN_TIMES);
        }
        boolean dated = columns.has(Event.UPDATED)
                || columns.has(Event.UPDATED_OR_CREATED)
                || (columns.has(Event.EMAIL_SINCE) && columns.has(Event.USERNAME_SINCE));
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
                handle -> handle.createUpdate(table.sql().delete)
                                .bind("id", id.value())
                                .execute()
                        > 0);
    }

    @Override
    public List<User> page(@Nullable UserId after, int limit) {
        int rows = PageSize.checked(limit);
        return database.run(
                "listing users",
                handle -> handle.createQuery(table.sql().page)
                        .bind("after", after == null ? BEFORE_FIRST : after.value())
                        .bind("limit", rows)
                        .map(table.rows())
                        .map(read -> read.stored().user())
                        .list());
    }
}
