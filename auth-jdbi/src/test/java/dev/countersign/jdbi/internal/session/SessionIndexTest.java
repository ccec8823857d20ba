package dev.countersign.jdbi.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.jdbi.JdbiAuthStores;
import dev.countersign.jdbi.Samples;
import dev.countersign.jdbi.internal.sql.Plans;
import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.jdbi.table.TableNames;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks both planners, over 20 000 sessions, for the plan of every statement about sessions. */
class SessionIndexTest {

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
                assertThat(Plans.ofSqlite(handle, sql.in(TableNames.STANDARD)))
                        .as(sql.name())
                        .noneMatch(line -> line.startsWith("SCAN") && !line.contains("VALUES"));
            }
        }
    }

    @Test
    void every_statement_uses_an_index_on_postgresql() throws SQLException {
        Jdbi jdbi = Plans.freshPostgres();
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
                assertThat(Plans.ofPostgres(handle, sql.in(TableNames.STANDARD)))
                        .as(sql.name())
                        // In a table of this size the sweep's batch is found faster by reading all of it.
                        .noneMatch(line -> line.contains("Seq Scan") && sql != SessionSql.DELETE_EXPIRED);
            }
        }
    }
}
