package dev.countersign.jdbi.internal.sql;

import dev.countersign.jdbi.Postgres;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/** Asks a database how it would run a statement. */
public final class Plans {

    private static final Pattern PARAMETER = Pattern.compile(":[a-z_]+");

    private Plans() {}

    /** {@return an empty PostgreSQL database that explains statements without values} */
    public static Jdbi freshPostgres() {
        PGSimpleDataSource server = Postgres.withoutPool();
        // Otherwise the driver expects a value for every $1.
        server.setPreferQueryMode(PreferQueryMode.SIMPLE);
        return Jdbi.create(server);
    }

    /** The lines of SQLite's plan. */
    public static List<String> ofSqlite(Handle handle, String sql) throws SQLException {
        return lines(handle, "EXPLAIN QUERY PLAN " + sql, "detail");
    }

    /** The lines of PostgreSQL's plan for any values. */
    public static List<String> ofPostgres(Handle handle, String sql) throws SQLException {
        return lines(handle, "EXPLAIN (GENERIC_PLAN) " + numbered(sql), "QUERY PLAN");
    }

    private static List<String> lines(Handle handle, String explain, String column) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement statement = handle.getConnection().createStatement();
                ResultSet rows = statement.executeQuery(explain)) {
            while (rows.next()) {
                lines.add(rows.getString(column));
            }
        }
        return lines;
    }

    // One number per name, so that the planner sees the same value where we bind the same.
    private static String numbered(String sql) {
        List<String> names = new ArrayList<>();
        return PARAMETER.matcher(sql).replaceAll(found -> {
            if (!names.contains(found.group())) {
                names.add(found.group());
            }
            return Matcher.quoteReplacement("$" + (names.indexOf(found.group()) + 1));
        });
    }
}
