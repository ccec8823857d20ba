package dev.countersign.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.port.UserStore;
import dev.countersign.user.Login;
import dev.countersign.user.StoreResult;
import dev.countersign.user.User;
import java.nio.file.Path;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransactionTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void a_user_and_a_customer_are_stored_both_or_neither(Vendor vendor) {
        Jdbi jdbi = withCustomers(vendor);
        JdbiAuthStores stores = JdbiAuthStores.over(jdbi);
        assertThatThrownBy(() -> jdbi.useTransaction(handle -> {
                    User user = Samples.stored(stores.within(handle).users().insert(Samples.user()));
                    handle.execute(
                            "INSERT INTO customer (user_id) VALUES (?)",
                            user.id().value());
                    throw new IllegalArgumentException("the application changed its mind");
                }))
                .hasMessage("the application changed its mind");
        assertThat(stores.users().page(null, 10)).isEmpty();
        assertThat(customers(jdbi)).isZero();

        jdbi.useTransaction(handle -> {
            User user = Samples.stored(stores.within(handle).users().insert(Samples.user()));
            handle.execute(
                    "INSERT INTO customer (user_id) VALUES (?)", user.id().value());
        });
        assertThat(stores.users().page(null, 10)).hasSize(1);
        assertThat(customers(jdbi)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void a_refusal_does_not_spoil_the_transaction_around_it(Vendor vendor) {
        Jdbi jdbi = withCustomers(vendor);
        JdbiAuthStores stores = JdbiAuthStores.over(jdbi);
        Samples.stored(stores.users().insert(Samples.user("han@example.com", "han")));
        User leia = Samples.stored(stores.users().insert(Samples.user("leia@example.com", "leia")));
        jdbi.useTransaction(handle -> {
            UserStore users = stores.within(handle).users();
            assertThat(users.insert(Samples.user("HAN@example.com", "LEIA"))).isEqualTo(new StoreResult.Taken());
            assertThat(users.update(Samples.renamed(leia, "han@example.com"), null))
                    .isEqualTo(new StoreResult.Taken());
            assertThat(users.update(Samples.renamed(leia, "organa@example.com"), null))
                    .isInstanceOf(StoreResult.Stored.class);
            assertThat(users.recordLogin(Login.of(leia, Samples.NOW))).isPresent();
            handle.execute("INSERT INTO customer (user_id) VALUES (1)");
        });
        assertThat(customers(jdbi)).isEqualTo(1);
        assertThat(stores.users().page(null, 10))
                .hasSize(2)
                .last()
                .satisfies(user -> assertThat(user.email()).hasToString("organa@example.com"));
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void a_handle_without_transaction_is_refused(Vendor vendor) {
        Jdbi jdbi = Samples.fresh(vendor, folder);
        JdbiAuthStores stores = JdbiAuthStores.over(jdbi);
        jdbi.useHandle(handle -> assertThatThrownBy(() -> stores.within(handle))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no transaction"));
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void connections_that_would_not_commit_are_refused(Vendor vendor) {
        try (HikariDataSource pool = new HikariDataSource()) {
            if (vendor == Vendor.SQLITE) {
                pool.setJdbcUrl(SqliteUrl.of(folder.resolve("auth.db")));
            } else {
                pool.setDataSource(Postgres.freshDatabase());
            }
            pool.setMaximumPoolSize(2);
            pool.setAutoCommit(false);
            assertThatThrownBy(JdbiAuthStores.over(pool)::migrate)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("auto-commit");
            assertThatThrownBy(JdbiAuthStores.over(Jdbi.create(pool))::migrate)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("auto-commit");
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void the_applications_own_settings_stay_its_own(Vendor vendor) {
        Jdbi jdbi = withCustomers(vendor);
        JdbiAuthStores.over(jdbi).users().insert(Samples.user());
        assertThat(jdbi.getConfig(StatementExceptions.class).getMessageRendering())
                .isEqualTo(StatementExceptions.MessageRendering.SHORT_STATEMENT);
    }

    private Jdbi withCustomers(Vendor vendor) {
        Jdbi jdbi = Samples.fresh(vendor, folder);
        JdbiAuthStores.over(jdbi).migrate();
        jdbi.useHandle(handle -> handle.execute("CREATE TABLE customer (user_id BIGINT REFERENCES auth_users (id))"));
        return jdbi;
    }

    private static int customers(Jdbi jdbi) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) FROM customer")
                .mapTo(Integer.class)
                .one());
    }
}
