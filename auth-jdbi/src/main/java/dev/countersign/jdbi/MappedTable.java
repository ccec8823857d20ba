package dev.countersign.jdbi;

import com.google.common.collect.ImmutableSet;
import dev.countersign.jdbi.MappedColumn.Comparison;
import dev.countersign.jdbi.MappedColumn.EmailColumn;
import dev.countersign.jdbi.MappedColumn.UsernameColumn;
import java.sql.JDBCType;
import java.sql.SQLException;
import java.sql.Types;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Looks at an application's table before it is used: whether the columns are there, and how the database compares them. */
final class MappedTable {

    private static final ImmutableSet<Integer> INTEGERS =
            ImmutableSet.of(Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT);
    private static final ImmutableSet<Integer> TEXTS =
            ImmutableSet.of(Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR, Types.CLOB);

    private MappedTable() {}

    static MappedIdentifiers check(Database database, TableMapping mapping) {
        return database.run("looking at the table " + mapping.table(), handle -> {
            MappedSql sql = new MappedSql(mapping, database.vendor(handle));
            checkNumber(handle, sql, mapping);
            return new MappedIdentifiers(
                    mapping,
                    comparedAsTheyAre(mapping)
                            .filter(column -> isCaseSensitive(handle, sql, column))
                            .collect(ImmutableSet.toImmutableSet()));
        });
    }

    private static void checkNumber(Handle handle, MappedSql sql, TableMapping mapping) {
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

    private static Stream<String> comparedAsTheyAre(TableMapping mapping) {
        return Stream.concat(
                mapping.all(EmailColumn.class)
                        .filter(email -> email.comparison() == Comparison.AS_IT_IS)
                        .map(EmailColumn::column),
                mapping.all(UsernameColumn.class)
                        .filter(name -> name.comparison() == Comparison.AS_IT_IS)
                        .map(UsernameColumn::column));
    }

    private static boolean isCaseSensitive(Handle handle, MappedSql sql, String column) {
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
