package dev.countersign.jdbi.internal.mapped;

import static dev.countersign.jdbi.internal.sql.Quoted.name;

import com.google.common.collect.ImmutableList;
import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.jdbi.table.MappedColumn;
import dev.countersign.jdbi.table.MappedColumn.Comparison;
import dev.countersign.jdbi.table.MappedColumn.EmailColumn;
import dev.countersign.jdbi.table.MappedColumn.Event;
import dev.countersign.jdbi.table.MappedColumn.PropertyColumn;
import dev.countersign.jdbi.table.MappedColumn.TimeColumn;
import dev.countersign.jdbi.table.MappedColumn.UsernameColumn;
import dev.countersign.jdbi.table.MappedColumn.UuidColumn;
import dev.countersign.jdbi.table.MappedColumn.VersionColumn;
import dev.countersign.user.UserProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The SQL statements for a mapped table, made once. Columns are always qualified with the table: otherwise SQLite reads a misspelt quoted name as a
 * string.
 */
final class Statements {

    final ImmutableList<Cell> cells;

    final String byId;
    final String byIdLocked;
    /** Null if no column has the UUID. */
    final @Nullable String byUuid;
    /** Null if no column has the e-mail address. */
    final @Nullable String byEmail;
    /** Null if no column has the username. */
    final @Nullable String byUsername;
    /** Finds other users with the same UUID, or with any form of the e-mail address or username. */
    final String taken;

    final String page;
    final String insert;
    final String update;
    final String rehash;
    /** Null if the table stores no login times. */
    final @Nullable String recordLogin;

    final String delete;

    private final Columns columns;
    private final String from;
    private final String select;

    Statements(Columns columns, Vendor vendor) {
        this.columns = columns;
        this.cells = Cell.of(columns, vendor);
        this.from = " FROM " + columns.table() + " AS t";
        this.select = select(columns, vendor) + from;

        String id = qualified(columns.mapping().id());
        this.byId = select + " WHERE " + id + " = :id";
        this.byIdLocked = byId + vendor.rowLock();
        this.byUuid =
                by(columns.one(UuidColumn.class).map(Statements::condition).orElse(null));
        this.byEmail =
                by(columns.one(EmailColumn.class).map(Statements::condition).orElse(null));
        this.byUsername =
                by(columns.one(UsernameColumn.class).map(Statements::condition).orElse(null));
        this.taken = Stream.of(byEmail, byUsername, byUuid)
                .flatMap(Stream::ofNullable)
                .map(sql -> sql + " AND " + id + " <> :id")
                .collect(Collectors.joining(" UNION ALL "));
        this.page = select + " WHERE " + id + " > :after ORDER BY " + id + " LIMIT :limit";
        this.insert = insert();
        this.update = update();
        String hash = columns.mapping().hash();
        this.rehash = change(name(hash) + " = :replacement") + " AND " + qualified(hash) + " = :expected";
        this.recordLogin = recordLogin();
        this.delete = "DELETE" + from + " WHERE " + id + " = :id";
    }

    private static String select(Columns columns, Vendor vendor) {
        List<String> selected = new ArrayList<>();
        selected.add(qualified(columns.mapping().id()) + " AS id");
        selected.add(qualified(columns.mapping().hash()) + " AS hash");
        List<MappedColumn> all = columns.mapping().columns();
        for (int i = 0; i < all.size(); i++) {
            String column = qualified(all.get(i).column());
            selected.add(selected(all.get(i), vendor, column) + " AS c" + i);
        }
        return "SELECT " + String.join(", ", selected);
    }

    private static String selected(MappedColumn column, Vendor vendor, String name) {
        if (column instanceof TimeColumn time) {
            return Times.selected(time.unit(), vendor, name);
        }
        return column instanceof PropertyColumn property && property.property().kind() == UserProperty.Kind.TIME
                ? Times.selected(property.unit(), vendor, name)
                : name;
    }

    static String qualified(String column) {
        return "t." + name(column);
    }

    private @Nullable String by(@Nullable String condition) {
        return condition == null ? null : select + " WHERE " + condition;
    }

    private static String condition(UuidColumn uuid) {
        return qualified(uuid.column()) + " = :uuid";
    }

    private static String condition(EmailColumn email) {
        return condition(email.column(), email.comparison(), email.folded(), ":email");
    }

    private static String condition(UsernameColumn name) {
        return condition(name.column(), name.comparison(), name.folded(), ":username");
    }

    /** A condition that matches any of the three forms that {@link Identifiers} binds. */
    private static String condition(
            String column, @Nullable Comparison comparison, @Nullable String folded, String value) {
        UnaryOperator<String> form =
                comparison == Comparison.LOWER_CASE ? sql -> "lower(" + sql + ")" : UnaryOperator.identity();
        return form.apply(qualified(folded == null ? column : folded)) + " IN (" + form.apply(value) + ", "
                + form.apply(value + "_2") + ", " + form.apply(value + "_3") + ")";
    }

    private String insert() {
        String names = cells.stream().map(cell -> ", " + name(cell.column())).collect(Collectors.joining());
        String values = cells.stream().map(cell -> ", :" + cell.parameter()).collect(Collectors.joining());
        return "INSERT INTO " + columns.table() + " (" + name(columns.mapping().hash()) + names + ") VALUES (:hash"
                + values + ") ON CONFLICT DO NOTHING RETURNING "
                + name(columns.mapping().id());
    }

    private String update() {
        String sets = cells.stream()
                .filter(Cell::changes)
                .map(cell -> name(cell.column()) + " = :" + cell.parameter() + ", ")
                .collect(Collectors.joining());
        String version = columns.one(VersionColumn.class)
                .map(column -> ", " + name(column.column()) + " = " + qualified(column.column()) + " + 1")
                .orElse("");
        String hash = columns.mapping().hash();
        return change(sets + name(hash) + " = coalesce(:hash, " + qualified(hash) + ")" + version);
    }

    private @Nullable String recordLogin() {
        List<String> sets = new ArrayList<>();
        columns.time(Event.LAST_LOGIN).ifPresent(last -> {
            columns.time(Event.PREVIOUS_LOGIN)
                    .ifPresent(previous -> sets.add(name(previous.column()) + " = " + qualified(last.column())));
            sets.add(name(last.column()) + " = :at");
        });
        columns.time(Event.TOKEN_ISSUED).ifPresent(issued -> sets.add(name(issued.column()) + " = :issued"));
        return sets.isEmpty() ? null : change(String.join(", ", sets));
    }

    private String change(String sets) {
        return "UPDATE " + columns.table() + " AS t SET " + sets + " WHERE "
                + qualified(columns.mapping().id()) + " = :id";
    }

    /** Returns no rows; the first column is the number. */
    String check() {
        return "SELECT " + qualified(columns.mapping().id()) + ", "
                + cells.stream().map(cell -> qualified(cell.column())).collect(Collectors.joining(", "))
                + ", q.*" + from + ", (" + select + ") AS q WHERE 1 = 0";
    }

    /** Returns no rows; selects one column. */
    String column(String column) {
        return "SELECT " + qualified(column) + from + " WHERE 1 = 0";
    }

    /** Returns 1 or 0: whether the database compares a text column case-sensitively, also in an empty table. */
    String isCaseSensitive(String column) {
        return "SELECT CASE WHEN q.x = 'a' THEN 0 ELSE 1 END FROM (SELECT " + qualified(column) + " AS x" + from
                + " WHERE 1 = 0 UNION ALL SELECT 'A') AS q";
    }
}
