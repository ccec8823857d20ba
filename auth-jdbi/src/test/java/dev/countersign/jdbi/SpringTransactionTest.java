package dev.countersign.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import dev.countersign.Auth;
import dev.countersign.AuthFault;
import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.jdbi.table.SchemaStatus;
import dev.countersign.jdbi.table.TableNames;
import dev.countersign.json.JsonString;
import dev.countersign.token.AccessToken;
import dev.countersign.usecase.LogIn;
import dev.countersign.usecase.RegisterUser.Outcome.Rejected;
import dev.countersign.usecase.UserChange;
import dev.countersign.user.StoreResult;
import dev.countersign.user.User;
import dev.countersign.user.UserStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Stores inside the transactions of a Spring application. */
@Tag("slow")
class SpringTransactionTest {

    private static final String NEW_PASSWORD = "nine green kettles";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void a_registration_is_part_of_the_transaction_around_it(Vendor vendor) {
        try (SpringShop shop = new SpringShop(vendor, folder)) {
            shop.services().signUp("han@example.com", "Han");
            assertThatThrownBy(() -> shop.services().signUp("leia@example.com", null))
                    .isInstanceOf(DataAccessException.class);
            assertThat(shop.emails()).containsExactly("han@example.com");
            assertThat(shop.customers()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void stores_over_a_jdbi_of_the_applications_join_too(Vendor vendor) {
        try (SpringShop shop = new SpringShop(vendor, folder)) {
            JdbiAuthStores stores = JdbiAuthStores.over(Jdbi.create(new TransactionAwareDataSourceProxy(shop.pool())))
                    .joining(TransactionSynchronizationManager::isActualTransactionActive);
            fails(shop, () -> stores.users().insert(Samples.user()));
            assertThat(shop.emails()).isEmpty();
            shop.transaction(() -> stores.users().insert(Samples.user()));
            assertThat(shop.emails()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void a_change_of_a_password_is_part_of_it(Vendor vendor) {
        try (SpringShop shop = new SpringShop(vendor, folder)) {
            User user = shop.register("han@example.com");
            fails(shop, () -> shop.changePassword(user, NEW_PASSWORD));
            assertThat(shop.logIn("han@example.com", SpringShop.PASSWORD)).isInstanceOf(LogIn.Outcome.LoggedIn.class);
            assertThat(shop.logIn("han@example.com", NEW_PASSWORD)).isInstanceOf(LogIn.Outcome.Refused.class);

            shop.transaction(() -> shop.changePassword(user, NEW_PASSWORD));
            assertThat(shop.logIn("han@example.com", SpringShop.PASSWORD)).isInstanceOf(LogIn.Outcome.Refused.class);
            assertThat(shop.logIn("han@example.com", NEW_PASSWORD)).isInstanceOf(LogIn.Outcome.LoggedIn.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void what_it_has_stored_so_far_is_read_inside_and_nowhere_else(Vendor vendor) throws Exception {
        try (SpringShop shop = new SpringShop(vendor, folder)) {
            shop.transaction(() -> {
                shop.register("han@example.com");
                assertThat(shop.emails()).containsExactly("han@example.com");
                assertThat(elsewhere(shop::emails)).isEmpty();
            });
            assertThat(elsewhere(shop::emails)).containsExactly("han@example.com");
        }
    }

    @Test
    void each_thread_has_its_own() {
        try (SpringShop shop = new SpringShop(Vendor.POSTGRESQL, folder)) {
            fails(shop, () -> {
                shop.register("luke@example.com");
                elsewhere(() -> shop.register("han@example.com"));
                elsewhere(() -> {
                    shop.transaction(() -> shop.register("leia@example.com"));
                    return 0;
                });
            });
            assertThat(shop.emails()).containsExactly("han@example.com", "leia@example.com");
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void threads_at_the_same_time_store_what_they_commit(Vendor vendor) {
        try (SpringShop shop = new SpringShop(vendor, folder)) {
            List<CompletableFuture<Void>> threads = IntStream.range(0, 20)
                    .mapToObj(number -> CompletableFuture.runAsync(() -> {
                        String email = "user" + number + "@example.com";
                        if (number % 2 == 0) {
                            shop.transaction(() -> shop.register(email));
                        } else {
                            fails(shop, () -> shop.register(email));
                        }
                    }))
                    .toList();
            threads.forEach(CompletableFuture::join);
            assertThat(shop.emails()).hasSize(10).allMatch(email -> email.matches("user\\d*[02468]@example.com"));
        }
    }

    // On SQLite one transaction writes at a time: the inner one would wait for the outer one.
    @Test
    void a_transaction_inside_another_one_is_on_its_own() {
        try (SpringShop shop = new SpringShop(Vendor.POSTGRESQL, folder)) {
            fails(shop, () -> {
                shop.transaction(
                        TransactionDefinition.PROPAGATION_REQUIRES_NEW, () -> shop.register("han@example.com"));
                shop.register("leia@example.com");
            });
            assertThat(shop.emails()).containsExactly("han@example.com");
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void a_nested_transaction_is_undone_alone(Vendor vendor) {
        try (SpringShop shop = new SpringShop(vendor, folder)) {
            shop.transaction(() -> {
                shop.register("han@example.com");
                assertThatThrownBy(() -> shop.transaction(TransactionDefinition.PROPAGATION_NESTED, () -> {
                            shop.register("leia@example.com");
                            throw new IllegalArgumentException("changed its mind");
                        }))
                        .hasMessage("changed its mind");
            });
            assertThat(shop.emails()).containsExactly("han@example.com");
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void a_refusal_leaves_the_transaction_usable(Vendor vendor) {
        try (SpringShop shop = new SpringShop(vendor, folder)) {
            User han = shop.register("han@example.com");
            shop.transaction(() -> {
                assertThat(shop.tryToRegister("HAN@example.com")).isInstanceOf(Rejected.class);
                assertThat(shop.stores().users().insert(Samples.user("han@example.com", "Wombat")))
                        .isEqualTo(new StoreResult.Taken());
                User leia = shop.register("leia@example.com");
                assertThat(shop.stores().users().update(Samples.renamed(leia, "han@example.com"), null))
                        .isEqualTo(new StoreResult.Taken());
            });
            assertThat(shop.emails()).containsExactly("han@example.com", "leia@example.com");
            assertThat(han.id().value()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void a_unit_of_work_is_part_of_it(Vendor vendor) {
        try (SpringShop shop = new SpringShop(vendor, folder)) {
            JdbiAuthStores stores = shop.stores();
            Auth withCustomers = shop.builder()
                    .onRegistration(
                            stores.unitOfWork(),
                            user -> stores.unitHandle()
                                    .execute(
                                            "INSERT INTO customer (user_id, name) VALUES (?, 'Han')",
                                            user.id().value()))
                    .build();
            fails(shop, () -> withCustomers.register(SpringShop.registration("han@example.com")));
            assertThat(shop.emails()).isEmpty();
            assertThat(shop.customers()).isZero();
            shop.transaction(() -> withCustomers.register(SpringShop.registration("han@example.com")));
            assertThat(shop.emails()).hasSize(1);
            assertThat(shop.customers()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void who_registers_inside_gets_tokens_that_hold(Vendor vendor) {
        try (SpringShop shop = new SpringShop(vendor, folder)) {
            List<AccessToken> tokens = new ArrayList<>();
            shop.transaction(() -> {
                User han = shop.register("han@example.com");
                tokens.add(shop.auth().issueFirstTokens(han).access().token());
                tokens.add(shop.token("han@example.com", SpringShop.PASSWORD));
                assertThat(tokens).allMatch(shop::holds);
            });
            assertThat(tokens).allMatch(shop::holds);
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void who_changes_the_password_inside_logs_in_with_the_new_one(Vendor vendor) {
        try (SpringShop shop = new SpringShop(vendor, folder)) {
            User han = shop.register("han@example.com");
            List<AccessToken> tokens = new ArrayList<>();
            shop.transaction(() -> {
                shop.changePassword(han, NEW_PASSWORD);
                tokens.add(shop.token("han@example.com", NEW_PASSWORD));
            });
            assertThat(tokens).allMatch(shop::holds);
        }
    }

    @Test
    void a_login_is_noted_outside_of_it() {
        try (SpringShop shop = new SpringShop(Vendor.POSTGRESQL, folder)) {
            shop.register("han@example.com");
            fails(shop, () -> {
                shop.register("leia@example.com");
                assertThat(shop.logIn("han@example.com", SpringShop.PASSWORD))
                        .isInstanceOf(LogIn.Outcome.LoggedIn.class);
            });
            assertThat(shop.stores().users().page(null, 10))
                    .hasSize(1)
                    .allMatch(user -> SpringShop.NOW.equals(user.lastLoginAt()));
            assertThat(shop.auth().lostLoginNotes()).isZero();
        }
    }

    @Test
    void a_conflict_is_the_applications_to_repeat() {
        try (SpringShop shop = new SpringShop(Vendor.POSTGRESQL, folder)) {
            User han = shop.register("han@example.com");
            UserChange change = UserChange.ofStatus(UserStatus.DISABLED);
            AuthFault fault = catchThrowableOfType(
                    AuthFault.class,
                    () -> shop.transactionOnASnapshot(() -> {
                        shop.emails();
                        elsewhere(() -> shop.auth().update(han.id(), attribute()));
                        shop.auth().update(han.id(), change);
                    }));
            assertThat(fault.isTemporary()).isTrue();
            shop.transactionOnASnapshot(() -> shop.auth().update(han.id(), change));
            assertThat(shop.stores().users().page(null, 10))
                    .allMatch(user -> user.status() == UserStatus.DISABLED
                            && user.attributes().get("note").isPresent());
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void connections_that_are_not_the_transactions_are_refused(Vendor vendor) {
        try (SpringShop shop = new SpringShop(vendor, folder)) {
            JdbiAuthStores outside = JdbiAuthStores.over(shop.pool())
                    .joining(TransactionSynchronizationManager::isActualTransactionActive);
            outside.users().insert(Samples.user("han@example.com", "han"));
            assertThatIllegalStateException()
                    .isThrownBy(() -> shop.transaction(() -> outside.users().insert(Samples.user())))
                    .withMessageContaining("not part of it");
            assertThat(shop.emails()).containsExactly("han@example.com");
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void connections_that_nobody_would_commit_are_refused(Vendor vendor) {
        try (SpringShop shop = new SpringShop(vendor, folder);
                HikariDataSource manual = new HikariDataSource()) {
            manual.setDataSource(shop.pool());
            manual.setAutoCommit(false);
            JdbiAuthStores stores = JdbiAuthStores.over(new TransactionAwareDataSourceProxy(manual));
            JdbiAuthStores joining = stores.joining(TransactionSynchronizationManager::isActualTransactionActive);
            for (JdbiAuthStores refusing : List.of(stores, joining)) {
                assertThatIllegalStateException()
                        .isThrownBy(() -> refusing.users().insert(Samples.user()))
                        .withMessageContaining("joining(");
            }
            assertThat(shop.emails()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void scripts_are_not_run_inside_of_one(Vendor vendor) {
        try (SpringShop shop = new SpringShop(vendor, folder)) {
            JdbiAuthStores other = shop.stores().named(new TableNames(null, "other_"));
            assertThatIllegalStateException()
                    .isThrownBy(() -> shop.transaction(other::migrate))
                    .withMessageContaining("outside");
            assertThat(other.schemaStatus().state()).isEqualTo(SchemaStatus.State.MISSING);
            other.withStatementTimeout(Duration.ofSeconds(9)).migrate();
            assertThat(other.schemaStatus().state()).isEqualTo(SchemaStatus.State.CURRENT);
            assertThatIllegalStateException()
                    .isThrownBy(() -> shop.transaction(other::refold))
                    .withMessageContaining("outside");
        }
    }

    private static UserChange attribute() {
        return UserChange.builder()
                .attribute("note", new JsonString("frobnicate"))
                .build();
    }

    private static void fails(SpringShop shop, Runnable work) {
        assertThatThrownBy(() -> shop.transaction(() -> {
                    work.run();
                    throw new IllegalArgumentException("changed its mind");
                }))
                .hasMessage("changed its mind");
    }

    private static <T> T elsewhere(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work)
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
