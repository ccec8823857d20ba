package dev.countersign.jdbi.internal.session;

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

/** Asks both planners, over 20 000 sessions, for the plan of every statement about sessions. */
class SessionIndexTest {

    private static final Pattern PARAMETER = Pattern.compile(":[a-z_]+");

    @TempDir
    Path folder;

    @Test
    void every_statement_uses_an_index_on_sqlite() throws SQLException {
        Jdbi jdbi = Samples.fresh(Vendor.SQLITE, folder);
        JdbiAuthStores.over(jdbi).migrate();
        try (Handle handle = jdbi.open()) {
            handle.execute("""
                    INSERT INTO auth_sessions (id, mount, user_id, started_at, last_used_at, expires_at, ends_with_password, client)
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
                    SELECT 's' || i, 'standard', i, i, i, i, 1, '' FROM n""");
            handle.execute("""
                    INSERT INTO auth_session_tokens (token_key, kind, session_id, token_id, issued_at, expires_at)
                    SELECT 'k' || id, 'ACCESS', id, id, expires_at, expires_at FROM auth_sessions""");
            handle.execute("INSERT INTO auth_session_ends (user_id, ended_at) SELECT user_id, 0 FROM auth_sessions");
            handle.execute("ANALYZE");
            for (SessionSql sql : SessionSql.values()) {
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
                    INSERT INTO auth_sessions (id, mount, user_id, started_at, last_used_at, expires_at, ends_with_password, client)
                    SELECT gen_random_uuid(), 'standard', i, i, i, i, 1, '' FROM generate_series(1, 20000) AS i""");
            handle.execute("""
                    INSERT INTO auth_session_tokens (token_key, kind, session_id, token_id, issued_at, expires_at)
                    SELECT CAST(id AS text), 'ACCESS', id, CAST(id AS text), expires_at, expires_at FROM auth_sessions""");
            handle.execute("INSERT INTO auth_session_ends (user_id, ended_at) SELECT user_id, 0 FROM auth_sessions");
            handle.execute("ANALYZE");
            for (SessionSql sql : SessionSql.values()) {
                assertThat(plan(
                                handle,
                                "EXPLAIN (GENERIC_PLAN) " + numbered(sql.in(TableNames.STANDARD)),
                                "QUERY PLAN"))
                        .as(sql.name())
                        // In a table of this size the sweep's batch is found faster by reading all of it.
                        .noneMatch(line -> line.contains("Seq Scan") && sql != SessionSql.DELETE_EXPIRED);
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
