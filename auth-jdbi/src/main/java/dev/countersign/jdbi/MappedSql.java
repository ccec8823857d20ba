package dev.countersign.jdbi;

import static dev.countersign.jdbi.TableMapping.quoted;

import com.google.common.collect.ImmutableList;
import dev.countersign.jdbi.MappedColumn.Comparison;
import dev.countersign.jdbi.MappedColumn.EmailColumn;
import dev.countersign.jdbi.MappedColumn.Event;
import dev.countersign.jdbi.MappedColumn.TimeColumn;
import dev.countersign.jdbi.MappedColumn.Unit;
import dev.countersign.jdbi.MappedColumn.UsernameColumn;
import dev.countersign.jdbi.MappedColumn.UuidColumn;
import dev.countersign.jdbi.MappedColumn.VersionColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The statements about a mapped table. Columns are always named with their table: SQLite takes a misspelt name in quotes for a text
 * otherwise.
 */
final class MappedSql {

    private final TableMapping mapping;
    private final Vendor vendor;
    private final ImmutableList<MappedCell> cells;
    private final String from;
    private final String select;

    MappedSql(TableMapping mapping, Vendor vendor) {
        this.mapping = mapping;
        this.vendor = vendor;
        this.cells = MappedCell.of(mapping, vendor);
        this.from = " FROM " + mapping.quotedTable() + " AS t";
        List<String> columns = new ArrayList<>();
        columns.add(qualified(mapping.id()) + " AS id");
        columns.add(qualified(mapping.hash()) + " AS hash");
        for (int i = 0; i < mapping.columns().size(); i++) {
            columns.add(expression(mapping.columns().get(i)) + " AS c" + i);
        }
        this.select = "SELECT " + String.join(", ", columns) + from;
    }

    ImmutableList<MappedCell> cells() {
        return cells;
    }

    private String expression(MappedColumn column) {
        String name = qualified(column.column());
        return column instanceof TimeColumn time && time.unit() == Unit.TIMESTAMP ? vendor.readTimestamp(name) : name;
    }

    private static String qualified(String column) {
        return "t." + quoted(column);
    }

    /** No rows; the first column is the number. */
    String check() {
        return "SELECT " + qualified(mapping.id()) + ", "
                + cells.stream().map(cell -> qualified(cell.column())).collect(Collectors.joining(", "))
                + ", q.* FROM " + mapping.quotedTable() + " AS t, (" + select + ") AS q WHERE 1 = 0";
    }

    String byId() {
        return select + " WHERE " + qualified(mapping.id()) + " = :id";
    }

    String byIdLocked() {
        return byId() + vendor.rowLock();
    }

    Optional<String> byUuid() {
        return mapping.column(UuidColumn.class).map(uuid -> select + " WHERE " + qualified(uuid.column()) + " = :uuid");
    }

    Optional<String> byEmail() {
        return mapping.column(EmailColumn.class)
                .map(email ->
                        select + " WHERE " + condition(email.column(), email.comparison(), email.folded(), ":email"));
    }

    Optional<String> byUsername() {
        return mapping.column(UsernameColumn.class)
                .map(name ->
                        select + " WHERE " + condition(name.column(), name.comparison(), name.folded(), ":username"));
    }

    /** Any of the three forms that MappedIdentifiers binds. */
    private static String condition(
            String column, @Nullable Comparison comparison, @Nullable String folded, String value) {
        UnaryOperator<String> form = comparison == null ? UnaryOperator.identity() : comparison::of;
        return form.apply(qualified(folded == null ? column : folded)) + " IN (" + form.apply(value) + ", "
                + form.apply(value + "_2") + ", " + form.apply(value + "_3") + ")";
    }

    /** No rows, of one column. */
    String column(String column) {
        return "SELECT " + qualified(column) + from + " WHERE 1 = 0";
    }

    /** 1 or 0: whether the database tells capital from small letters in a column of text; there need be no row. */
    String isCaseSensitive(String column) {
        return "SELECT CASE WHEN q.x = 'a' THEN 0 ELSE 1 END FROM (SELECT " + qualified(column) + " AS x" + from
                + " WHERE 1 = 0 UNION ALL SELECT 'A') AS q";
    }

    /** Other users who have the UUID, or any form of the e-mail address or username. */
    String taken() {
        List<String> conditions = new ArrayList<>();
        mapping.column(EmailColumn.class)
                .ifPresent(email ->
                        conditions.add(condition(email.column(), email.comparison(), email.folded(), ":email")));
        mapping.column(UsernameColumn.class)
                .ifPresent(name ->
                        conditions.add(condition(name.column(), name.comparison(), name.folded(), ":username")));
        mapping.column(UuidColumn.class).ifPresent(uuid -> conditions.add(qualified(uuid.column()) + " = :uuid"));
        String other = " AND " + qualified(mapping.id()) + " <> :id";
        return conditions.stream()
                .map(condition -> select + " WHERE " + condition + other)
                .collect(Collectors.joining(" UNION ALL "));
    }

    String insert() {
        String columns =
                cells.stream().map(cell -> ", " + quoted(cell.column())).collect(Collectors.joining());
        String values = cells.stream().map(cell -> ", :" + cell.parameter()).collect(Collectors.joining());
        return "INSERT INTO " + mapping.quotedTable() + " (" + quoted(mapping.hash()) + columns + ") VALUES (:hash"
                + values + ") ON CONFLICT DO NOTHING RETURNING " + quoted(mapping.id());
    }

    String update() {
        String sets = cells.stream()
                .filter(MappedCell::changes)
                .map(cell -> quoted(cell.column()) + " = :" + cell.parameter() + ", ")
                .collect(Collectors.joining());
        String version = mapping.column(VersionColumn.class)
                .map(column -> ", " + quoted(column.column()) + " = " + qualified(column.column()) + " + 1")
                .orElse("");
        return change(
                sets + quoted(mapping.hash()) + " = coalesce(:hash, " + qualified(mapping.hash()) + ")" + version);
    }

    String rehash() {
        return change(quoted(mapping.hash()) + " = :replacement") + " AND " + qualified(mapping.hash())
                + " = :expected";
    }

    /** Empty if the table does not know of logins. */
    Optional<String> recordLogin() {
        List<String> sets = new ArrayList<>();
        mapping.time(Event.LAST_LOGIN).ifPresent(last -> {
            mapping.time(Event.PREVIOUS_LOGIN)
                    .ifPresent(previous -> sets.add(quoted(previous.column()) + " = " + qualified(last.column())));
            sets.add(quoted(last.column()) + " = :at");
        });
        mapping.time(Event.TOKEN_ISSUED).ifPresent(issued -> sets.add(quoted(issued.column()) + " = :issued"));
        return sets.isEmpty() ? Optional.empty() : Optional.of(change(String.join(", ", sets)));
    }

    private String change(String sets) {
        return "UPDATE " + mapping.quotedTable() + " AS t SET " + sets + " WHERE " + qualified(mapping.id()) + " = :id";
    }

    String delete() {
        return "DELETE" + from + " WHERE " + qualified(mapping.id()) + " = :id";
    }

    String page() {
        return select + " WHERE " + qualified(mapping.id()) + " > :after ORDER BY " + qualified(mapping.id())
                + " LIMIT :limit";
    }
}
