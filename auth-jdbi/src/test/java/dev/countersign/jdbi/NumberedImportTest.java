package dev.countersign.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.user.Identifier;
import dev.countersign.user.ImportResult;
import dev.countersign.user.ImportedUser;
import dev.countersign.user.OnExisting;
import dev.countersign.user.UserId;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rows with numbers, imported into PostgreSQL while others register. */
class NumberedImportTest {

    @TempDir
    Path folder;

    @Test
    @Timeout(60)
    void who_registers_while_numbered_rows_are_inserted_gets_a_number_above_them() throws Exception {
        Jdbi jdbi = Samples.fresh(Vendor.POSTGRESQL, folder);
        JdbiAuthStores stores = JdbiAuthStores.over(jdbi);
        stores.migrate();
        CompletableFuture<List<ImportResult>> imported;
        try (Handle slow = jdbi.open()) {
            slow.begin();
            stores.within(slow).users().insert(Samples.user("slow@example.com", "slow"));
            imported = CompletableFuture.supplyAsync(() ->
                    stores.bulkUsers().store(List.of(row(2), row(3), row(4, "slow")), OnExisting.SKIP, Samples.NOW));
            awaitWaiting(jdbi);

            assertThat(Samples.stored(stores.users().insert(Samples.user("quick@example.com", "quick")))
                            .id()
                            .value())
                    .isEqualTo(5);
            slow.rollback();
        }
        assertThat(imported.get(30, TimeUnit.SECONDS)).containsOnly(ImportResult.ADDED);
    }

    /** Until the import waits for whoever has the name. */
    private static void awaitWaiting(Jdbi jdbi) throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            int waiting = jdbi.withHandle(
                    handle -> handle.createQuery("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = :type")
                            .bind("type", "transactionid")
                            .mapTo(Integer.class)
                            .one());
            if (waiting > 0) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the import never waited");
    }

    private static ImportedUser row(long number) {
        return row(number, "user" + number);
    }

    private static ImportedUser row(long number, String username) {
        return ImportedUser.builder(UUID.randomUUID())
                .id(new UserId(number))
                .username(Identifier.username(username).orElseThrow())
                .build();
    }
}
