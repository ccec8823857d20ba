package dev.countersign.jdbi.internal.throttle;

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

/** Asks both planners, over 20 000 counts, for the plan of every statement about failed logins. */
class ThrottleIndexTest {

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
                    INSERT INTO auth_throttle (throttle_key, failures, failed_at, leak, expires_at)
                    SELECT 'u' || i, 1, i, 0, i FROM generate_series(1, 20000) AS i""");
            handle.execute("ANALYZE");
            for (ThrottleSql sql : ThrottleSql.values()) {
                assertThat(Plans.ofPostgres(handle, sql.in(TableNames.STANDARD)))
                        .as(sql.name())
                        // In a table of this size the sweep's batch is found faster by reading all of it.
                        .noneMatch(line -> line.contains("Seq Scan") && sql != ThrottleSql.SWEEP);
            }
        }
    }
}
