package dev.countersign.jdbi.internal.store;

import static java.util.Objects.requireNonNull;

import dev.countersign.internal.row.UserRow;
import dev.countersign.jdbi.internal.folding.FoldedForms;
import dev.countersign.jdbi.internal.sql.Attempt;
import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.internal.sql.HiddenHash;
import dev.countersign.jdbi.internal.sql.PageSize;
import dev.countersign.password.PasswordHash;
import dev.countersign.port.UserStore;
import dev.countersign.user.Login;
import dev.countersign.user.NewUser;
import dev.countersign.user.StoreResult;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Users in our own table. */
final class JdbiUserStore implements UserStore {

    private static final long BEFORE_FIRST = 0;
    private static final String LOOKING_UP = "looking a user up";

    private final Database database;
    private final UserTable table;
    private final String byNumber;

    JdbiUserStore(Database database, UserTable table) {
        this.database = database;
        this.table = table;
        this.byNumber = table.sql(UserSql.FIND_BY_ID).replace(":id", "?");
    }

    @Override
    public Optional<StoredUser> find(UserKey key) {
        requireNonNull(key, "key");

        if (key instanceof UserKey.ById byId) {
            return database.findByNumber(LOOKING_UP, byNumber, byId.id().value(), table.rows()::read);
        }
        return database.run(
                LOOKING_UP,
                handle ->
                        FoldedForms.choose(byKey(handle, key).map(table.rows()).list(), key));
    }

    private Query byKey(Handle handle, UserKey key) {
        if (key instanceof UserKey.ByEmail byEmail) {
            return FoldedForms.of(byEmail.email()).bindTo(query(handle, UserSql.FIND_BY_EMAIL));
        }
        if (key instanceof UserKey.ByUsername byUsername) {
            return FoldedForms.of(byUsername.username()).bindTo(query(handle, UserSql.FIND_BY_USERNAME));
        }
        return query(handle, UserSql.FIND_BY_UUID)
                .bind("uuid", database.vendor(handle).uuid(((UserKey.ByUuid) key).uuid()));
    }

    @Override
    public StoreResult insert(NewUser user) {
        requireNonNull(user, "user");

        return database.run(
                "storing a user",
                handle -> one(query(handle, UserSql.INSERT)
                                .bindMap(UserRow.of(user, table.properties()))
                                .bind("uuid", database.vendor(handle).uuid(user.uuid()))
                                .bind("password_hash", new HiddenHash(user.hash())))
                        .<StoreResult>map(stored -> new StoreResult.Stored(stored.user()))
                        .orElse(new StoreResult.Taken()));
    }

    @Override
    public StoreResult update(User changed, @Nullable PasswordHash hash) {
        return database.run(
                "changing user " + changed.id(),
                handle -> Attempt.unlessTaken(handle, () -> updated(handle, changed, hash))
                        .orElse(new StoreResult.Taken()));
    }

    private StoreResult updated(Handle handle, User changed, @Nullable PasswordHash hash) {
        return one(FoldedForms.bindShared(query(handle, UserSql.UPDATE), changed.email(), changed.username())
                        .bindMap(UserRow.of(changed, table.properties()))
                        .bind("password_hash", new HiddenHash(hash)))
                .<StoreResult>map(stored -> new StoreResult.Stored(stored.user()))
                .orElse(new StoreResult.Stale());
    }

    @Override
    public boolean rehash(UserId id, PasswordHash expected, PasswordHash replacement) {
        requireNonNull(id, "id");
        requireNonNull(expected, "expected");
        requireNonNull(replacement, "replacement");

        return database.run(
                "replacing the hash of user " + id,
                handle -> change(handle, UserSql.REHASH)
                                .bind("id", id.value())
                                .bind("expected", new HiddenHash(expected))
                                .bind("replacement", new HiddenHash(replacement))
                                .execute()
                        > 0);
    }

    @Override
    public Optional<User> recordLogin(Login login) {
        return database.run(
                "noting a login of user " + login.id(),
                handle -> one(query(handle, UserSql.RECORD_LOGIN).bindMap(UserRow.of(login)))
                        .map(StoredUser::user));
    }

    @Override
    public boolean delete(UserId id) {
        requireNonNull(id, "id");

        return database.run(
                "deleting user " + id,
                handle -> change(handle, UserSql.DELETE).bind("id", id.value()).execute() > 0);
    }

    @Override
    public List<User> page(@Nullable UserId after, int limit) {
        int rows = PageSize.checked(limit);
        return database.run(
                "listing users",
                handle -> query(handle, UserSql.PAGE)
                        .bind("after", after == null ? BEFORE_FIRST : after.value())
                        .bind("limit", rows)
                        .map(table.rows())
                        .map(StoredUser::user)
                        .list());
    }

    private Query query(Handle handle, UserSql statement) {
        return handle.createQuery(table.sql(statement));
    }

    private Update change(Handle handle, UserSql statement) {
        return handle.createUpdate(table.sql(statement));
    }

    private Optional<StoredUser> one(Query query) {
        return query.map(table.rows()).findOne();
    }
}
