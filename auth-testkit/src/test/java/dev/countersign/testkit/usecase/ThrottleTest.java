package dev.countersign.testkit.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Auth;
import dev.countersign.password.RawPassword;
import dev.countersign.session.Client;
import dev.countersign.testkit.fake.InMemoryThrottleStore;
import dev.countersign.throttle.ClientAddress;
import dev.countersign.throttle.ThrottleKey;
import dev.countersign.throttle.ThrottleKeys;
import dev.countersign.throttle.ThrottlePolicy;
import dev.countersign.usecase.AuthenticateRequest;
import dev.countersign.usecase.ChangeOwnUser;
import dev.countersign.usecase.FailureReason;
import dev.countersign.usecase.LogIn;
import dev.countersign.usecase.Throttle;
import dev.countersign.usecase.UpdateUser;
import dev.countersign.usecase.UserChange;
import dev.countersign.user.IdentifierKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Logins that wait, over the sample users. */
class ThrottleTest {

    private static final String HAN = "han@example.com";
    private static final String ATTACKER = "192.0.2.66";
    private static final String HOME = "198.51.100.7";
    private static final String HOTEL = "203.0.113.9";
    private static final int FREE = ThrottlePolicy.DEFAULT.freeForUser();

    private final SampleAuth sample = new SampleAuth();
    private final InMemoryThrottleStore store = new InMemoryThrottleStore();
    private final List<RuntimeException> faults = new CopyOnWriteArrayList<>();
    private final Auth auth = node();

    private Auth node() {
        return sample.builder()
                .throttle(Throttle.over(
                        store, ThrottleKeys.of(new byte[32]), ThrottlePolicy.DEFAULT, sample.clock, faults::add))
                .build();
    }

    private LogIn.Outcome logIn(Auth node, String name, String password, String from) {
        return node.logIn(new LogIn.Attempt(
                IdentifierKind.EITHER, name, RawPassword.of(password), new Client("", ClientAddress.of(from))));
    }

    private String result(String name, String password, String from) {
        return result(logIn(auth, name, password, from));
    }

    private static String result(LogIn.Outcome outcome) {
        return outcome.fold(
                in -> "in",
                refused -> refused.reason() + " " + refused.retryAfter().toSeconds());
    }

    private void failures(int times, String name, String from) {
        for (int i = 0; i < times; i++) {
            assertThat(result(name, "wrong", from)).as("failure " + i).startsWith("BAD_CREDENTIALS");
        }
    }

    @Test
    void an_attempt_that_has_to_wait_computes_no_hash_and_counts_nothing() {
        failures(FREE, HAN, ATTACKER);
        int hashes = sample.hasher.verifications();
        for (int i = 0; i < 50; i++) {
            assertThat(result(HAN, SampleUsers.PASSWORD, ATTACKER)).isEqualTo("TOO_MANY_FOR_USER 1");
        }
        assertThat(sample.hasher.verifications()).isEqualTo(hashes);
        sample.clock.advance(Duration.ofSeconds(1));
        assertThat(result(HAN, "wrong", ATTACKER)).startsWith("BAD_CREDENTIALS");
        assertThat(result(HAN, "wrong", ATTACKER)).isEqualTo("TOO_MANY_FOR_USER 2");
    }

    @Test
    void an_unknown_name_waits_like_a_known_one_with_as_many_statements() {
        List<String> known = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (int i = 0; i < FREE + 5; i++) {
            int before = store.statements();
            known.add(result(HAN, "wrong", ATTACKER) + " " + (store.statements() - before));
            before = store.statements();
            unknown.add(result("nobody@example.com", "wrong", HOTEL) + " " + (store.statements() - before));
        }
        assertThat(unknown).isEqualTo(known);
        assertThat(known).startsWith("BAD_CREDENTIALS 0 2").endsWith("TOO_MANY_FOR_USER 1 1");
    }

    @Test
    void several_names_of_a_user_count_as_one_and_so_do_the_spellings_of_an_unknown_one() {
        failures(FREE, "HAN@Example.com", ATTACKER);
        assertThat(result(HAN, "wrong", HOTEL)).startsWith("TOO_MANY_FOR_USER");
        failures(FREE / 2, "Nobody@example.com", ATTACKER);
        failures(FREE / 2, "nobody@EXAMPLE.com", ATTACKER);
        assertThat(result("nobody@example.com", "wrong", HOTEL)).startsWith("TOO_MANY_FOR_USER");
    }

    @Test
    void an_attacker_does_not_keep_a_user_out_of_a_network_with_an_earlier_login() {
        assertThat(result(HAN, SampleUsers.PASSWORD, HOME)).isEqualTo("in");
        attack(100);
        assertThat(result(HAN, SampleUsers.PASSWORD, HOTEL))
                .isEqualTo(
                        "TOO_MANY_FOR_USER " + ThrottlePolicy.DEFAULT.longest().toSeconds());
        assertThat(result(HAN, "a typing error", HOME)).startsWith("BAD_CREDENTIALS");
        assertThat(result(HAN, SampleUsers.PASSWORD, HOME)).isEqualTo("in");
    }

    /** Fails until the user has so many failures in a row, within the shortest time. */
    private void attack(int failures) {
        for (int i = 0; i < failures; ) {
            LogIn.Outcome.Refused refused = (LogIn.Outcome.Refused) logIn(auth, HAN, "wrong", ATTACKER);
            if (refused.reason() == FailureReason.BAD_CREDENTIALS) {
                i++;
            }
            sample.clock.advance(refused.retryAfter());
        }
    }

    @Test
    void within_a_day_a_user_has_at_most_a_hundred_failures_from_all_unknown_networks() {
        Instant end = sample.clock.instant().plus(Duration.ofDays(1));
        int hashes = sample.hasher.verifications();
        for (int i = 0; sample.clock.instant().isBefore(end); i++) {
            // Another network for each attempt, as a botnet has them.
            LogIn.Outcome.Refused refused = (LogIn.Outcome.Refused)
                    logIn(auth, HAN, "wrong", "10." + (i >> 16 & 255) + "." + (i >> 8 & 255) + "." + (i & 255));
            sample.clock.advance(refused.retryAfter());
        }
        assertThat(sample.hasher.verifications() - hashes).isBetween(80, 100);
        sample.clock.advance(ThrottlePolicy.DEFAULT.longest());
        assertThat(result(HAN, SampleUsers.PASSWORD, HOTEL)).isEqualTo("in");
    }

    @Test
    void a_known_network_cannot_guess_without_end_either() {
        assertThat(result(HAN, SampleUsers.PASSWORD, HOME)).isEqualTo("in");
        failures(FREE, HAN, HOME);
        assertThat(result(HAN, "wrong", HOME)).isEqualTo("TOO_MANY_FOR_USER 1");
        sample.clock.advance(Duration.ofSeconds(1));
        assertThat(result(HAN, SampleUsers.PASSWORD, HOME)).isEqualTo("in");
        failures(FREE, HAN, HOME);
    }

    @Test
    void a_success_forgets_the_failures() {
        failures(FREE - 1, HAN, HOTEL);
        assertThat(result(HAN, SampleUsers.PASSWORD, HOTEL)).isEqualTo("in");
        failures(FREE - 1, HAN, ATTACKER);
    }

    @Test
    void many_names_from_one_network_wait_for_the_network_and_other_networks_do_not() {
        for (int i = 0; i < ThrottlePolicy.DEFAULT.freeForNetwork(); i++) {
            failures(1, "user" + i + "@example.com", "2001:db8::" + i);
        }
        assertThat(result("another@example.com", "wrong", "2001:db8::ffff")).isEqualTo("TOO_MANY_FROM_ADDRESS 1");
        assertThat(result(HAN, SampleUsers.PASSWORD, "2001:db8:0:1::1")).isEqualTo("in");
        sample.clock.advance(Duration.ofMinutes(1));
        assertThat(result("another@example.com", "wrong", "2001:db8::ffff")).startsWith("BAD_CREDENTIALS");
    }

    @Test
    void what_one_node_counts_holds_at_the_others() {
        Auth other = node();
        failures(FREE, HAN, ATTACKER);
        assertThat(result(logIn(other, HAN, SampleUsers.PASSWORD, HOTEL))).isEqualTo("TOO_MANY_FOR_USER 1");
    }

    @Test
    void of_many_at_once_no_more_are_verified_than_are_free() throws Exception {
        int before = sample.hasher.verifications();
        List<String> results = together(64, i -> result(HAN, "wrong", ATTACKER));
        assertThat(results).filteredOn(result -> result.startsWith("BAD")).hasSizeBetween(1, FREE);
        assertThat(sample.hasher.verifications() - before).isBetween(1, FREE);
    }

    @Test
    void after_the_free_failures_several_nodes_verify_one_at_a_time_together() throws Exception {
        failures(FREE, HAN, ATTACKER);
        sample.clock.advance(Duration.ofSeconds(1));
        List<Auth> nodes = List.of(node(), node(), node(), node());
        List<String> results = together(16, i -> result(logIn(nodes.get(i % 4), HAN, "wrong", ATTACKER)));
        assertThat(results).filteredOn(result -> result.startsWith("BAD")).hasSize(1);
    }

    private static List<String> together(int threads, IntFunction<String> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch start = new CountDownLatch(1);
        try {
            List<Future<String>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int own = i;
                running.add(pool.submit(() -> {
                    start.await();
                    return work.apply(own);
                }));
            }
            start.countDown();
            List<String> results = new ArrayList<>();
            for (Future<String> one : running) {
                results.add(one.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void a_store_that_fails_stops_neither_logins_nor_the_throttle() {
        store.fail(InMemoryThrottleStore.Failing.EVERYTHING);
        assertThat(result(HAN, SampleUsers.PASSWORD, HOME)).isEqualTo("in");
        failures(FREE, HAN, ATTACKER);
        assertThat(result(HAN, "wrong", ATTACKER)).startsWith("TOO_MANY_FOR_USER");
        assertThat(faults).isNotEmpty();
    }

    @Test
    void counts_that_were_read_before_the_store_failed_are_continued() {
        failures(FREE - 1, HAN, ATTACKER);
        store.fail(InMemoryThrottleStore.Failing.WRITES);
        failures(1, HAN, ATTACKER);
        assertThat(result(HAN, "wrong", ATTACKER)).isEqualTo("TOO_MANY_FOR_USER 1");
    }

    @Test
    void a_stolen_token_does_not_help_to_guess_the_current_password() {
        var in = (LogIn.Outcome.LoggedIn) logIn(auth, HAN, SampleUsers.PASSWORD, HOME);
        for (int i = 0; i < FREE; i++) {
            assertThat(changed(in, "wrong")).isInstanceOf(UpdateUser.Outcome.Rejected.class);
        }
        int hashes = sample.hasher.verifications();
        assertThat(changed(in, SampleUsers.PASSWORD))
                .isEqualTo(new UpdateUser.Outcome.Throttled(FailureReason.TOO_MANY_FOR_USER, Duration.ofSeconds(1)));
        assertThat(sample.hasher.verifications()).isEqualTo(hashes);
    }

    private UpdateUser.Outcome changed(LogIn.Outcome.LoggedIn in, String current) {
        return ((ChangeOwnUser.Outcome.NotChanged) change(in, current, "a new password")).why();
    }

    private ChangeOwnUser.Outcome change(LogIn.Outcome.LoggedIn in, String current, String next) {
        var by = (AuthenticateRequest.Outcome.Authenticated)
                auth.authenticate(in.token().token());
        UserChange change = UserChange.builder()
                .password(RawPassword.of(next))
                .currentPassword(RawPassword.of(current))
                .build();
        return auth.update(by, change, new Client("", ClientAddress.of(ATTACKER)));
    }

    @Test
    void the_right_current_password_forgets_the_failures_and_another_refusal_counts_none() {
        var in = (LogIn.Outcome.LoggedIn) logIn(auth, HAN, SampleUsers.PASSWORD, HOME);
        for (int i = 0; i < FREE - 1; i++) {
            assertThat(changed(in, "wrong")).isInstanceOf(UpdateUser.Outcome.Rejected.class);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(change(in, SampleUsers.PASSWORD, "short")).isInstanceOf(ChangeOwnUser.Outcome.NotChanged.class);
        }
        assertThat(change(in, SampleUsers.PASSWORD, "a new password"))
                .isInstanceOf(ChangeOwnUser.Outcome.Changed.class);
        var again = (LogIn.Outcome.LoggedIn) logIn(auth, HAN, "a new password", HOME);
        for (int i = 0; i < FREE - 1; i++) {
            assertThat(changed(again, "wrong")).isInstanceOf(UpdateUser.Outcome.Rejected.class);
        }
    }

    @Test
    void an_operator_can_forgive_a_user() {
        failures(FREE, HAN, ATTACKER);
        assertThat(store.forgive(sample.han.id())).isTrue();
        assertThat(result(HAN, SampleUsers.PASSWORD, HOTEL)).isEqualTo("in");
    }

    @Test
    void keys_show_no_name_and_no_address() {
        failures(1, "nobody@example.com", ATTACKER);
        failures(1, HAN, ATTACKER);
        assertThat(store.asked())
                .hasSizeGreaterThan(3)
                .allSatisfy(key -> assertThat(key.text())
                        .doesNotContain("nobody", "han", ATTACKER)
                        .hasSizeLessThan(ThrottleKey.LONGEST));
    }
}
