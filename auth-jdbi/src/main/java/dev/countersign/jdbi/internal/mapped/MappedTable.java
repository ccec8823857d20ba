package dev.countersign.jdbi.internal.mapped;

import com.google.common.collect.ImmutableSet;
import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.jdbi.table.MappedColumn.Comparison;
import dev.countersign.jdbi.table.MappedColumn.EmailColumn;
import dev.countersign.jdbi.table.MappedColumn.UsernameColumn;
import dev.countersign.jdbi.table.TableMapping;
import java.sql.JDBCType;
import java.sql.SQLException;
import java.sql.Types;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * A mapped table after one check: its columns exist, and it is known how the database compares them.
 *
 * @param columns the columns by meaning
 * @param vendor the database
 * @param sql the statements
 * @param rows turns rows into users
 * @param identifiers prepares identifiers for looking up and storing
 * @param attributes converts the free attributes
 */
record MappedTable(
        Columns columns,
        Vendor vendor,
        Statements sql,
        MappedUserReader rows,
        Identifiers identifiers,
        Attributes attributes) {

    private static final ImmutableSet<Integer> INTEGERS =
            ImmutableSet.of(Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT);
    private static final ImmutableSet<Integer> TEXTS =
            ImmutableSet.of(Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR, Types.CLOB);

    static MappedTable checked(Database database, TableMapping mapping) {
        return database.run("looking at the table " + mapping.table(), handle -> {
            Vendor vendor = database.vendor(handle);
            Columns columns = new Columns(mapping);
            Statements sql = new Statements(columns, vendor);
            checkNumber(handle, sql, mapping);
            ImmutableSet<String> caseSensitive = comparedAsTheyAre(columns)
                    .filter(column -> isCaseSensitive(handle, sql, column))
                    .collect(ImmutableSet.toImmutableSet());
            return new MappedTable(
                    columns,
                    vendor,
                    sql,
                    new MappedUserReader(columns, vendor),
                    new Identifiers(columns, vendor, caseSensitive),
                    new Attributes(columns));
        });
    }

    private static void checkNumber(Handle handle, Statements sql, TableMapping mapping) {
        int type = handle.createQuery(sql.check())
                .scanResultSet((row, context) -> row.get().getMetaData().getColumnType(1));
        if (!INTEGERS.contains(type)) {
            throw new IllegalArgumentException(
                    "the column " + mapping.id() + " of " + mapping.table() + " is no smallint, integer or bigint ("
                            + JDBCType.valueOf(type).getName()
                            + " for JDBC): users have numbers. Add such a column beside a key"
                            + " that is a UUID or a text; docs/storage.md says how");
        }
    }

    private static Stream<String> comparedAsTheyAre(Columns columns) {
        return Stream.concat(
                columns.all(EmailColumn.class)
                        .filter(email -> email.comparison() == Comparison.AS_IT_IS)
                        .map(EmailColumn::column),
                columns.all(UsernameColumn.class)
                        .filter(name -> name.comparison() == Comparison.AS_IT_IS)
                        .map(UsernameColumn::column));
    }

    private static boolean isCaseSensitive(Handle handle, Statements sql, String column) {
        boolean isText = handle.createQuery(sql.column(column))
                .scanResultSet((row, context) -> isText(
                        row.get().getMetaData().getColumnType(1),
                        row.get().getMetaData().getColumnTypeName(1)));
        return isText
                && handle.createQuery(sql.isCaseSensitive(column))
                                .mapTo(Integer.class)
                                .one()
                        == 1;
    }

    private static boolean isText(int type, String name) throws SQLException {
        return TEXTS.contains(type) || name.equals("citext");
    }
}
