package dev.countersign.testkit.usecase;

import static dev.countersign.testkit.usecase.SampleUsers.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.common.collect.ImmutableList;
import dev.countersign.json.Json;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.JsonString;
import dev.countersign.json.text.JsonText;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.testkit.fixture.MutableClock;
import dev.countersign.usecase.LogIn;
import dev.countersign.usecase.UpdateUser;
import dev.countersign.usecase.UserChange;
import dev.countersign.user.AttributeChange;
import dev.countersign.user.User;
import dev.countersign.user.UserField;
import dev.countersign.user.UserField.Problem;
import dev.countersign.user.UserFlaw;
import dev.countersign.user.UserId;
import dev.countersign.user.UserStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateUserTest {

    private final SampleAuth sample = new SampleAuth();

    @Test
    void only_what_is_given_changes() {
        sample.clock.advance(Duration.ofMinutes(1));
        User user = updated(UserChange.builder()
                .email("solo@example.com")
                .attribute("phone", new JsonString("+1"))
                .build());
        assertThat(user.email()).hasToString("solo@example.com");
        assertThat(user.username()).hasToString("han");
        assertThat(user.status()).isEqualTo(UserStatus.ACTIVE);
        assertThat(JsonText.write(user.attributes())).isEqualTo("{\"first-name\":\"Han\",\"phone\":\"+1\"}");
        assertThat(user.createdAt()).isEqualTo(MutableClock.START);
        assertThat(user.updatedAt()).isEqualTo(MutableClock.START.plusSeconds(60));
        assertThat(user.passwordChangedAt()).isNull();
        assertThat(user.uuid()).isEqualTo(sample.han.uuid());
        assertThat(sample.logIn("solo@example.com", PASSWORD)).isInstanceOf(LogIn.Outcome.LoggedIn.class);
        assertThat(sample.logIn("han@example.com", PASSWORD)).isInstanceOf(LogIn.Outcome.Refused.class);
    }

    @Test
    void a_new_password_replaces_the_old_one() {
        sample.clock.advance(Duration.ofMinutes(1));
        User user = updated(UserChange.ofPasswordWithoutCurrent(RawPassword.of("a new password")));
        assertThat(user.passwordChangedAt()).isEqualTo(MutableClock.START.plusSeconds(60));
        assertThat(sample.logIn("han@example.com", "a new password")).isInstanceOf(LogIn.Outcome.LoggedIn.class);
        assertThat(sample.logIn("han@example.com", PASSWORD)).isInstanceOf(LogIn.Outcome.Refused.class);
    }

    @Test
    void the_current_password_is_verified_exactly_once_if_it_is_given() {
        updated(passwords("a new password", PASSWORD));
        assertThat(sample.hasher.verifications()).isEqualTo(1);
        assertThat(sample.hasher.hashes()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong", "", "never tell me the odds ", "\0", "\uD800"})
    void a_wrong_current_password_changes_nothing(String current) {
        PasswordHash before = sample.find(sample.han).hash();
        assertRejected(passwords("a new password", current), new Problem(UserField.CURRENT_PASSWORD, UserFlaw.WRONG));
        assertThat(sample.find(sample.han).hash()).isEqualTo(before);
        assertThat(sample.hasher.verifications()).isEqualTo(1);
        assertThat(sample.hasher.hashes()).isZero();
    }

    @Test
    void without_a_stored_password_no_current_one_is_right() {
        User leia = SampleAuth.stored(sample.memory.insert(SampleUsers.leia(null)));
        UpdateUser.Outcome outcome = sample.auth.update(leia.id(), passwords("a new password", ""));
        assertThat(((UpdateUser.Outcome.Rejected) outcome).problems())
                .containsExactly(new Problem(UserField.CURRENT_PASSWORD, UserFlaw.WRONG));
        assertThat(sample.hasher.verifications()).isEqualTo(1);
    }

    @Test
    void the_policy_holds_for_new_passwords() {
        assertRejected(password("short"), new Problem(UserField.PASSWORD, UserFlaw.TOO_SHORT));
        assertRejected(password("password1"), new Problem(UserField.PASSWORD, UserFlaw.TOO_COMMON));
        assertRejected(password("Han@Example.com"), new Problem(UserField.PASSWORD, UserFlaw.LIKE_IDENTIFIER));
        assertRejected(password("é".repeat(37)), new Problem(UserField.PASSWORD, UserFlaw.TOO_MANY_BYTES));
        assertRejected(password("x".repeat(65)), new Problem(UserField.PASSWORD, UserFlaw.TOO_LONG));
        assertRejected(password("long enough\0"), new Problem(UserField.PASSWORD, UserFlaw.MALFORMED));
    }

    @Test
    void a_new_password_is_compared_with_the_new_address() {
        assertRejected(
                UserChange.builder()
                        .email("solo@example.com")
                        .password(RawPassword.of("solo@example.com"))
                        .withoutCurrentPassword()
                        .build(),
                new Problem(UserField.PASSWORD, UserFlaw.LIKE_IDENTIFIER));
    }

    @Test
    void taken_identifiers_are_refused_and_ones_own_in_another_case_is_not() {
        sample.memory.insert(SampleUsers.leia(null));
        assertRejected(email("LEIA@example.com"), new Problem(UserField.EMAIL, UserFlaw.TAKEN));
        assertThat(updated(email("Han@Example.com")).email()).hasToString("Han@Example.com");
    }

    @Test
    void a_username_with_an_at_is_the_own_address_or_refused() {
        assertRejected(
                UserChange.builder().username("leia@example.com").build(),
                new Problem(UserField.USERNAME, UserFlaw.MALFORMED));
        assertThat(updated(UserChange.builder().username("han@example.com").build())
                        .username())
                .hasToString("han@example.com");
        assertRejected(email("solo@example.com"), new Problem(UserField.USERNAME, UserFlaw.MALFORMED));
    }

    @Test
    void everything_wrong_is_told_at_once() {
        assertRejected(
                UserChange.builder()
                        .email("none")
                        .username("")
                        .password(RawPassword.of("short"))
                        .currentPassword(RawPassword.of("wrong"))
                        .build(),
                new Problem(UserField.EMAIL, UserFlaw.MALFORMED),
                new Problem(UserField.USERNAME, UserFlaw.MALFORMED),
                new Problem(UserField.PASSWORD, UserFlaw.TOO_SHORT),
                new Problem(UserField.CURRENT_PASSWORD, UserFlaw.WRONG));
    }

    @Test
    void a_new_password_needs_the_current_one_or_a_word_that_it_does_not() {
        try (RawPassword password = RawPassword.of("a new password")) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> UserChange.builder().password(password).build())
                    .withMessageContainingAll("currentPassword", "withoutCurrentPassword");
            assertThatIllegalStateException()
                    .isThrownBy(() -> UserChange.builder()
                            .currentPassword(password)
                            .withoutCurrentPassword()
                            .build())
                    .withMessageContaining("exclude");
        }
    }

    @Test
    void nobody_can_be_changed_who_is_not_there() {
        assertThat(sample.auth.update(new UserId(4711), email("x@example.com")))
                .isEqualTo(new UpdateUser.Outcome.NoSuchUser());
    }

    @Test
    void who_is_deleted_meanwhile_is_not_there() {
        sample.users.afterFind(() -> sample.memory.delete(sample.han.id()));
        assertThat(sample.auth.update(sample.han.id(), email("x@example.com")))
                .isEqualTo(new UpdateUser.Outcome.NoSuchUser());
    }

    @Test
    void a_change_that_came_between_is_kept_and_the_password_is_hashed_once() {
        boolean[] done = {false};
        sample.users.afterFind(() -> {
            if (!done[0]) {
                done[0] = true;
                otherChange("phone", "+1");
            }
        });
        updated(UserChange.ofPasswordWithoutCurrent(RawPassword.of("a new password")));
        assertThat(sample.users.calls()).containsExactly("find", "update", "find", "update");
        assertThat(sample.hasher.hashes()).isEqualTo(1);
        assertThat(sample.find(sample.han).user().attributes().get("phone")).contains(new JsonString("+1"));
        assertThat(sample.logIn("han@example.com", "a new password")).isInstanceOf(LogIn.Outcome.LoggedIn.class);
    }

    @Test
    void the_current_password_is_the_one_stored_when_the_change_is_made() {
        boolean[] done = {false};
        sample.users.afterFind(() -> {
            if (!done[0]) {
                done[0] = true;
                new UpdateUser(sample.memory, sample.hasher, SampleAuth.policy(), sample.clock)
                        .handle(sample.han.id(), password("changed meanwhile"));
            }
        });
        assertRejected(passwords("a new password", PASSWORD), new Problem(UserField.CURRENT_PASSWORD, UserFlaw.WRONG));
        assertThat(sample.logIn("han@example.com", "changed meanwhile")).isInstanceOf(LogIn.Outcome.LoggedIn.class);
    }

    @Test
    void after_a_hundred_changes_by_others_it_gives_up_and_another_attempt_may_succeed() {
        sample.users.afterFind(() -> otherChange("phone", "+1"));
        assertThat(sample.auth.update(sample.han.id(), email("x@example.com")))
                .isEqualTo(new UpdateUser.Outcome.Contended());
    }

    @Test
    void of_thirty_threads_that_change_one_user_at_once_every_one_gets_its_change() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(30);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<UpdateUser.Outcome>> changes = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                UserChange change = setting("n" + i, JsonNumber.of(i));
                changes.add(threads.submit(() -> {
                    start.await();
                    return sample.auth.update(sample.han.id(), change);
                }));
            }
            start.countDown();
            for (Future<UpdateUser.Outcome> change : changes) {
                assertThat(change.get(60, TimeUnit.SECONDS)).isInstanceOf(UpdateUser.Outcome.Updated.class);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(sample.find(sample.han).user().attributes().members()).hasSizeGreaterThanOrEqualTo(30);
    }

    @Test
    void attributes_that_would_make_a_token_too_long_are_refused_where_they_are_stored() {
        JsonString long9 = new JsonString("x".repeat(9000));
        assertRejected(setting("first-name", long9), new Problem(UserField.ATTRIBUTES, UserFlaw.TOO_LONG));
        updated(setting("biography", long9));
        assertThat(sample.logIn("han@example.com", PASSWORD)).isInstanceOf(LogIn.Outcome.LoggedIn.class);
    }

    @Test
    void of_two_threads_that_change_one_user_no_change_is_lost() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> left = threads.submit(() -> count("left"));
            Future<?> right = threads.submit(() -> count("right"));
            left.get(30, TimeUnit.SECONDS);
            right.get(30, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
        }
        User user = sample.find(sample.han).user();
        for (String side : new String[] {"left", "right"}) {
            for (int i = 0; i < 200; i++) {
                assertThat(JsonPointer.parse("/" + side + "/" + i).in(user.attributes()))
                        .contains(JsonNumber.of(i));
            }
        }
    }

    private void count(String side) {
        for (int i = 0; i < 200; i++) {
            AttributeChange change = new AttributeChange(ImmutableList.of(side, Integer.toString(i)), JsonNumber.of(i));
            // Giving up is an answer, too: whoever gets it tries again.
            for (boolean stored = false; !stored; ) {
                try {
                    updated(UserChange.builder().attributes(List.of(change)).build());
                    stored = true;
                } catch (IllegalStateException busy) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    private void otherChange(String name, String value) {
        new UpdateUser(sample.memory, sample.hasher, SampleAuth.policy(), sample.clock)
                .handle(sample.han.id(), setting(name, new JsonString(value)));
    }

    private User updated(UserChange change) {
        return ((UpdateUser.Outcome.Updated) sample.auth.update(sample.han.id(), change)).user();
    }

    private void assertRejected(UserChange change, Problem... problems) {
        UpdateUser.Outcome outcome = sample.auth.update(sample.han.id(), change);
        assertThat(((UpdateUser.Outcome.Rejected) outcome).problems()).containsExactlyInAnyOrder(problems);
    }

    private static UserChange setting(String attribute, Json value) {
        return UserChange.builder().attribute(attribute, value).build();
    }

    private static UserChange email(String email) {
        return UserChange.builder().email(email).build();
    }

    private static UserChange password(String password) {
        return UserChange.ofPasswordWithoutCurrent(RawPassword.of(password));
    }

    private static UserChange passwords(String password, String current) {
        return UserChange.builder()
                .password(RawPassword.of(password))
                .currentPassword(RawPassword.of(current))
                .build();
    }
}
