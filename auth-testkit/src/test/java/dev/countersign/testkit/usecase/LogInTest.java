package dev.countersign.testkit.usecase;

import static dev.countersign.testkit.usecase.SampleUsers.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.countersign.Auth;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import dev.countersign.testkit.fixture.MutableClock;
import dev.countersign.usecase.AuthenticateRequest;
import dev.countersign.usecase.FailureReason;
import dev.countersign.usecase.LogIn;
import dev.countersign.usecase.UpdateUser;
import dev.countersign.usecase.UserChange;
import dev.countersign.user.IdentifierKind;
import dev.countersign.user.UserStatus;
import java.text.Normalizer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogInTest {

    private static final LogIn.Outcome BAD_CREDENTIALS = new LogIn.Outcome.Refused(FailureReason.BAD_CREDENTIALS);
    private static final LogIn.Outcome DISABLED = new LogIn.Outcome.Refused(FailureReason.ACCOUNT_DISABLED);

    private final SampleAuth sample = new SampleAuth();

    @Test
    void the_right_password_gives_the_user_and_a_token_for_one_verification() {
        LogIn.Outcome.LoggedIn outcome = (LogIn.Outcome.LoggedIn) sample.logIn("han@example.com", PASSWORD);
        assertThat(outcome.user().id()).isEqualTo(sample.han.id());
        assertThat(outcome.token().lifetime()).isEqualTo(SampleAuth.LIFETIME);
        assertThat(sample.auth.authenticate(outcome.token().token()))
                .isInstanceOf(AuthenticateRequest.Outcome.Authenticated.class);
        assertThat(sample.hasher.verifications()).isEqualTo(1);
        assertThat(sample.hasher.hashes()).isZero();
    }

    @Test
    void a_password_is_compared_as_it_was_typed_composed_letters_are_others_than_decomposed_ones() {
        sample.register("zoe@example.com", "pässwört of zoë");
        assertThat(sample.logIn("zoe@example.com", "pässwört of zoë")).isInstanceOf(LogIn.Outcome.LoggedIn.class);
        String decomposed = Normalizer.normalize("pässwört of zoë", Normalizer.Form.NFD);
        assertThat(sample.logIn("zoe@example.com", decomposed)).isEqualTo(BAD_CREDENTIALS);
        sample.register("zoe2@example.com", decomposed);
        assertThat(sample.logIn("zoe2@example.com", decomposed)).isInstanceOf(LogIn.Outcome.LoggedIn.class);
        assertThat(sample.logIn("zoe2@example.com", "pässwört of zoë")).isEqualTo(BAD_CREDENTIALS);
    }

    @Test
    void a_login_costs_one_look_up_and_one_note() {
        sample.logIn("han@example.com", PASSWORD);
        assertThat(sample.users.calls()).containsExactly("find", "recordLogin");
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            nullValues = "OVERLONG",
            value = {
                "nobody@example.com,never tell me the odds",
                "han@example.com,wrong",
                "han@example.com,''",
                "'',''",
                "'',never tell me the odds",
                "han@example.com, never tell me the odds",
                "han@example.com,never tell me the odds ",
                "han@example.com,Never Tell Me The Odds",
                "han@example.com,never tell me the odd",
                "han@example.com,OVERLONG",
                "nobody@example.com,OVERLONG",
                "han,never tell me the odds",
                "han@example.com\0,never tell me the odds",
                "h\uD800n@example.com,never tell me the odds",
                "han@example.com' OR '1'='1,never tell me the odds"
            })
    void every_refusal_costs_one_look_up_and_one_verification(String email, String password) {
        assertRefused(email, password == null ? PASSWORD + "x".repeat(100_000) : password, BAD_CREDENTIALS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0",
                "never tell me the odds\0",
                "never tell me the odds\0never tell me the odds",
                "\uD800",
                "\uDC00\uD800"
            })
    void malformed_passwords_cost_the_same(String password) {
        assertRefused("han@example.com", password, BAD_CREDENTIALS);
        assertRefused("nobody@example.com", password, BAD_CREDENTIALS);
    }

    @Test
    void a_user_without_password_costs_the_same() {
        sample.memory.insert(SampleUsers.leia(null));
        assertRefused("leia@example.com", "", BAD_CREDENTIALS);
        assertRefused("leia@example.com", PASSWORD, BAD_CREDENTIALS);
    }

    @Test
    void a_disabled_user_is_told_so_only_with_the_right_password() {
        disable();
        assertRefused("han@example.com", PASSWORD, DISABLED);
        assertRefused("han@example.com", "wrong", BAD_CREDENTIALS);
    }

    @Test
    void the_identifier_is_compared_without_regard_to_case_and_white_space_around() {
        assertThat(sample.logIn(" HAN@Example.com\n", PASSWORD)).isInstanceOf(LogIn.Outcome.LoggedIn.class);
    }

    @Test
    void the_latest_login_becomes_the_previous_one() {
        sample.logIn("han@example.com", PASSWORD);
        sample.clock.advance(Duration.ofMinutes(5));
        LogIn.Outcome.LoggedIn second = (LogIn.Outcome.LoggedIn) sample.logIn("han@example.com", PASSWORD);
        assertThat(second.user().previousLoginAt()).isEqualTo(MutableClock.START);
        assertThat(second.user().lastLoginAt()).isEqualTo(MutableClock.START.plusSeconds(300));
    }

    @Test
    void a_failed_login_is_not_noted() {
        sample.logIn("han@example.com", "wrong");
        assertThat(sample.find(sample.han).user().lastLoginAt()).isNull();
    }

    @Test
    void an_outdated_hash_is_replaced_after_a_match() {
        PasswordHash outdated = storeOutdatedHash();
        assertThat(sample.logIn("han@example.com", PASSWORD)).isInstanceOf(LogIn.Outcome.LoggedIn.class);
        PasswordHash now = sample.find(sample.han).hash();
        assertThat(now).isNotEqualTo(outdated);
        assertThat(sample.hasher.outdated(now)).isFalse();
        assertThat(sample.hasher.verify(RawPassword.of(PASSWORD), now)).isTrue();
        assertThat(sample.hasher.hashes()).isEqualTo(1);
        assertThat(sample.users.calls()).containsExactly("find", "rehash", "recordLogin");
        assertThat(sample.find(sample.han).user().passwordChangedAt()).isNull();
    }

    @Test
    void an_outdated_hash_is_left_alone_without_a_match() {
        PasswordHash outdated = storeOutdatedHash();
        assertRefused("han@example.com", "wrong", BAD_CREDENTIALS);
        assertThat(sample.find(sample.han).hash()).isEqualTo(outdated);
    }

    @Test
    void an_outdated_hash_of_a_disabled_user_is_left_alone() {
        PasswordHash outdated = storeOutdatedHash();
        disable();
        assertRefused("han@example.com", PASSWORD, DISABLED);
        assertThat(sample.find(sample.han).hash()).isEqualTo(outdated);
    }

    @Test
    void a_password_changed_meanwhile_is_not_overwritten_by_a_rehash() {
        storeOutdatedHash();
        PasswordHash changed =
                PlainPasswordHasher.keepingPasswordsInTheClear().hash(RawPassword.of("changed meanwhile"));
        Auth auth = sample.with(new HashingSlowly(
                sample.hasher,
                () -> sample.memory.update(sample.find(sample.han).user(), changed)));
        auth.logIn(new LogIn.Attempt(IdentifierKind.EMAIL, "han@example.com", RawPassword.of(PASSWORD)));
        assertThat(sample.find(sample.han).hash()).isEqualTo(changed);
    }

    @Test
    void a_user_deleted_during_login_gets_no_token() {
        sample.users.afterFind(() -> sample.memory.delete(sample.han.id()));
        assertThat(sample.logIn("han@example.com", PASSWORD)).isEqualTo(BAD_CREDENTIALS);
        assertThat(sample.hasher.verifications()).isEqualTo(1);
    }

    @Test
    void a_user_disabled_during_login_gets_no_token() {
        sample.users.afterFind(this::disable);
        assertThat(sample.logIn("han@example.com", PASSWORD)).isEqualTo(BAD_CREDENTIALS);
    }

    @Test
    void a_password_replaced_during_login_gets_no_token_for_the_old_one() {
        sample.users.afterFind(() -> {
            sample.users.afterFind(() -> {});
            sample.auth.update(
                    sample.han.id(), UserChange.ofPasswordWithoutCurrent(RawPassword.of("a password for tomorrow")));
        });
        assertThat(sample.logIn("han@example.com", PASSWORD)).isEqualTo(BAD_CREDENTIALS);
        assertThat(sample.logIn("han@example.com", "a password for tomorrow"))
                .isInstanceOf(LogIn.Outcome.LoggedIn.class);
    }

    @Test
    void a_username_is_looked_up_where_one_is_asked_for() {
        RawPassword password = RawPassword.of(PASSWORD);
        assertThat(sample.auth.logIn(new LogIn.Attempt(IdentifierKind.USERNAME, "HAN", password)))
                .isInstanceOf(LogIn.Outcome.LoggedIn.class);
        assertThat(sample.auth.logIn(new LogIn.Attempt(IdentifierKind.EITHER, "han@example.com", password)))
                .isInstanceOf(LogIn.Outcome.LoggedIn.class);
        assertThat(sample.auth.logIn(new LogIn.Attempt(IdentifierKind.USERNAME, "han@example.com", password)))
                .isEqualTo(BAD_CREDENTIALS);
    }

    private void assertRefused(String email, String password, LogIn.Outcome refusal) {
        int before = sample.hasher.verifications();
        sample.users.reset();
        assertThat(sample.logIn(email, password)).isEqualTo(refusal);
        assertThat(sample.hasher.verifications()).isEqualTo(before + 1);
        assertThat(sample.hasher.hashes()).isZero();
        assertThat(sample.users.calls()).isEqualTo(ImmutableList.of("find"));
    }

    private PasswordHash storeOutdatedHash() {
        PasswordHash outdated =
                PlainPasswordHasher.keepingOutdatedPasswordsInTheClear().hash(RawPassword.of(PASSWORD));
        sample.memory.rehash(sample.han.id(), sample.find(sample.han).hash(), outdated);
        return outdated;
    }

    private void disable() {
        new UpdateUser(sample.memory, sample.hasher, SampleAuth.policy(), sample.clock)
                .handle(sample.han.id(), UserChange.ofStatus(UserStatus.DISABLED));
    }

    /** Something happens while a password is hashed. */
    private static final class HashingSlowly extends ForwardingHasher {

        private final Runnable meanwhile;

        HashingSlowly(PasswordHasher hasher, Runnable meanwhile) {
            super(hasher);
            this.meanwhile = meanwhile;
        }

        @Override
        public PasswordHash hash(RawPassword password) {
            meanwhile.run();
            return super.hash(password);
        }
    }
}
