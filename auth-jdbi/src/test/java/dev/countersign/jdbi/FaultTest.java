package dev.countersign.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.base.Throwables;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.countersign.AuthFault;
import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.jdbi.table.TableNames;
import dev.countersign.port.UserStore;
import dev.countersign.user.Identifier;
import dev.countersign.user.Login;
import dev.countersign.user.User;
import dev.countersign.user.UserKey;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void no_fault_and_no_log_line_quotes_a_value(Vendor vendor) {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            Jdbi jdbi = Samples.fresh(vendor, folder);
            JdbiAuthStores stores = JdbiAuthStores.over(jdbi);
            stores.migrate();
            User user = Samples.stored(stores.users().insert(Samples.user()));
            refuseEveryWrite(vendor, jdbi);
            quotesNothing(() -> stores.users().insert(Samples.user()));
            quotesNothing(() -> stores.users().update(Samples.renamed(user, "quibble@example.org"), Samples.HASH));
            quotesNothing(() -> stores.users().rehash(user.id(), Samples.HASH, Samples.HASH));
            jdbi.useTransaction(handle -> quotesNothing(
                    () -> stores.within(handle).users().insert(Samples.user("quibble@example.net", "Wombat2"))));
            jdbi.useHandle(handle -> handle.execute("ALTER TABLE auth_users RENAME TO gone"));
            quotesNothing(() -> stores.users()
                    .find(new UserKey.ByEmail(
                            Identifier.email("quibble@example.com").orElseThrow())));
            quotesNothing(() -> stores.users().insert(Samples.user()));
        } finally {
            System.setErr(before);
        }
        assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain(Samples.VALUES.toArray(String[]::new));
    }

    // PostgreSQL prints the whole row when a check fails.
    private static void refuseEveryWrite(Vendor vendor, Jdbi jdbi) {
        jdbi.useHandle(handle -> {
            if (vendor == Vendor.POSTGRESQL) {
                handle.execute("ALTER TABLE auth_users ADD CONSTRAINT nothing CHECK (version < 0) NOT VALID");
            } else {
                handle.execute(
                        "CREATE TRIGGER refused BEFORE INSERT ON auth_users BEGIN SELECT raise(ABORT, 'no'); END");
                handle.execute(
                        "CREATE TRIGGER refused_too BEFORE UPDATE ON auth_users BEGIN SELECT raise(ABORT, 'no'); END");
            }
        });
    }

    private static void quotesNothing(ThrowingCallable call) {
        AuthFault fault = catchThrowableOfType(AuthFault.class, call);
        assertThat(fault).isNotNull();
        assertThat(fault.isTemporary()).isFalse();
        assertThat(Throwables.getStackTraceAsString(fault)).doesNotContain(Samples.VALUES.toArray(String[]::new));
    }

    @Test
    void a_row_that_cannot_be_read_is_a_fault_that_names_the_user() {
        Jdbi jdbi = Samples.fresh(Vendor.SQLITE, folder);
        JdbiAuthStores stores = JdbiAuthStores.over(jdbi);
        stores.migrate();
        User user = Samples.stored(stores.users().insert(Samples.user()));
        jdbi.useHandle(handle -> handle.execute("UPDATE auth_users SET attributes = '{\"Wombat\":'"));
        AuthFault fault =
                catchThrowableOfType(AuthFault.class, () -> stores.users().find(new UserKey.ById(user.id())));
        assertThat(fault).hasMessageContaining("attributes");
        assertThat(Throwables.getStackTraceAsString(fault)).doesNotContain(Samples.VALUES.toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    @Timeout(30)
    void a_writer_that_never_ends_makes_other_writers_give_up(Vendor vendor) {
        Jdbi jdbi = Samples.fresh(vendor, folder);
        JdbiAuthStores stores = JdbiAuthStores.over(jdbi).withStatementTimeout(Duration.ofSeconds(1));
        stores.migrate();
        User user = Samples.stored(stores.users().insert(Samples.user()));
        try (Handle writer = jdbi.open()) {
            writer.begin();
            writer.execute("UPDATE auth_users SET version = version");
            assertThat(catchThrowableOfType(
                                    AuthFault.class, () -> stores.users().recordLogin(Login.of(user, Samples.NOW)))
                            .isTemporary())
                    .isTrue();
            assertThat(stores.users().find(new UserKey.ById(user.id()))).isPresent();
            writer.rollback();
        }
        assertThat(stores.users().recordLogin(Login.of(user, Samples.NOW))).isPresent();
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void the_time_of_each_transaction_is_told_also_of_a_failed_one(Vendor vendor) {
        List<Duration> times = new ArrayList<>();
        JdbiAuthStores stores =
                JdbiAuthStores.over(Samples.fresh(vendor, folder)).timed(System::nanoTime, times::add);
        stores.migrate();
        times.clear();
        User user = Samples.stored(stores.users().insert(Samples.user()));
        assertThat(times).hasSize(1);
        boolean found = stores.unitOfWork()
                .run(() -> stores.users().find(new UserKey.ById(user.id())).isPresent()
                        && stores.users()
                                .recordLogin(Login.of(user, Samples.NOW))
                                .isPresent());
        assertThat(found).isTrue();
        assertThat(times).hasSize(2);
        UserStore missing = stores.named(new TableNames(null, "missing_")).users();
        assertThat(catchThrowableOfType(AuthFault.class, () -> missing.find(new UserKey.ById(user.id()))))
                .isNotNull();
        assertThat(times).hasSize(3).allMatch(time -> time.compareTo(Duration.ZERO) > 0);
    }

    @Test
    @Timeout(30)
    void a_database_that_is_not_there_is_a_temporary_fault() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://127.0.0.1:1/nowhere");
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(300);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            UserStore pooled = JdbiAuthStores.over(pool).users();
            assertThat(catchThrowableOfType(AuthFault.class, () -> pooled.page(null, 1))
                            .isTemporary())
                    .isTrue();
        }
        JdbiAuthStores direct = JdbiAuthStores.over(Jdbi.create("jdbc:postgresql://127.0.0.1:1/nowhere"));
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> direct.users().page(null, 1), () -> direct.bulkUsers().rehearse())) {
            AuthFault fault = catchThrowableOfType(AuthFault.class, call);
            assertThat(fault).isNotNull();
            assertThat(fault.isTemporary()).isTrue();
        }
    }

    @Test
    @Timeout(30)
    void a_connection_that_is_cut_is_a_temporary_fault_and_the_next_one_works() throws SQLException {
        Jdbi jdbi = Samples.fresh(Vendor.POSTGRESQL, folder);
        JdbiAuthStores.over(jdbi).migrate();
        HikariConfig config = new HikariConfig();
        config.setMaximumPoolSize(1);
        jdbi.useHandle(
                handle -> config.setJdbcUrl(handle.getConnection().getMetaData().getURL()));
        config.setUsername("postgres");
        try (HikariDataSource pool = new HikariDataSource(config)) {
            UserStore users = JdbiAuthStores.over(pool).users();
            users.page(null, 1);
            jdbi.useHandle(
                    handle -> handle.execute(
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"));
            assertThat(catchThrowableOfType(AuthFault.class, () -> users.page(null, 1))
                            .isTemporary())
                    .isTrue();
            assertThat(users.page(null, 1)).isEmpty();
        }
    }
}
