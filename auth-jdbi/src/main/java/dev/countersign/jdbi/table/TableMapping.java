package dev.countersign.jdbi.table;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.countersign.jdbi.table.MappedColumn.AttributeColumn;
import dev.countersign.jdbi.table.MappedColumn.EmailColumn;
import dev.countersign.jdbi.table.MappedColumn.Event;
import dev.countersign.jdbi.table.MappedColumn.PropertyColumn;
import dev.countersign.jdbi.table.MappedColumn.TimeColumn;
import dev.countersign.jdbi.table.MappedColumn.UsernameColumn;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An application's own table of users.
 *
 * @param table the table's name, with its schema before a dot if it has one
 * @param id the column of the user's number: a smallint, integer or bigint, positive, unique, assigned by the database and never reused; a table
 *     whose key is a UUID or a text needs another column for it
 * @param hash the column of the password hash, null for users without password
 * @param columns the other columns that Countersign may use; any number of attributes, at most one of every other kind
 * @param feedsChanges whether a trigger of the table reports changed and deleted users, see {@link #feedingChanges}
 */
public record TableMapping(String table, String id, String hash, List<MappedColumn> columns, boolean feedsChanges) {

    /** Rejects a table without a column that identifies users at login, and columns with the same meaning. */
    public TableMapping {
        requireNonNull(table, "table");
        requireNonNull(id, "id");
        requireNonNull(hash, "hash");
        requireNonNull(columns, "columns");
        columns = List.copyOf(columns);
        if (columns.stream().noneMatch(c -> c instanceof EmailColumn || c instanceof UsernameColumn)) {
            throw new IllegalArgumentException("users have an e-mail address, a username or both: " + table);
        }
        Set<String> meanings = new HashSet<>();
        for (MappedColumn column : columns) {
            if (!meanings.add(meaning(column))) {
                throw new IllegalArgumentException(table + " has two columns for " + meaning(column));
            }
        }
        Set<Object> loginUnits = columns.stream()
                .flatMap(column -> column instanceof TimeColumn time ? Stream.of(time) : Stream.of())
                .filter(time -> time.event() == Event.LAST_LOGIN || time.event() == Event.PREVIOUS_LOGIN)
                .map(TimeColumn::unit)
                .collect(Collectors.toSet());
        if (loginUnits.size() > 1) {
            throw new IllegalArgumentException("both logins of " + table + " are written in the same unit");
        }
    }

    /**
     * A table without a trigger that reports changes: its users are read with each request.
     *
     * @param table the table's name, with its schema before a dot if it has one
     * @param id the column of the user's number
     * @param hash the column of the password hash
     * @param columns the other columns
     */
    public TableMapping(String table, String id, String hash, List<MappedColumn> columns) {
        this(table, id, hash, columns, false);
    }

    /**
     * The same mapping of a table with a trigger that inserts the number of every changed or deleted user into Countersign's table of changes, as
     * docs/storage.md shows. Users are then remembered between requests until a change is reported. {@code usersIn} refuses a table without such a
     * trigger.
     *
     * @return the mapping
     */
    public TableMapping feedingChanges() {
        return new TableMapping(table, id, hash, columns, true);
    }

    /** {@return the mapping of a table with the given columns} */
    public static TableMapping of(String table, String id, String hash, MappedColumn... columns) {
        requireNonNull(columns, "columns");

        return new TableMapping(table, id, hash, ImmutableList.copyOf(columns));
    }

    private static String meaning(MappedColumn column) {
        if (column instanceof AttributeColumn attribute) {
            return "attribute " + attribute.name();
        }
        if (column instanceof PropertyColumn property) {
            return "property " + property.property();
        }
        if (column instanceof TimeColumn time) {
            return (time.event() == Event.UPDATED_OR_CREATED ? Event.UPDATED : time.event()).name();
        }
        return column.getClass().getSimpleName();
    }
}
