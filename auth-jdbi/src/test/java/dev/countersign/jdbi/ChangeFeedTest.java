package dev.countersign.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Stopwatch;
import dev.countersign.AuthFault;
import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.jdbi.table.TableNames;
import dev.countersign.port.UserChanges.Changes;
import dev.countersign.port.UserChanges.Listener;
import dev.countersign.user.Login;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The feed with writers that are not our stores, and with trouble. */
@Tag("slow")
class ChangeFeedTest {

    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private Jdbi jdbi;
    private JdbiAuthStores stores;

    private void make(Vendor vendor) {
        jdbi = Samples.fresh(vendor, folder);
        stores = JdbiAuthStores.over(jdbi);
        stores.migrate();
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void plain_sql_is_reported(Vendor vendor) {
        make(vendor);
        User han = stored("han");
        User leia = stored("leia");
        try (Listener listener = stores.changes().listen()) {
            execute("UPDATE auth_users SET status = 'DISABLED' WHERE id = " + han.id());
            assertThat(listener.next(LONG).users()).containsExactly(han.id());
            execute("UPDATE auth_users SET attributes = '{\"a\":1}', last_login_at = 1");
            assertThat(listener.next(LONG).users()).containsExactlyInAnyOrder(han.id(), leia.id());
            execute("UPDATE auth_users SET password_changed_at = 1 WHERE id = " + leia.id());
            assertThat(listener.next(LONG).users()).containsExactly(leia.id());
            execute("INSERT INTO auth_changes (user_id) VALUES (77)");
            assertThat(listener.next(LONG).users()).containsExactly(new UserId(77));
            execute("INSERT INTO auth_changes (user_id) VALUES (-1)");
            assertThat(listener.next(SHORT)).isEqualTo(Changes.NONE);
            execute("INSERT INTO auth_changes (user_id) VALUES (NULL)");
            assertThat(listener.next(LONG).everybody()).isTrue();
            execute("DELETE FROM auth_users");
            assertThat(listener.next(LONG).users()).containsExactlyInAnyOrder(han.id(), leia.id());
        }
    }

    @Test
    void an_emptied_table_is_reported_as_a_change_of_everybody() {
        make(Vendor.POSTGRESQL);
        try (Listener listener = stores.changes().listen()) {
            execute("TRUNCATE auth_users");
            assertThat(listener.next(LONG).everybody()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void very_many_changes_are_reported_as_a_change_of_everybody(Vendor vendor) {
        make(vendor);
        try (Listener listener = stores.changes().listen()) {
            execute("INSERT INTO auth_changes (user_id) WITH RECURSIVE n(i) AS"
                    + " (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20001) SELECT i FROM n");
            assertThat(listener.next(LONG)).isEqualTo(Changes.EVERYBODY);
            assertThat(listener.next(SHORT)).isEqualTo(Changes.NONE);
            execute("INSERT INTO auth_changes (user_id) VALUES (5)");
            assertThat(listener.next(LONG).users()).containsExactly(new UserId(5));
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void a_login_writes_nothing_into_the_feed(Vendor vendor) {
        make(vendor);
        User han = stored("han");
        stores.users().recordLogin(Login.of(han, Samples.NOW));
        stores.users().rehash(han.id(), Samples.HASH, Samples.HASH);
        assertThat(count()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void old_changes_are_swept_and_recent_ones_stay(Vendor vendor) {
        make(vendor);
        for (int i = 1; i <= 1200; i++) {
            execute("INSERT INTO auth_changes (user_id, stored_at) VALUES (" + i + ", 0)");
        }
        execute("INSERT INTO auth_changes (user_id) VALUES (3)");
        stores.sessions().sweep(Instant.EPOCH);
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void changes_that_were_swept_before_they_were_read_are_a_change_of_everybody() {
        make(Vendor.SQLITE);
        try (Listener listener = stores.changes().listen()) {
            try (Handle handle = jdbi.open()) {
                handle.begin();
                handle.execute("INSERT INTO auth_changes (user_id) VALUES (1), (2)");
                handle.execute("DELETE FROM auth_changes");
                handle.commit();
            }
            assertThat(listener.next(LONG)).isEqualTo(Changes.EVERYBODY);
            execute("INSERT INTO auth_changes (user_id) VALUES (3)");
            assertThat(listener.next(LONG).users()).containsExactly(new UserId(3));
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void tables_with_other_names_have_a_feed_of_their_own(Vendor vendor) {
        make(vendor);
        TableNames names = new TableNames(vendor == Vendor.POSTGRESQL ? "user" : null, "sso_");
        JdbiAuthStores other = stores.named(names);
        other.migrate();
        User han = Samples.stored(other.users().insert(Samples.user("han@example.com", "han")));
        try (Listener listener = stores.changes().listen();
                Listener ofOther = other.changes().listen()) {
            other.users().delete(han.id());
            assertThat(ofOther.next(LONG).users()).containsExactly(han.id());
            assertThat(listener.next(SHORT)).isEqualTo(Changes.NONE);
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void nobody_listens_inside_a_transaction(Vendor vendor) {
        make(vendor);
        assertThatIllegalStateException()
                .isThrownBy(() -> stores.unitOfWork().run(() -> stores.changes().listen()));
        jdbi.useTransaction(handle -> assertThatIllegalStateException()
                .isThrownBy(() -> stores.within(handle).changes().listen()));
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void without_the_tables_nobody_can_listen(Vendor vendor) {
        jdbi = Samples.fresh(vendor, folder);
        assertThatThrownBy(() -> JdbiAuthStores.over(jdbi).changes().listen()).isInstanceOf(AuthFault.class);
    }

    @Test
    void a_listener_whose_connection_is_lost_says_so_and_another_one_goes_on() {
        make(Vendor.POSTGRESQL);
        try (Listener listener = stores.changes().listen()) {
            execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND pid <> pg_backend_pid()");
            assertThatThrownBy(() -> listener.next(LONG))
                    .isInstanceOfSatisfying(
                            AuthFault.class,
                            fault -> assertThat(fault.isTemporary()).isTrue());
            assertThatIllegalStateException().isThrownBy(() -> listener.next(LONG));
        }
        try (Listener listener = stores.changes().listen()) {
            execute("INSERT INTO auth_changes (user_id) VALUES (3)");
            assertThat(listener.next(LONG).users()).containsExactly(new UserId(3));
        }
    }

    @Test
    void a_file_that_is_replaced_by_an_older_one_is_a_change_of_everybody() throws Exception {
        make(Vendor.SQLITE);
        Path older = folder.resolve("older.db");
        execute("VACUUM INTO '" + older + "'");
        execute("INSERT INTO auth_changes (user_id) VALUES (1), (2)");
        try (Listener listener = stores.changes().listen()) {
            Files.move(older, folder.resolve("auth.db"), StandardCopyOption.REPLACE_EXISTING);
            Files.deleteIfExists(folder.resolve("auth.db-wal"));
            Files.deleteIfExists(folder.resolve("auth.db-shm"));
            assertThat(listener.next(LONG)).isEqualTo(Changes.EVERYBODY);
        }
    }

    @Test
    void a_quiet_database_is_reported_as_quiet_for_seconds() {
        make(Vendor.SQLITE);
        execute("INSERT INTO auth_changes (user_id) VALUES (1), (2)");
        try (Listener listener = stores.changes().listen()) {
            assertThat(listener.next(Duration.ofSeconds(3))).isEqualTo(Changes.NONE);
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void changes_arrive_well_within_a_second(Vendor vendor) {
        make(vendor);
        try (Listener listener = stores.changes().listen()) {
            for (int i = 1; i <= 20; i++) {
                execute("INSERT INTO auth_changes (user_id) VALUES (" + i + ")");
                Stopwatch waited = Stopwatch.createStarted();
                Set<UserId> heard = new HashSet<>();
                while (!heard.contains(new UserId(i))) {
                    heard.addAll(listener.next(LONG).users());
                }
                assertThat(waited.elapsed()).isLessThan(Duration.ofMillis(900));
            }
        }
    }

    private User stored(String name) {
        return Samples.stored(stores.users().insert(Samples.user(name + "@example.com", name)));
    }

    private void execute(String sql) {
        jdbi.useHandle(handle -> handle.execute(sql));
    }

    private int count() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) FROM auth_changes")
                .mapTo(Integer.class)
                .one());
    }
}
