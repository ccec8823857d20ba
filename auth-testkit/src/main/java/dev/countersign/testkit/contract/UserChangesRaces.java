package dev.countersign.testkit.contract;

import static dev.countersign.testkit.contract.SampleUsers.changed;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Stopwatch;
import dev.countersign.port.BulkUserStore;
import dev.countersign.port.SessionStore;
import dev.countersign.port.UnitOfWork;
import dev.countersign.port.UserChanges;
import dev.countersign.port.UserChanges.Changes;
import dev.countersign.port.UserChanges.Listener;
import dev.countersign.port.UserStore;
import dev.countersign.user.StoreResult;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import dev.countersign.user.UserStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Tests of a feed while several threads write; part of {@link UserChangesContract}. */
abstract class UserChangesRaces {

    static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** {@return the feed under test} */
    protected abstract UserChanges changes();

    /** {@return an empty store whose changes are reported} */
    protected abstract UserStore users();

    /** {@return the sessions whose ends are reported} */
    protected abstract SessionStore sessions();

    /** {@return the same users, for imports} */
    protected abstract BulkUserStore bulk();

    /** {@return a unit of work that the stores take part in} */
    protected abstract UnitOfWork unit();

    @Test
    void a_transaction_that_began_before_and_commits_after_another_is_reported() throws Exception {
        User early = stored("early");
        User late = stored("late");
        ExecutorService threads = Executors.newFixedThreadPool(2);
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch commit = new CountDownLatch(1);
        try (Listener listener = changes().listen()) {
            Future<StoreResult> first = threads.submit(() -> unit().run(() -> {
                StoreResult result = disable(early);
                written.countDown();
                await(commit);
                return result;
            }));
            await(written);
            Future<StoreResult> second = threads.submit(() -> unit().run(() -> disable(late)));
            // A store with one writer at a time lets the second wait for the first.
            boolean isKnown = isDoneSoon(second);
            if (isKnown) {
                assertReported(listener, late);
            }
            Set<UserId> between = listener.next(SHORT).users();
            assertThat(between).doesNotContain(early.id());
            commit.countDown();
            first.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            second.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            if (isKnown || between.contains(late.id())) {
                assertReported(listener, early);
            } else {
                assertReported(listener, early, late);
            }
        } finally {
            commit.countDown();
            threads.shutdownNow();
        }
    }

    @Test
    void a_transaction_that_began_before_the_listener_and_commits_after_it_is_reported() throws Exception {
        User han = stored("han");
        ExecutorService threads = Executors.newSingleThreadExecutor();
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch commit = new CountDownLatch(1);
        try {
            Future<StoreResult> writing = threads.submit(() -> unit().run(() -> {
                StoreResult result = disable(han);
                written.countDown();
                await(commit);
                return result;
            }));
            await(written);
            try (Listener listener = changes().listen()) {
                commit.countDown();
                writing.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
                assertReported(listener, han);
            }
        } finally {
            commit.countDown();
            threads.shutdownNow();
        }
    }

    @Test
    void no_change_of_many_threads_is_missed_and_each_can_be_read_when_it_is_reported() throws Exception {
        List<User> all = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            all.add(stored("user" + i));
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (Listener listener = changes().listen()) {
            List<Future<StoreResult>> writing = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                User user = all.get(i);
                boolean inUnit = i % 3 == 0;
                writing.add(threads.submit(() -> inUnit ? unit().run(() -> disable(user)) : disable(user)));
            }
            Set<UserId> missing = all.stream().map(User::id).collect(Collectors.toCollection(HashSet::new));
            Stopwatch waited = Stopwatch.createStarted();
            while (!missing.isEmpty() && waited.elapsed().compareTo(TIMEOUT) < 0) {
                Changes changes = listener.next(SHORT);
                for (UserId id : changes.users()) {
                    assertThat(users().find(new UserKey.ById(id))
                                    .orElseThrow()
                                    .user()
                                    .status())
                            .isEqualTo(UserStatus.DISABLED);
                    missing.remove(id);
                }
                if (changes.everybody()) {
                    missing.clear();
                }
            }
            assertThat(missing).isEmpty();
            for (Future<StoreResult> one : writing) {
                assertThat(one.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(StoreResult.Stored.class);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_waiting_listener_is_woken_by_a_change() throws Exception {
        User han = stored("han");
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (Listener listener = changes().listen()) {
            Stopwatch waited = Stopwatch.createStarted();
            Future<Boolean> deleting = threads.submit(() -> {
                pause();
                return users().delete(han.id());
            });
            Changes changes = listener.next(TIMEOUT);
            assertThat(changes.everybody() || changes.users().contains(han.id()))
                    .isTrue();
            assertThat(waited.elapsed()).isLessThan(TIMEOUT.dividedBy(3));
            assertThat(deleting.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @SuppressWarnings("try") // Closed twice: the first time is what the test is about.
    void a_listener_can_be_closed_by_another_thread_while_it_waits() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (Listener listener = changes().listen()) {
            Future<Changes> waiting = threads.submit(() -> listener.next(TIMEOUT));
            pause();
            listener.close();
            Stopwatch waited = Stopwatch.createStarted();
            try {
                assertThat(waiting.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(Changes.NONE);
            } catch (ExecutionException closed) {
                assertThat(closed).hasCauseInstanceOf(IllegalStateException.class);
            }
            assertThat(waited.elapsed()).isLessThan(TIMEOUT.dividedBy(3));
        } finally {
            threads.shutdownNow();
        }
    }

    private StoreResult disable(User user) {
        return users().update(changed(user, UserStatus.DISABLED), null);
    }

    /** Stores a user whose names begin with a text. */
    final User stored(String name) {
        return ((StoreResult.Stored) users().insert(SampleUsers.named(name + "@example.com", name))).user();
    }

    final User read(User user) {
        return users().find(new UserKey.ById(user.id())).orElseThrow().user();
    }

    /** Listens until all of these users were reported. */
    static void assertReported(Listener listener, User... users) {
        Set<UserId> missing = Arrays.stream(users).map(User::id).collect(Collectors.toCollection(HashSet::new));
        Stopwatch waited = Stopwatch.createStarted();
        while (!missing.isEmpty() && waited.elapsed().compareTo(TIMEOUT.dividedBy(6)) < 0) {
            Changes changes = listener.next(SHORT);
            missing.removeAll(changes.users());
            if (changes.everybody()) {
                missing.clear();
            }
        }
        assertThat(missing).as("not reported").isEmpty();
        // What a change brings with it may come a moment later, and twice.
        Changes more = listener.next(Duration.ZERO);
        assertThat(more.users()).isSubsetOf(Arrays.stream(users).map(User::id).collect(Collectors.toSet()));
    }

    static void assertSilent(Listener listener) {
        assertThat(listener.next(SHORT)).isEqualTo(Changes.NONE);
    }

    private static boolean isDoneSoon(Future<?> work) throws Exception {
        try {
            work.get(SHORT.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException waiting) {
            return false;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stopped);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(SHORT.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
