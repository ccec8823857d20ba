package dev.countersign.jdbi.internal.folding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.AuthFault;
import dev.countersign.jdbi.JdbiAuthStores;
import dev.countersign.jdbi.MadeBefore;
import dev.countersign.jdbi.internal.schema.Migration;
import dev.countersign.jdbi.internal.schema.SchemaScripts;
import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.internal.sql.LentConnections;
import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.jdbi.table.IdentifierProblem;
import dev.countersign.jdbi.table.SchemaStatus;
import dev.countersign.jdbi.table.TableNames;
import dev.countersign.user.Identifier;
import dev.countersign.user.UserKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a database of {@link MadeBefore} is folded anew: by ten nodes, after a kill, beside a server of the release before. */
@Tag("slow")
class RefoldingTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void ten_nodes_upgrade_at_once_and_a_kill_between_costs_nothing(Vendor vendor) throws Exception {
        Jdbi jdbi = MadeBefore.before(vendor, folder);
        jdbi.useTransaction(handle -> fill(handle, 4500));
        String script = SchemaScripts.sql(SchemaScripts.ALL.get(2), vendor, TableNames.STANDARD);
        jdbi.useTransaction(handle -> handle.createScript(script).executeAsSeparateStatements());
        // As a node leaves it that is killed in its second batch: the first one is there, the second one undone.
        long first = jdbi.inTransaction(handle -> {
            long last = Refolding.of(TableNames.STANDARD).batch(handle, 0);
            handle.execute("UPDATE auth_refolding SET after_id = ?", last);
            return last;
        });
        jdbi.useTransaction(handle -> {
            Refolding.of(TableNames.STANDARD).batch(handle, first);
            handle.rollback();
        });
        assertThat(first).isLessThan(4500);
        assertThat(JdbiAuthStores.over(jdbi).schemaStatus().state()).isEqualTo(SchemaStatus.State.BEHIND);
        ExecutorService nodes = Executors.newFixedThreadPool(10);
        try {
            List<Future<?>> starts = new ArrayList<>();
            for (int node = 0; node < 10; node++) {
                starts.add(nodes.submit(() -> JdbiAuthStores.over(jdbi).migrate()));
            }
            for (Future<?> start : starts) {
                start.get(60, TimeUnit.SECONDS);
            }
        } finally {
            nodes.shutdownNow();
        }
        JdbiAuthStores stores = JdbiAuthStores.over(jdbi);
        assertThat(stores.schemaStatus().state()).isEqualTo(SchemaStatus.State.CURRENT);
        assertThat(stores.users().find(email("user4499@münchen.example"))).isPresent();
        List<IdentifierProblem> problems = new ArrayList<>();
        stores.checkIdentifiers(problems::add);
        assertThat(problems).hasSize(4);
    }

    private static void fill(Handle handle, int users) {
        String sql = "INSERT INTO auth_users (uuid, email, email_folded, status, attributes, created_at, version)"
                + " VALUES (" + (Vendor.of(handle) == Vendor.SQLITE ? ":uuid" : "CAST(:uuid AS uuid)")
                + ", :email, :email, 'ACTIVE', '{}', 0, 1)";
        var batch = handle.prepareBatch(sql);
        for (int i = 0; i < users; i++) {
            batch.bind("uuid", UUID.randomUUID().toString())
                    .bind("email", "user" + i + "@xn--mnchen-3ya.example")
                    .add();
        }
        batch.execute();
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void what_a_server_of_the_release_before_still_stores_is_found_and_folded_when_asked_for(Vendor vendor)
            throws IOException {
        Jdbi jdbi = MadeBefore.before(vendor, folder);
        JdbiAuthStores stores = JdbiAuthStores.over(jdbi);
        stores.migrate();
        jdbi.useTransaction(handle -> fill(handle, 1));
        UserKey typed = email("USER0@xn--mnchen-3ya.example");
        assertThat(stores.users().find(typed)).isPresent();
        assertThat(stores.users().find(email("user0@münchen.example"))).isEmpty();
        List<String> former = new ArrayList<>();
        stores.checkIdentifiers(problem -> {
            if (problem.other().isEmpty()) {
                former.add(problem.identifier().text());
            }
        });
        assertThat(former).containsExactly("user0@xn--mnchen-3ya.example");
        stores.refold();
        assertThat(stores.users().find(typed)).isPresent();
        assertThat(stores.users().find(email("user0@münchen.example"))).isPresent();
        assertThat(stores.schemaStatus().state()).isEqualTo(SchemaStatus.State.CURRENT);
    }

    @Test
    void the_release_before_does_not_start_on_it() throws IOException {
        Jdbi jdbi = MadeBefore.before(Vendor.SQLITE, folder);
        JdbiAuthStores.over(jdbi).migrate();
        Database database = Database.over(new LentConnections(jdbi), Duration.ofSeconds(5));
        Migration former = new Migration(database, TableNames.STANDARD, SchemaScripts.ALL.subList(0, 1));
        assertThat(former.status().state()).isEqualTo(SchemaStatus.State.TOO_NEW);
        assertThatThrownBy(former::run).isInstanceOfAny(IllegalStateException.class, AuthFault.class);
    }

    private static UserKey email(String typed) {
        return new UserKey.ByEmail(Identifier.typed(typed));
    }
}
