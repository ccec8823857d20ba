package dev.countersign.testkit.contract;

import static dev.countersign.testkit.contract.SampleUsers.CREATED;
import static dev.countersign.testkit.contract.SampleUsers.HASH;
import static dev.countersign.testkit.contract.SampleUsers.LATER;
import static dev.countersign.testkit.contract.SampleUsers.OTHER_HASH;
import static dev.countersign.testkit.contract.SampleUsers.changed;
import static dev.countersign.testkit.contract.SampleUsers.named;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.json.JsonNumber;
import dev.countersign.password.PasswordHash;
import dev.countersign.port.UserStore;
import dev.countersign.user.Login;
import dev.countersign.user.StoreResult;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserKey;
import dev.countersign.user.UserStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Tests of concurrent writes between two statements of a store, deterministic in every run; part of {@link UserStoreContract}. */
abstract class UserStoreInterleavings extends UserStoreRaces {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    // A store that locks the rows it reads makes the other writer wait; the other writer then finishes later.
    private static final Duration HELD_UP = Duration.ofMillis(500);
    private static final int DUELS = 100;

    /**
     * Creates the store under test with a callback before each statement, so that another writer can run between its reads and its writes.
     *
     * @param beforeStatement called in the thread that sends the statement; with Jdbi, from {@code SqlLogger.logBeforeExecution}
     * @return a store over the same data as {@link #store}; empty by default. Override it unless the store sends no statements
     */
    protected Optional<UserStore> pausing(Runnable beforeStatement) {
        return Optional.empty();
    }

    @Test
    void a_change_between_reading_and_writing_is_not_overwritten() {
        between(
                (store, user) -> store.update(changed(user, user.attributes().with("one", JsonNumber.of(1))), null),
                user -> store().update(changed(user, user.attributes().with("two", JsonNumber.of(2))), null),
                (user, results) -> {
                    assertThat(results.first() instanceof StoreResult.Stored)
                            .isNotEqualTo(results.second() instanceof StoreResult.Stored);
                    String winner = results.first() instanceof StoreResult.Stored ? "one" : "two";
                    assertThat(read(user.id()).attributes().members()).containsOnlyKeys(winner);
                });
    }

    @Test
    void a_hash_that_is_replaced_during_a_login_or_a_change_stays() {
        between(
                (store, user) -> store.recordLogin(Login.of(user, LATER)),
                user -> store().rehash(user.id(), HASH, OTHER_HASH),
                (user, results) -> assertThat(hash(user)).isEqualTo(OTHER_HASH));
        between(
                (store, user) -> store.update(changed(user, user.attributes().with("one", JsonNumber.of(1))), null),
                user -> store().rehash(user.id(), HASH, OTHER_HASH),
                (user, results) -> assertThat(hash(user)).isEqualTo(OTHER_HASH));
        between(
                (store, user) -> store.rehash(user.id(), HASH, PasswordHash.of("$2b$12$one")),
                user -> store().rehash(user.id(), HASH, OTHER_HASH),
                (user, results) -> {
                    assertThat(results.first()).isNotEqualTo(results.second());
                    assertThat(hash(user)).isEqualTo(results.second() ? OTHER_HASH : PasswordHash.of("$2b$12$one"));
                });
    }

    @Test
    void a_password_that_is_changed_during_a_login_ends_it() {
        between(
                (store, user) -> store.recordLogin(Login.of(user, LATER)),
                user -> stored(store().update(
                                user.toBuilder()
                                        .updatedAt(LATER)
                                        .passwordChangedAt(LATER)
                                        .build(),
                                OTHER_HASH)),
                (user, results) -> {
                    assertThat(hash(user)).isEqualTo(OTHER_HASH);
                    assertThat(results.first().isPresent())
                            .isEqualTo(results.second().lastLoginAt() != null);
                });
    }

    @Test
    void nobody_who_is_disabled_or_deleted_during_a_login_logs_in() {
        between(
                (store, user) -> store.recordLogin(Login.of(user, LATER)),
                user -> stored(store().update(changed(user, UserStatus.DISABLED), null)),
                (user, results) -> {
                    User now = read(user.id());
                    assertThat(now).isEqualTo(results.second());
                    assertThat(results.first().isPresent()).isEqualTo(now.lastLoginAt() != null);
                });
        between(
                (store, user) -> store.recordLogin(Login.of(user, LATER)),
                user -> store().delete(user.id()),
                (user, results) -> assertThat(store().page(null, 10)).isEmpty());
    }

    @Test
    void a_login_during_another_or_during_a_change_is_kept() {
        between(
                (store, user) -> store.recordLogin(Login.of(user, LATER)).orElseThrow(),
                user -> store().recordLogin(Login.of(user, CREATED)).orElseThrow(),
                (user, results) -> assertThat(results.first().previousLoginAt() == null)
                        .isNotEqualTo(results.second().previousLoginAt() == null));
        between(
                (store, user) -> store.update(changed(user, user.attributes().with("one", JsonNumber.of(1))), null),
                user -> store().recordLogin(Login.of(user, LATER)),
                (user, results) -> assertThat(read(user.id()).lastLoginAt()).isEqualTo(LATER));
    }

    @Test
    void of_two_changes_at_the_same_moment_one_is_stored() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            User user = stored(named("han@example.com", null));
            for (int i = 0; i < DUELS; i++) {
                User before = user;
                CountDownLatch ready = new CountDownLatch(2);
                Future<StoreResult> one = other.submit(() -> duel(ready, before, "one"));
                StoreResult two = duel(ready, before, "two");
                StoreResult first = one.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
                assertThat(first instanceof StoreResult.Stored).isNotEqualTo(two instanceof StoreResult.Stored);
                user = stored(first instanceof StoreResult.Stored ? first : two);
                assertThat(read(user.id())).isEqualTo(user);
            }
        } finally {
            other.shutdownNow();
        }
    }

    private StoreResult duel(CountDownLatch ready, User before, String name) {
        User changed = changed(before, before.attributes().with("by", JsonNumber.of(name.length())));
        ready.countDown();
        // A busy wait: any other wait takes longer than the race that is tested.
        while (ready.getCount() > 0) {
            Thread.onSpinWait();
        }
        return store().update(changed, null);
    }

    private record Results<A, B>(A first, B second) {}

    /** Repeats one action; each time, the other action runs before the next statement, until there are no more. */
    private <A, B> void between(
            BiFunction<UserStore, User, A> one, Function<User, B> other, BiConsumer<User, Results<A, B>> check) {
        boolean more = true;
        for (int at = 1; more; at++) {
            User user = stored(named("han@example.com", null));
            int which = at;
            AtomicInteger sent = new AtomicInteger();
            CompletableFuture<B> done = new CompletableFuture<>();
            Optional<UserStore> pausing = pausing(() -> {
                if (sent.incrementAndGet() == which) {
                    interfere(() -> other.apply(user), done);
                }
            });
            A first = pausing.isPresent() ? one.apply(pausing.get(), user) : null;
            // The number of statements depends on what runs between them.
            more = sent.get() >= which;
            if (first != null && more) {
                B second = done.orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
                check.accept(user, new Results<>(first, second));
            }
            assertThat(sent.get() > 0).isEqualTo(pausing.isPresent());
            store().delete(user.id());
        }
    }

    private static <B> void interfere(Supplier<B> other, CompletableFuture<B> done) {
        Thread thread = new Thread(() -> {
            try {
                done.complete(other.get());
            } catch (RuntimeException failed) {
                done.completeExceptionally(failed);
            }
        });
        thread.setDaemon(true);
        thread.start();
        try {
            done.get(HELD_UP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException later) {
            // The other action is blocked by a lock for now; if it failed, its exception is reported at the end.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private PasswordHash hash(User user) {
        return store().find(new UserKey.ById(user.id())).map(StoredUser::hash).orElseThrow();
    }
}
