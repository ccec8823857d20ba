package dev.countersign.jdbi.internal.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.jdbi.JdbiAuthStores;
import dev.countersign.jdbi.Postgres;
import dev.countersign.jdbi.Samples;
import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.jdbi.table.TableNames;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/** Asks both planners, over 20 000 counts, for the plan of every statement about failed logins. */
class ThrottleIndexTest {

    private static final Pattern PARAMETER = Pattern.compile(":[a-z_0-9]+");

    @TempDir
    Path folder;

    @Test
    void every_statement_uses_an_index_on_sqlite() throws SQLException {
        Jdbi jdbi = Samples.fresh(Vendor.SQLITE, folder);
        JdbiAuthStores.over(jdbi).migrate();
        try (Handle handle = jdbi.open()) {
            handle.execute("""
                    INSERT INTO auth_throttle (throttle_key, failures, failed_at, leak, expires_at)
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
                    SELECT 'u' || i, 1.0, i, 0.0, i FROM n""");
            handle.execute("ANALYZE");
            for (ThrottleSql sql : ThrottleSql.values()) {
                assertThat(plan(handle, "EXPLAIN QUERY PLAN " + sql.in(TableNames.STANDARD), "detail"))
                        .as(sql.name())
                        .noneMatch(line -> line.startsWith("SCAN") && !line.contains("VALUES"));
            }
        }
    }

    @Test
    void every_statement_uses_an_index_on_postgresql() throws SQLException {
        PGSimpleDataSource server = Postgres.withoutPool();
        // Otherwise the driver expects a value for every $1.
        server.setPreferQueryMode(PreferQueryMode.SIMPLE);
        Jdbi jdbi = Jdbi.create(server);
        JdbiAuthStores.over(jdbi).migrate();
        try (Handle handle = jdbi.open()) {
            handle.execute("""
                    INSERT INTO auth_throttle (throttle_key, failures, failed_at, leak, expires_at)
                    SELECT 'u' || i, 1, i, 0, i FROM generate_series(1, 20000) AS i""");
            handle.execute("ANALYZE");
            for (ThrottleSql sql : ThrottleSql.values()) {
                assertThat(plan(
                                handle,
                                "EXPLAIN (GENERIC_PLAN) " + numbered(sql.in(TableNames.STANDARD)),
                                "QUERY PLAN"))
                        .as(sql.name())
                        // In a table of this size the sweep's batch is found faster by reading all of it.
                        .noneMatch(line -> line.contains("Seq Scan") && sql != ThrottleSql.SWEEP);
            }
        }
    }

    private static List<String> plan(Handle handle, String explain, String column) throws SQLException {
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
