package dev.countersign.testkit.contract;

import static dev.countersign.testkit.contract.SampleUsers.HASH;
import static dev.countersign.testkit.contract.SampleUsers.LATER;
import static dev.countersign.testkit.contract.SampleUsers.OTHER_HASH;
import static dev.countersign.testkit.contract.SampleUsers.changed;
import static dev.countersign.testkit.contract.SampleUsers.email;
import static dev.countersign.testkit.contract.SampleUsers.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import dev.countersign.port.UnitOfWork;
import dev.countersign.port.UserStore;
import dev.countersign.user.Login;
import dev.countersign.user.StoreResult;
import dev.countersign.user.User;
import dev.countersign.user.UserKey;
import dev.countersign.user.UserStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The contract of every {@link UnitOfWork}. Extend it with the unit and a user store that takes part in it. */
public abstract class UnitOfWorkContract {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** {@return the unit under test} */
    protected abstract UnitOfWork unit();

    /** {@return an empty store that takes part in the unit} */
    protected abstract UserStore users();

    @Test
    void what_a_unit_writes_is_there_after_it() {
        User han = unit().run(() -> {
            User first = stored("han@example.com");
            users().recordLogin(Login.of(first, LATER));
            stored("leia@example.com");
            return first;
        });
        assertThat(addresses()).containsExactly("han@example.com", "leia@example.com");
        assertThat(users().find(new UserKey.ById(han.id())).orElseThrow().user().lastLoginAt())
                .isEqualTo(LATER);
    }

    @Test
    void what_a_unit_writes_is_undone_when_it_throws_and_what_it_throws_comes_out() {
        User han = stored("han@example.com");
        User leia = stored("leia@example.com");
        IllegalArgumentException thrown = new IllegalArgumentException("changed its mind");
        assertThatThrownBy(() -> unit().run(() -> {
                    stored("luke@example.com");
                    users().update(changed(han, UserStatus.DISABLED), OTHER_HASH);
                    users().rehash(leia.id(), HASH, OTHER_HASH);
                    users().recordLogin(Login.of(leia, LATER));
                    users().delete(leia.id());
                    throw thrown;
                }))
                .isSameAs(thrown);
        assertThat(users().page(null, 10)).containsExactly(han, leia);
        assertThat(users().find(new UserKey.ById(leia.id())).orElseThrow().hash())
                .isEqualTo(HASH);
    }

    @Test
    void a_unit_sees_what_it_wrote() {
        unit().run(() -> {
            User han = stored("han@example.com");
            assertThat(users().find(new UserKey.ByEmail(email("han@example.com")))
                            .orElseThrow()
                            .user())
                    .isEqualTo(han);
            users().delete(han.id());
            assertThat(users().find(new UserKey.ById(han.id()))).isEmpty();
            return han;
        });
        assertThat(users().page(null, 10)).isEmpty();
    }

    @Test
    void nobody_else_sees_what_is_not_to_stay() throws Exception {
        UserKey han = new UserKey.ByEmail(email("han@example.com"));
        AtomicBoolean ended = new AtomicBoolean();
        CountDownLatch looking = new CountDownLatch(1);
        CompletableFuture<Boolean> seen = CompletableFuture.supplyAsync(() -> {
            boolean found = false;
            while (!ended.get()) {
                found |= users().find(han).isPresent();
                looking.countDown();
            }
            return found;
        });
        try {
            assertThat(looking.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(() -> unit().run(() -> {
                        stored("han@example.com");
                        pause();
                        throw new IllegalArgumentException("changed its mind");
                    }))
                    .hasMessage("changed its mind");
        } finally {
            ended.set(true);
        }
        assertThat(seen.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void a_refusal_is_a_value_and_the_unit_goes_on() {
        User han = stored("han@example.com");
        User leia = stored("leia@example.com");
        unit().run(() -> {
            assertThat(users().insert(named("HAN@example.com", null))).isEqualTo(new StoreResult.Taken());
            assertThat(users().update(changed(leia, han.email(), null), null)).isEqualTo(new StoreResult.Taken());
            return stored("luke@example.com");
        });
        assertThat(addresses()).containsExactly("han@example.com", "leia@example.com", "luke@example.com");
    }

    @Test
    void work_inside_other_work_is_part_of_it() {
        assertThatThrownBy(() -> unit().run(() -> {
                    unit().run(() -> stored("han@example.com"));
                    stored("leia@example.com");
                    throw new IllegalArgumentException("changed its mind");
                }))
                .hasMessage("changed its mind");
        assertThat(users().page(null, 10)).isEmpty();
        unit().run(() -> unit().run(() -> stored("luke@example.com")));
        assertThat(addresses()).containsExactly("luke@example.com");
    }

    @Test
    void inner_work_that_throws_is_undone_even_if_the_outer_one_goes_on() {
        unit().run(() -> {
            stored("han@example.com");
            assertThatThrownBy(() -> unit().run(() -> {
                        unit().run(() -> stored("leia@example.com"));
                        throw new IllegalArgumentException("changed its mind");
                    }))
                    .hasMessage("changed its mind");
            return unit().run(() -> stored("luke@example.com"));
        });
        assertThat(addresses()).containsExactly("han@example.com", "luke@example.com");
    }

    @Test
    void what_comes_after_a_unit_is_no_part_of_it() {
        assertThatThrownBy(() -> unit().run(() -> {
                    throw new IllegalArgumentException("changed its mind");
                }))
                .hasMessage("changed its mind");
        stored("han@example.com");
        assertThatThrownBy(() -> unit().run(() -> {
                    stored("leia@example.com");
                    throw new IllegalArgumentException("changed its mind again");
                }))
                .hasMessage("changed its mind again");
        assertThat(addresses()).containsExactly("han@example.com");
    }

    @Test
    void what_other_threads_write_meanwhile_is_no_part_of_it() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            List<Future<User>> writing = new ArrayList<>();
            assertThatThrownBy(() -> unit().run(() -> {
                        stored("han@example.com");
                        writing.add(other.submit(() -> stored("leia@example.com")));
                        pause();
                        throw new IllegalArgumentException("changed its mind");
                    }))
                    .hasMessage("changed its mind");
            writing.get(0).get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } finally {
            other.shutdownNow();
        }
        assertThat(addresses()).containsExactly("leia@example.com");
    }

    @Test
    void of_units_at_once_that_want_one_address_one_wins() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(10);
        try {
            List<Future<StoreResult>> racing = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                String own = "luke" + i + "@example.com";
                racing.add(threads.submit(() -> unit().run(() -> {
                    StoreResult result = users().insert(named("han@example.com", null));
                    if (result instanceof StoreResult.Stored) {
                        stored(own);
                    }
                    return result;
                })));
            }
            List<StoreResult> results = new ArrayList<>();
            for (Future<StoreResult> one : racing) {
                results.add(one.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS));
            }
            assertThat(results).filteredOn(StoreResult.Stored.class::isInstance).hasSize(1);
            assertThat(results).filteredOn(new StoreResult.Taken()::equals).hasSize(9);
        } finally {
            threads.shutdownNow();
        }
        assertThat(addresses()).hasSize(2).contains("han@example.com");
    }

    private User stored(String address) {
        return ((StoreResult.Stored) users().insert(named(address, null))).user();
    }

    private ImmutableList<String> addresses() {
        return users().page(null, 100).stream()
                .map(user -> String.valueOf(user.email()))
                .sorted()
                .collect(ImmutableList.toImmutableList());
    }

    // Long enough for other threads to read; the result does not depend on the time.
    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
