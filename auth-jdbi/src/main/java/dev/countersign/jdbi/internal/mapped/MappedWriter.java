package dev.countersign.jdbi.internal.mapped;

import dev.countersign.jdbi.internal.sql.Attempt;
import dev.countersign.jdbi.internal.sql.HiddenHash;
import dev.countersign.jdbi.table.MappedColumn.EmailColumn;
import dev.countersign.jdbi.table.MappedColumn.Event;
import dev.countersign.jdbi.table.MappedColumn.StatusColumn;
import dev.countersign.jdbi.table.MappedColumn.TimeColumn;
import dev.countersign.jdbi.table.MappedColumn.UsernameColumn;
import dev.countersign.jdbi.table.MappedColumn.UuidColumn;
import dev.countersign.json.WholeText;
import dev.countersign.password.PasswordHash;
import dev.countersign.user.Identifier;
import dev.countersign.user.NewUser;
import dev.countersign.user.PasswordOrder;
import dev.countersign.user.StoreResult;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Adds and changes users of a mapped table, each in a transaction. */
final class MappedWriter {

    private static final long NO_USER = 0;

    private final MappedTable table;

    MappedWriter(MappedTable table) {
        this.table = table;
    }

    Optional<StoredUser> byId(Handle handle, long id) {
        return handle.createQuery(table.sql().byId)
                .bind("id", id)
                .map(table.rows())
                .findOne()
                .map(MappedUserReader.Read::stored);
    }

    Optional<MappedUserReader.Read> locked(Handle handle, long id) {
        return handle.createQuery(table.sql().byIdLocked)
                .bind("id", id)
                .map(table.rows())
                .findOne();
    }

    /** The values to be stored for a new user. */
    Content content(NewUser user) {
        return table.identifiers().written(checked(Content.of(user)), null, null);
    }

    StoreResult insert(Handle handle, Content content) {
        if (isTaken(handle, content, NO_USER)) {
            return new StoreResult.Taken();
        }
        return write(handle.createQuery(table.sql().insert), content, false)
                .mapTo(Long.class)
                .findOne()
                .flatMap(id -> byId(handle, id))
                .<StoreResult>map(stored -> new StoreResult.Stored(kept(stored.user(), content)))
                .orElse(new StoreResult.Taken());
    }

    /** Rejects a change that the table cannot store. */
    void check(User changed, @Nullable PasswordHash hash) {
        checked(Content.of(changed, hash));
    }

    StoreResult update(Handle handle, User changed, @Nullable PasswordHash hash) {
        long id = changed.id().value();
        Optional<MappedUserReader.Read> before = locked(handle, id);
        if (before.isEmpty() || before.get().stored().user().version() != changed.version()) {
            return new StoreResult.Stale();
        }
        User user = before.get().stored().user();
        Content content = table.identifiers()
                .written(
                        Content.of(hash == null ? changed : dated(changed, before.get()), hash),
                        user.email(),
                        user.username());
        return isTaken(handle, content, id)
                ? new StoreResult.Taken()
                : Attempt.unlessTaken(handle, () -> updated(handle, content, id))
                        .orElse(new StoreResult.Taken());
    }

    private User dated(User changed, MappedUserReader.Read before) {
        Optional<TimeColumn> column = table.columns().time(Event.PASSWORD_CHANGED);
        if (column.isEmpty()) {
            return changed;
        }
        Instant time = PasswordOrder.time(
                changed.passwordChangedAt(),
                before.tokenIssuedAt(),
                before.stored().user().passwordChangedAt(),
                Times.step(column.get().unit()));
        return changed.toBuilder().passwordChangedAt(time).build();
    }

    private StoreResult updated(Handle handle, Content content, long id) {
        write(handle.createUpdate(table.sql().update), content, true)
                .bind("id", id)
                .execute();
        return byId(handle, id)
                .<StoreResult>map(stored -> new StoreResult.Stored(kept(stored.user(), content)))
                .orElseGet(StoreResult.Stale::new);
    }

    /** Rejects a number that the column rounded, such as one of 20 digits in SQLite; the exception ends the transaction. */
    private User kept(User stored, Content content) {
        table.attributes().checkNumbers(content.attributes(), stored.attributes());
        return stored;
    }

    private <S extends SqlStatement<S>> S write(S statement, Content content, boolean changesOnly) {
        for (Cell cell : table.sql().cells) {
            if (cell.changes() || !changesOnly) {
                statement.bind(
                        cell.parameter(), table.vendor().untyped(cell.text().of(content)));
            }
        }
        return statement.bind("hash", new HiddenHash(content.hash()));
    }

    // A separate query first, because the table may lack a unique index over the compared form.
    private boolean isTaken(Handle handle, Content content, long except) {
        Query query = handle.createQuery(table.sql().taken).bind("id", except);
        if (table.columns().has(EmailColumn.class)) {
            table.identifiers().bindEmail(query, content.email());
        }
        if (table.columns().has(UsernameColumn.class)) {
            table.identifiers().bindUsername(query, content.username());
        }
        if (table.columns().has(UuidColumn.class)) {
            query.bind("uuid", table.vendor().untyped(content.uuid().toString()));
        }
        return query.map(table.rows()).list().stream()
                .map(read -> read.stored().user())
                .anyMatch(other -> same(other.email(), content.email())
                        || same(other.username(), content.username())
                        || other.uuid().equals(content.uuid()));
    }

    private static boolean same(@Nullable Identifier one, @Nullable Identifier other) {
        return one != null && one.equals(other);
    }

    // Rejected, because otherwise the database would store it with loss.
    private Content checked(Content content) {
        Columns columns = table.columns();
        String name = columns.mapping().table();
        table.attributes().check(content.attributes());
        if (!isWritable(content.email()) || !isWritable(content.username())) {
            throw new IllegalArgumentException("nobody could be found by this e-mail address or username");
        }
        if (!content.status().mayLogIn() && !columns.has(StatusColumn.class)) {
            throw new IllegalArgumentException(name + " has no column for users who may not log in");
        }
        if ((content.email() != null && !columns.has(EmailColumn.class))
                || (content.username() != null && !columns.has(UsernameColumn.class))) {
            throw new IllegalArgumentException(name + " has a column for one kind of identifier only");
        }
        return content;
    }

    // Databases store no unpaired surrogates, and PostgreSQL stores no NUL.
    private static boolean isWritable(@Nullable Identifier identifier) {
        return identifier == null
                || (WholeText.isWhole(identifier.text()) && identifier.text().indexOf('\0') < 0);
    }
}
