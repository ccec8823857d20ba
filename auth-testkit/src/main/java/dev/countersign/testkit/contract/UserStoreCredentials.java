package dev.countersign.testkit.contract;

import static dev.countersign.testkit.contract.SampleUsers.CREATED;
import static dev.countersign.testkit.contract.SampleUsers.HASH;
import static dev.countersign.testkit.contract.SampleUsers.LATER;
import static dev.countersign.testkit.contract.SampleUsers.OTHER_HASH;
import static dev.countersign.testkit.contract.SampleUsers.changed;
import static dev.countersign.testkit.contract.SampleUsers.email;
import static dev.countersign.testkit.contract.SampleUsers.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.countersign.json.JsonString;
import dev.countersign.port.UserStore.Gap;
import dev.countersign.token.TokenProfile;
import dev.countersign.user.Login;
import dev.countersign.user.Origin;
import dev.countersign.user.StoreResult;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Tests of the order of logins and password changes, which the store decides independently of its callers' clocks, and of the times since when a user
 * has its names; part of {@link UserStoreContract}.
 */
abstract class UserStoreCredentials extends UserStoreRefusals {

    private static final Instant SECOND = LATER.truncatedTo(ChronoUnit.SECONDS);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @Test
    void a_new_password_is_dated_as_given_if_that_is_late_enough() {
        User user = stored(named("han@example.com", null));
        Instant given = LATER.plusSeconds(5);
        assertThat(changedPassword(user, given).passwordChangedAt()).isEqualTo(given);
    }

    @Test
    void a_new_password_is_dated_after_every_token_that_was_noted_even_by_a_machine_ahead_of_time() {
        assumeFalse(store().gaps().contains(Gap.TOKEN_TIMES));
        User user = stored(named("han@example.com", null));
        Instant ahead = SECOND.plusSeconds(300);
        assertThat(store().recordLogin(login(user, LATER, ahead))).isPresent();
        assertThat(store().recordLogin(login(user, LATER, SECOND))).isPresent();

        User after = changedPassword(user, LATER);

        assertThat(after.passwordChangedAt()).isAfter(ahead).isBeforeOrEqualTo(ahead.plusSeconds(1));
        assertThat(read(user.id()).passwordChangedAt()).isEqualTo(after.passwordChangedAt());
    }

    @Test
    void a_new_password_is_dated_after_the_first_token_of_a_new_user() {
        assumeFalse(store().gaps().contains(Gap.TOKEN_TIMES));
        User user = stored(named("han@example.com", null));
        assertThat(changedPassword(user, CREATED.minusSeconds(300)).passwordChangedAt())
                .isAfter(CREATED.truncatedTo(ChronoUnit.SECONDS));
    }

    @Test
    void of_two_changes_in_a_moment_the_second_is_dated_after_the_second_that_follows_the_first() {
        User user = stored(named("han@example.com", null));
        User first = changedPassword(user, LATER);
        User second = changedPassword(first, LATER);
        Instant next = SECOND.plusSeconds(1);
        assertThat(first.passwordChangedAt()).isEqualTo(LATER);
        assertThat(second.passwordChangedAt()).isAfter(next).isBeforeOrEqualTo(next.plusSeconds(1));
    }

    @Test
    void a_change_without_a_hash_and_a_rehash_are_no_changes_of_the_password() {
        User user = changedPassword(stored(named("han@example.com", null)), LATER);
        store().recordLogin(login(user, LATER.plusSeconds(60), SECOND.plusSeconds(60)));
        User renamed = stored(store().update(changed(user, user.attributes().with("nick", new JsonString("h"))), null));
        assertThat(renamed.passwordChangedAt()).isEqualTo(LATER);
        assertThat(store().rehash(user.id(), OTHER_HASH, HASH)).isTrue();
        assertThat(read(user.id()).passwordChangedAt()).isEqualTo(LATER);
    }

    @Test
    void a_login_with_a_password_that_was_replaced_meanwhile_is_not_noted() {
        User user = stored(named("han@example.com", null));
        User first = changedPassword(user, LATER);
        assertThat(store().recordLogin(login(user, LATER, SECOND))).isEmpty();
        User second = changedPassword(first, LATER.plusSeconds(9));
        assertThat(store().recordLogin(login(first, LATER, SECOND))).isEmpty();
        assertThat(read(user.id())).isEqualTo(second);
        assertThat(store().recordLogin(login(second, LATER, SECOND))).isPresent();
    }

    @Test
    void no_login_with_the_old_password_gets_a_token_dated_after_the_change() throws Exception {
        assumeFalse(store().gaps().contains(Gap.TOKEN_TIMES));
        User user = stored(named("han@example.com", null));
        AtomicReference<@Nullable Instant> changedAt = new AtomicReference<>();
        CountDownLatch loggingIn = new CountDownLatch(3);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<CompletableFuture<Optional<Instant>>> logins = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                // Each machine has its own clock.
                Instant clock = SECOND.plusSeconds(i * 100L);
                logins.add(CompletableFuture.supplyAsync(() -> lastLogin(user, clock, changedAt, loggingIn), threads));
            }
            CompletableFuture<Instant> change = CompletableFuture.supplyAsync(
                    () -> {
                        await(loggingIn);
                        Instant time = passwordChangedAt(user);
                        changedAt.set(time);
                        return time;
                    },
                    threads);
            Instant end = change.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            for (CompletableFuture<Optional<Instant>> login : logins) {
                assertThat(login.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS))
                        .hasValueSatisfying(issued -> assertThat(issued).isBefore(end));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Logs in with the old password until it is replaced; returns the latest time of issue that the store recorded. */
    private Optional<Instant> lastLogin(
            User user, Instant clock, AtomicReference<@Nullable Instant> changedAt, CountDownLatch loggingIn) {
        Optional<Instant> latest = Optional.empty();
        for (int second = 0; changedAt.get() == null; second++) {
            Instant issued = clock.plusSeconds(second);
            if (store().recordLogin(login(user, issued, issued)).isPresent()) {
                if (latest.isEmpty()) {
                    loggingIn.countDown();
                }
                latest = Optional.of(issued);
            }
        }
        return latest;
    }

    private Instant passwordChangedAt(User user) {
        while (true) {
            User now = read(user.id());
            if (store().update(withPasswordAt(now, LATER), OTHER_HASH) instanceof StoreResult.Stored done) {
                return Objects.requireNonNull(done.user().passwordChangedAt());
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_user_who_registers_keeps_nothing_of_an_old_system() {
        Origin origin = stored(named("han@example.com", "han")).origin();
        assertThat(origin.kept().isEmpty() || origin.system().equals(Origin.ANY_SYSTEM))
                .isTrue();
    }

    @Test
    void an_identifier_that_changes_is_known_to_be_new() {
        assumeFalse(store().gaps().contains(Gap.IDENTIFIER_TIMES));
        User before = stored(named("han@example.com", "han"));
        Origin moved = before.origin().withEmailSince(LATER).withUsernameSince(LATER);
        User given = changed(before, email("solo@example.com"), SampleUsers.username("solo")).toBuilder()
                .origin(moved)
                .build();
        stored(store().update(given, null));
        Origin origin = read(before.id()).origin();
        // A store may know only the time of the last change, and derives the leeway from it.
        Instant earliest = LATER.minus(TokenProfile.LEEWAY).minusSeconds(1);
        assertThat(origin.emailSince()).isBetween(earliest, LATER);
        assertThat(origin.usernameSince()).isBetween(earliest, LATER);
        assertThat(origin.storedAt()).isEqualTo(before.origin().storedAt());
    }

    private User changedPassword(User user, Instant given) {
        User after = stored(store().update(withPasswordAt(user, given), OTHER_HASH));
        assertThat(store().find(new UserKey.ById(user.id())).map(StoredUser::hash))
                .contains(OTHER_HASH);
        return after;
    }

    private static User withPasswordAt(User user, Instant given) {
        return user.toBuilder().updatedAt(LATER).passwordChangedAt(given).build();
    }

    private static Login login(User user, Instant at, Instant issued) {
        return new Login(user.id(), user.passwordChangedAt(), at, issued);
    }
}
