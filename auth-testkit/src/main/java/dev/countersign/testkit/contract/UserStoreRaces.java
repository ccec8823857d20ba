package dev.countersign.testkit.contract;

import static dev.countersign.testkit.contract.SampleUsers.CREATED;
import static dev.countersign.testkit.contract.SampleUsers.HASH;
import static dev.countersign.testkit.contract.SampleUsers.changed;
import static dev.countersign.testkit.contract.SampleUsers.named;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.countersign.json.JsonNumber;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.PasswordPolicy;
import dev.countersign.password.RawPassword;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import dev.countersign.testkit.fixture.SeededRandom;
import dev.countersign.usecase.RegisterUser;
import dev.countersign.usecase.Registration;
import dev.countersign.user.Login;
import dev.countersign.user.StoreResult;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserField;
import dev.countersign.user.UserFlaw;
import dev.countersign.user.UserKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Tests of many threads that use a user store at the same time; part of {@link UserStoreContract}. */
abstract class UserStoreRaces extends UserStoreCredentials {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @Test
    void of_fifty_that_register_one_address_one_wins_and_the_others_are_told() throws Exception {
        List<StoreResult> results = together(50, i -> store().insert(named("han@example.com", "han" + i)));
        assertThat(results).filteredOn(StoreResult.Stored.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(new StoreResult.Taken()::equals).hasSize(49);
        assertThat(store().page(null, 1000)).hasSize(1);
    }

    @Test
    void of_fifty_registrations_one_wins_and_the_others_are_told_what_is_taken() throws Exception {
        RegisterUser register = new RegisterUser(
                store(),
                PlainPasswordHasher.keepingPasswordsInTheClear(),
                new PasswordPolicy(1, 64, text -> false),
                () -> CREATED,
                new SeededRandom(50));
        List<RegisterUser.Outcome> outcomes = together(50, i -> {
            try (RawPassword password = RawPassword.of("never tell me the odds")) {
                return register.handle(Registration.builder(password)
                        .email("han@example.com")
                        .username("han" + i)
                        .build());
            }
        });
        assertThat(outcomes)
                .filteredOn(RegisterUser.Outcome.Registered.class::isInstance)
                .hasSize(1);
        assertThat(outcomes)
                .filteredOn(RegisterUser.Outcome.Rejected.class::isInstance)
                .hasSize(49)
                .allSatisfy(outcome -> assertThat(((RegisterUser.Outcome.Rejected) outcome).problems())
                        .containsExactly(new UserField.Problem(UserField.EMAIL, UserFlaw.TAKEN)));
        assertThat(store().page(null, 1000)).hasSize(1);
    }

    @Test
    void of_users_that_take_one_username_one_wins() throws Exception {
        List<User> users = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            users.add(stored(named("user" + i + "@example.com", null)));
        }
        List<StoreResult> results = together(users.size(), i -> {
            User user = users.get(i);
            return store().update(changed(user, user.email(), SampleUsers.username("han")), null);
        });
        assertThat(results).filteredOn(StoreResult.Stored.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(new StoreResult.Taken()::equals).hasSize(9);
    }

    @Test
    void of_changes_based_on_one_version_one_is_stored() throws Exception {
        User user = stored(named("han@example.com", null));
        List<StoreResult> results =
                together(10, i -> store().update(changed(user, user.attributes().with("n", JsonNumber.of(i))), null));
        assertThat(results).filteredOn(StoreResult.Stored.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(new StoreResult.Stale()::equals).hasSize(9);
    }

    @Test
    void no_update_is_lost() throws Exception {
        User user = stored(named("han@example.com", null));
        together(8, i -> {
            boolean done = false;
            for (int attempt = 0; attempt < 100 && !done; attempt++) {
                User now = read(user.id());
                done = store().update(changed(now, now.attributes().with("by" + i, JsonNumber.of(i))), null)
                        instanceof StoreResult.Stored;
                store().recordLogin(Login.of(user, CREATED.plusSeconds(i)));
            }
            return done;
        });
        assertThat(read(user.id()).attributes().members()).hasSize(8);
    }

    @Test
    void of_rehashes_of_one_hash_one_is_stored() throws Exception {
        User user = stored(named("han@example.com", null));
        List<Boolean> results = together(10, i -> store().rehash(user.id(), HASH, PasswordHash.of("$2b$12$" + i)));
        assertThat(results).filteredOn(Boolean::booleanValue).hasSize(1);
        int winner = results.indexOf(true);
        assertThat(store().find(new UserKey.ById(user.id())).map(StoredUser::hash))
                .contains(PasswordHash.of("$2b$12$" + winner));
    }

    @Test
    void logins_at_once_each_move_the_last_one_back() throws Exception {
        User user = stored(named("han@example.com", null));
        List<Optional<User>> results =
                together(10, i -> store().recordLogin(Login.of(user, CREATED.plusSeconds(i + 1L))));
        List<Instant> befores = results.stream()
                .map(result -> Optional.ofNullable(result.orElseThrow().previousLoginAt())
                        .orElse(CREATED))
                .toList();
        // Each login saw a different predecessor: no update was lost.
        assertThat(befores).doesNotHaveDuplicates();
    }

    @Test
    void nobody_logs_in_after_being_deleted_and_nothing_brings_a_user_back() throws Exception {
        User user = stored(named("han@example.com", null));
        together(9, i -> switch (i % 3) {
            case 0 -> store().recordLogin(Login.of(user, CREATED.plusSeconds(i)));
            case 1 -> store().update(changed(user, user.attributes()), null);
            default -> store().delete(user.id());
        });
        assertThat(store().find(new UserKey.ById(user.id()))).isEmpty();
        assertThat(store().recordLogin(Login.of(user, CREATED))).isEmpty();
        assertThat(store().page(null, 10)).isEmpty();
    }

    private static <T> List<T> together(int threads, IntFunction<T> work)
            throws InterruptedException, ExecutionException, TimeoutException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                futures.add(pool.submit(() -> {
                    start.await();
                    return work.apply(number);
                }));
            }
            start.countDown();
            ImmutableList.Builder<T> results = ImmutableList.builder();
            for (Future<T> future : futures) {
                results.add(future.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS));
            }
            return results.build();
        } finally {
            pool.shutdownNow();
        }
    }
}
