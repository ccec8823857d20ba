package dev.countersign.jdbi.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.jdbi.JdbiAuthStores;
import dev.countersign.jdbi.Samples;
import dev.countersign.jdbi.internal.sql.Plans;
import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.jdbi.table.TableNames;
import dev.countersign.user.UserProperties;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks both planners, over 20 000 users, for the plan of every statement there is. */
class IndexTest {

    @TempDir
    Path folder;

    @Test
    void every_statement_uses_an_index_on_sqlite() throws SQLException {
        Jdbi jdbi = Samples.fresh(Vendor.SQLITE, folder);
        JdbiAuthStores.over(jdbi).migrate();
        try (Handle handle = jdbi.open()) {
            handle.execute("""
                    INSERT INTO auth_users (uuid, email, email_folded, username, username_folded, status, attributes, created_at, version)
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
                    SELECT 'u' || i, 'e' || i, 'e' || i, 'n' || i, 'n' || i, 'ACTIVE', '{}', 0, 1 FROM n""");
            handle.execute("ANALYZE");
            for (UserSql sql : UserSql.values()) {
                List<String> plan = Plans.ofSqlite(handle, sql.in(TableNames.STANDARD, UserProperties.KNOWN));
                assertThat(plan).as(sql.name()).noneMatch(line -> line.startsWith("SCAN"));
                if (sql != UserSql.INSERT) {
                    assertThat(plan).as(sql.name()).anyMatch(line -> line.startsWith("SEARCH"));
                }
            }
            assertThat(Plans.ofSqlite(handle, "SELECT * FROM auth_users WHERE email = ''"))
                    .as("a scan looks like this")
                    .anyMatch(line -> line.startsWith("SCAN"));
        }
    }

    @Test
    void every_statement_uses_an_index_on_postgresql() throws SQLException {
        Jdbi jdbi = Plans.freshPostgres();
        JdbiAuthStores.over(jdbi).migrate();
        try (Handle handle = jdbi.open()) {
            handle.execute("""
                    INSERT INTO auth_users (uuid, email, email_folded, username, username_folded, status, attributes, created_at, version)
                    SELECT gen_random_uuid(), 'e' || i, 'e' || i, 'n' || i, 'n' || i, 'ACTIVE', '{}', 0, 1
                    FROM generate_series(1, 20000) AS i""");
            handle.execute("ANALYZE");
            for (UserSql sql : UserSql.values()) {
                List<String> plan = Plans.ofPostgres(handle, sql.in(TableNames.STANDARD, UserProperties.KNOWN));
                assertThat(plan).as(sql.name()).noneMatch(line -> line.contains("Seq Scan"));
                if (sql != UserSql.INSERT) {
                    assertThat(plan).as(sql.name()).anyMatch(line -> line.contains("Index"));
                }
            }
            assertThat(Plans.ofPostgres(handle, "SELECT * FROM auth_users WHERE email = ''"))
                    .as("a scan looks like this")
                    .anyMatch(line -> line.contains("Seq Scan"));
        }
    }
}
