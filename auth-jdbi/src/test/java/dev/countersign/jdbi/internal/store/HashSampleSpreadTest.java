package dev.countersign.jdbi.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.jdbi.JdbiAuthStores;
import dev.countersign.jdbi.Samples;
import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.user.UserId;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Samples of tables with many rows, and with numbers that leave gaps. */
class HashSampleSpreadTest {

    private static final String INSERT = """
            INSERT INTO auth_users (id, uuid, email, email_folded, status, attributes, password_hash, created_at, version)
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :users)
            SELECT i, :uuid, 'e' || i, 'e' || i, 'ACTIVE', '{}', 'h' || i, 0, 1 FROM n""";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void a_user_far_behind_the_others_does_not_hide_them(Vendor vendor) {
        Jdbi jdbi = filled(vendor, 300);
        jdbi.useHandle(handle -> handle.execute("UPDATE auth_users SET id = 1000000000000000 WHERE id = 300"));

        Set<UserId> sample = JdbiAuthStores.over(jdbi).hashSample().read(64).keySet();

        assertThat(sample).hasSizeBetween(16, 64).contains(new UserId(1), new UserId(1_000_000_000_000_000L));
        assertThat(sample.stream().filter(id -> id.value() > 150).count()).isBetween(8L, 40L);
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void the_highest_number_there_is_can_be_sampled(Vendor vendor) {
        Jdbi jdbi = filled(vendor, 3);
        jdbi.useHandle(handle -> handle.execute("UPDATE auth_users SET id = 9223372036854775807 WHERE id = 3"));

        assertThat(JdbiAuthStores.over(jdbi).hashSample().read(64)).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void no_sample_reads_a_whole_table(Vendor vendor) {
        Jdbi jdbi = filled(vendor, 20_000);
        jdbi.useHandle(handle -> handle.execute("ANALYZE"));
        String sample = JdbiHashSample.SAMPLE
                .replace("%table", "auth_users")
                .replace("%id", "id")
                .replace("%hash", "password_hash")
                .replace(":last", "20000")
                .replace(":step", "32")
                .replace(":most", "1024");
        String explain = vendor == Vendor.SQLITE ? "EXPLAIN QUERY PLAN " : "EXPLAIN ";

        List<String> plan = jdbi.withHandle(handle -> handle.createQuery(explain + sample)
                .map((row, context) -> row.getString(vendor == Vendor.SQLITE ? "detail" : "QUERY PLAN"))
                .list());

        assertThat(plan).noneMatch(line -> line.contains("Seq Scan on auth_users") || line.matches("SCAN [tu]( .*)?"));
        assertThat(JdbiAuthStores.over(jdbi).hashSample().read(1024)).hasSizeBetween(512, 1024);
    }

    private Jdbi filled(Vendor vendor, int users) {
        Jdbi jdbi = Samples.fresh(vendor, folder);
        JdbiAuthStores.over(jdbi).migrate();
        String uuid = vendor == Vendor.SQLITE ? "'u' || i" : "gen_random_uuid()";
        jdbi.useHandle(handle ->
                handle.execute(INSERT.replace(":users", Integer.toString(users)).replace(":uuid", uuid)));
        return jdbi;
    }
}
