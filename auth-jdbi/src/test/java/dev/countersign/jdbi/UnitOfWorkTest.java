package dev.countersign.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.base.Throwables;
import com.zaxxer.hikari.HikariDataSource;
import dev.countersign.AuthFault;
import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.jdbi.table.SchemaStatus;
import dev.countersign.jdbi.table.TableNames;
import dev.countersign.port.UnitOfWork;
import dev.countersign.user.User;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Units of work with statements of the application's own in them. */
class UnitOfWorkTest {

    private static final String INSERT = "INSERT INTO customer (user_id) VALUES (?)";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void a_user_and_a_customer_are_stored_both_or_neither(Vendor vendor) {
        try (HikariDataSource pool = withCustomers(vendor)) {
            JdbiAuthStores stores = JdbiAuthStores.over(pool);
            UnitOfWork unit = stores.unitOfWork();
            assertThatThrownBy(() -> unit.run(() -> {
                        addBoth(stores);
                        throw new IllegalArgumentException("changed its mind");
                    }))
                    .hasMessage("changed its mind");
            assertThat(stores.users().page(null, 10)).isEmpty();
            assertThat(customers(pool)).isZero();

            unit.run(() -> addBoth(stores));
            assertThat(stores.users().page(null, 10)).hasSize(1);
            assertThat(customers(pool)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void a_unit_inside_the_applications_transaction_is_part_of_it(Vendor vendor) {
        try (HikariDataSource pool = withCustomers(vendor)) {
            JdbiAuthStores stores = JdbiAuthStores.over(pool);
            assertThatThrownBy(() -> Jdbi.create(pool).useTransaction(handle -> {
                        JdbiAuthStores inside = stores.within(handle);
                        inside.unitOfWork().run(() -> addBoth(inside));
                        throw new IllegalArgumentException("changed its mind");
                    }))
                    .hasMessage("changed its mind");
            assertThat(stores.users().page(null, 10)).isEmpty();
            assertThat(customers(pool)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void a_statement_of_the_applications_that_fails_undoes_all_and_quotes_nothing(Vendor vendor) {
        try (HikariDataSource pool = withCustomers(vendor)) {
            JdbiAuthStores stores = JdbiAuthStores.over(pool);
            UnitOfWork unit = stores.unitOfWork();
            AuthFault fault = catchThrowableOfType(
                    AuthFault.class,
                    () -> unit.run(() -> {
                        stores.users().insert(Samples.user());
                        return stores.unitHandle().execute("INSERT INTO customer (name) VALUES (?)", "Wombat");
                    }));
            assertThat(fault.isTemporary()).isFalse();
            assertThat(Throwables.getStackTraceAsString(fault)).doesNotContain("Wombat");
            assertThat(stores.users().page(null, 10)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void there_is_no_handle_outside_of_a_unit(Vendor vendor) {
        try (HikariDataSource pool = withCustomers(vendor)) {
            JdbiAuthStores stores = JdbiAuthStores.over(pool);
            stores.unitOfWork().run(stores::unitHandle);
            assertThatIllegalStateException().isThrownBy(stores::unitHandle).withMessageContaining("no unit of work");
        }
    }

    @Test
    void a_unit_that_lost_against_another_is_run_again() {
        try (HikariDataSource pool = withCustomers(Vendor.POSTGRESQL)) {
            JdbiAuthStores stores = JdbiAuthStores.over(pool);
            UnitOfWork unit = stores.unitOfWork();
            AtomicInteger runs = new AtomicInteger();
            unit.run(() -> {
                addBoth(stores);
                return runs.incrementAndGet() < 3 ? stores.unitHandle().execute(raising("40001")) : 0;
            });
            assertThat(runs).hasValue(3);
            assertThat(customers(pool)).isEqualTo(1);

            assertThat(catchThrowableOfType(
                                    AuthFault.class,
                                    () -> unit.run(() -> stores.unitHandle().execute(raising("40001"))))
                            .isTemporary())
                    .isTrue();
        }
    }

    @Test
    void a_unit_that_went_on_after_a_fault_stores_nothing() {
        try (HikariDataSource pool = withCustomers(Vendor.POSTGRESQL)) {
            JdbiAuthStores stores = JdbiAuthStores.over(pool);
            UnitOfWork unit = stores.unitOfWork();
            assertThatThrownBy(() -> unit.run(() -> {
                        addBoth(stores);
                        assertThatThrownBy(() -> stores.unitHandle().execute(raising("22012")))
                                .isInstanceOf(RuntimeException.class);
                        return 0;
                    }))
                    .isInstanceOf(AuthFault.class);
            assertThat(customers(pool)).isZero();
        }
    }

    @Test
    void a_unit_whose_store_lost_on_sqlite_is_run_again() {
        try (HikariDataSource pool = new HikariDataSource()) {
            // Unlike ours, such a transaction takes the lock at its first write only.
            pool.setJdbcUrl("jdbc:sqlite:" + folder.resolve("shop.db") + "?journal_mode=WAL");
            pool.setMaximumPoolSize(2);
            JdbiAuthStores stores = JdbiAuthStores.over(pool);
            stores.migrate();
            AtomicInteger runs = new AtomicInteger();
            stores.unitOfWork().run(() -> {
                assertThat(stores.users().page(null, 10)).hasSize(runs.get());
                if (runs.incrementAndGet() == 1) {
                    JdbiAuthStores.over(pool).users().insert(Samples.user("leia@example.com", "leia"));
                }
                return Samples.stored(stores.users().insert(Samples.user("han@example.com", "han")));
            });
            assertThat(runs).hasValue(2);
            assertThat(stores.users().page(null, 10)).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void work_that_ends_its_transaction_is_told_so(Vendor vendor) {
        try (HikariDataSource pool = withCustomers(vendor)) {
            JdbiAuthStores stores = JdbiAuthStores.over(pool);
            assertThatIllegalStateException()
                    .isThrownBy(() -> stores.unitOfWork().run(() -> {
                        addBoth(stores);
                        return stores.unitHandle().rollback();
                    }))
                    .withMessageContaining("ended the transaction");
            assertThat(customers(pool)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void a_part_of_the_applications_transaction_is_undone_when_it_throws(Vendor vendor) {
        try (HikariDataSource pool = withCustomers(vendor)) {
            JdbiAuthStores stores = JdbiAuthStores.over(pool);
            Jdbi.create(pool).useTransaction(handle -> {
                JdbiAuthStores inside = stores.within(handle).withStatementTimeout(Duration.ofSeconds(9));
                assertThatThrownBy(() -> inside.unitOfWork().run(() -> {
                            addBoth(inside);
                            throw new IllegalArgumentException("changed its mind");
                        }))
                        .hasMessage("changed its mind");
                inside.users().insert(Samples.user("leia@example.com", "leia"));
            });
            assertThat(customers(pool)).isZero();
            assertThat(stores.users().page(null, 10)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void stores_with_another_patience_take_part(Vendor vendor) {
        try (HikariDataSource pool = withCustomers(vendor)) {
            JdbiAuthStores stores = JdbiAuthStores.over(pool);
            assertThatThrownBy(() -> stores.unitOfWork().run(() -> {
                        addBoth(stores.withStatementTimeout(Duration.ofSeconds(9)));
                        throw new IllegalArgumentException("changed its mind");
                    }))
                    .hasMessage("changed its mind");
            assertThat(stores.users().page(null, 10)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void scripts_are_not_run_inside_of_a_unit(Vendor vendor) {
        try (HikariDataSource pool = withCustomers(vendor)) {
            JdbiAuthStores other = JdbiAuthStores.over(pool).named(new TableNames(null, "other_"));
            assertThatIllegalStateException()
                    .isThrownBy(() -> other.unitOfWork().run(other::migrate))
                    .withMessageContaining("outside");
            assertThat(other.schemaStatus().state()).isEqualTo(SchemaStatus.State.MISSING);
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void what_wraps_an_exception_of_the_driver_quotes_nothing_either(Vendor vendor) {
        try (HikariDataSource pool = withCustomers(vendor)) {
            JdbiAuthStores stores = JdbiAuthStores.over(pool);
            AuthFault fault = catchThrowableOfType(
                    AuthFault.class, () -> stores.unitOfWork().run(() -> wrapping(stores.unitHandle())));
            assertThat(Throwables.getStackTraceAsString(fault)).doesNotContain("Wombat");
        }
    }

    private static boolean wrapping(Handle handle) {
        try (Statement statement = handle.getConnection().createStatement()) {
            return statement.execute("INSERT INTO customer (name) VALUES ('Wombat')");
        } catch (SQLException failed) {
            throw new IllegalArgumentException("no customer Wombat", failed);
        }
    }

    private static String raising(String state) {
        return "DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '" + state + "'; END $$";
    }

    private static int addBoth(JdbiAuthStores stores) {
        User user = Samples.stored(stores.users().insert(Samples.user()));
        return stores.unitHandle().execute(INSERT, user.id().value());
    }

    /** One connection: a unit in which anything asked for a second one would never end. */
    private HikariDataSource withCustomers(Vendor vendor) {
        HikariDataSource pool = new HikariDataSource();
        if (vendor == Vendor.SQLITE) {
            pool.setJdbcUrl(SqliteUrl.of(folder.resolve("auth.db")));
        } else {
            pool.setDataSource(Postgres.freshDatabase());
        }
        pool.setMaximumPoolSize(1);
        JdbiAuthStores.over(pool).migrate();
        Jdbi.create(pool)
                .useHandle(handle -> handle.execute(
                        "CREATE TABLE customer (user_id BIGINT NOT NULL REFERENCES auth_users (id), name TEXT)"));
        return pool;
    }

    private static int customers(HikariDataSource pool) {
        return Jdbi.create(pool)
                .withHandle(handle -> handle.createQuery("SELECT count(*) FROM customer")
                        .mapTo(Integer.class)
                        .one());
    }
}
