package dev.countersign.jdbi.internal.folding;

import com.google.common.collect.ImmutableList;
import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.table.IdentifierProblem;
import dev.countersign.jdbi.table.TableNames;
import dev.countersign.user.Identifier;
import dev.countersign.user.UserId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Computes the folded forms of stored identifiers again, in batches. A row whose form another row already has gets a form of its own. */
public final class Refolding {

    /** Stands for the end of the table; higher than every user's number. */
    public static final long END = Long.MAX_VALUE;

    private static final int ROWS = 2000;

    private final String table;
    private final String id;
    private final ImmutableList<Column> columns;

    /** The columns of an identifier and of its folded form, quoted for SQL. */
    public record Column(String text, String folded) {}

    private record Row(long id, List<Stored> stored) {}

    private record Stored(@Nullable String text, @Nullable String folded) {}

    public Refolding(String table, String id, ImmutableList<Column> columns) {
        this.table = table;
        this.id = id;
        this.columns = columns;
    }

    public static Refolding of(TableNames names) {
        return new Refolding(
                names.table("users"),
                "id",
                ImmutableList.of(new Column("email", "email_folded"), new Column("username", "username_folded")));
    }

    /** Processes the whole table, each batch in a transaction of its own. */
    public void all(Database database) {
        long after = 0;
        while (after != END && !columns.isEmpty()) {
            long from = after;
            after = database.inTransaction("folding identifiers anew", handle -> batch(handle, from));
        }
    }

    /** Reports every identifier, and as a problem each one that another user has too or that has a form of a former release. */
    public void check(Database database, Consumer<IdentifierProblem> found, Consumer<Identifier> all) {
        long after = 0;
        while (after != END) {
            long from = after;
            List<Row> rows = database.run("checking identifiers", handle -> rows(handle, from));
            for (Row row : rows) {
                for (int i = 0; i < columns.size(); i++) {
                    check(database, row.id(), columns.get(i), row.stored().get(i), found, all);
                }
            }
            after = rows.size() < ROWS ? END : rows.get(rows.size() - 1).id();
        }
    }

    private void check(
            Database database,
            long user,
            Column column,
            Stored stored,
            Consumer<IdentifierProblem> found,
            Consumer<Identifier> all) {
        if (stored.text() == null || stored.folded() == null) {
            return;
        }
        Identifier identifier = Identifier.typed(stored.text());
        all.accept(identifier);
        FoldedForms forms = FoldedForms.of(identifier);
        if (stored.folded().equals(forms.folded())) {
            return;
        }
        IdentifierProblem problem = database.run(
                "checking identifiers",
                handle -> handle.createQuery("SELECT " + id + ", " + column.text() + " FROM " + table + " WHERE " + id
                                + " <> :id AND " + column.folded() + " = :folded")
                        .bind("id", user)
                        .bind("folded", forms.folded())
                        .map((row, context) -> new IdentifierProblem(
                                new UserId(user),
                                identifier,
                                Optional.of(new UserId(row.getLong(1))),
                                Optional.of(Identifier.typed(row.getString(2)))))
                        .findFirst()
                        .orElse(new IdentifierProblem(
                                new UserId(user), identifier, Optional.empty(), Optional.empty())));
        found.accept(problem);
    }

    /** Processes a batch; returns the number of its last user, or {@link #END}. */
    public long batch(Handle handle, long after) {
        List<Row> rows = rows(handle, after);
        for (Row row : rows) {
            for (int i = 0; i < columns.size(); i++) {
                refold(handle, row.id(), columns.get(i), row.stored().get(i));
            }
        }
        return rows.size() < ROWS ? END : rows.get(rows.size() - 1).id();
    }

    private List<Row> rows(Handle handle, long after) {
        String names = columns.stream()
                .map(column -> ", " + column.text() + ", " + column.folded())
                .collect(Collectors.joining());
        return handle.createQuery("SELECT " + id + names + " FROM " + table + " WHERE " + id + " > :after ORDER BY "
                        + id + " LIMIT " + ROWS)
                .bind("after", after)
                .map((row, context) -> {
                    ImmutableList.Builder<Stored> stored = ImmutableList.builder();
                    for (int i = 0; i < columns.size(); i++) {
                        stored.add(new Stored(row.getString(2 * i + 2), row.getString(2 * i + 3)));
                    }
                    return new Row(row.getLong(1), stored.build());
                })
                .list();
    }

    private void refold(Handle handle, long user, Column column, Stored stored) {
        if (stored.text() == null || stored.folded() == null) {
            return;
        }
        FoldedForms forms = FoldedForms.of(Identifier.typed(stored.text()));
        if (stored.folded().equals(forms.folded()) || forms.folded().isEmpty()) {
            return;
        }
        int changed = handle.createUpdate("UPDATE " + table + " SET " + column.folded() + " = :folded WHERE " + id
                        + " = :id AND NOT EXISTS (SELECT 1 FROM " + table + " AS other WHERE other." + column.folded()
                        + " = :folded)")
                .bind("folded", forms.folded())
                .bind("id", user)
                .execute();
        if (changed == 0 && !forms.isOne() && !stored.folded().equals(forms.shared())) {
            handle.createUpdate("UPDATE " + table + " SET " + column.folded() + " = :shared WHERE " + id + " = :id")
                    .bind("shared", forms.shared())
                    .bind("id", user)
                    .execute();
        }
    }
}
