package dev.countersign.testkit.usecase;

import static dev.countersign.testkit.usecase.SampleUsers.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Auth;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import dev.countersign.token.AccessToken;
import dev.countersign.token.TokenFlaw;
import dev.countersign.usecase.AuthenticateRequest;
import dev.countersign.usecase.AuthenticateRequest.Outcome.Authenticated;
import dev.countersign.usecase.ChangeOwnUser;
import dev.countersign.usecase.LogIn;
import dev.countersign.usecase.UpdateUser;
import dev.countersign.usecase.UserChange;
import dev.countersign.user.IdentifierKind;
import dev.countersign.user.UserStatus;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What a login verified, what a change replaced and what a token may still do are ordered by the store, not by clocks. */
class CredentialOrderTest {

    private static final String NEW = "a password for tomorrow";

    private final SampleAuth sample = new SampleAuth();

    @Test
    void no_token_of_the_old_password_survives_a_change_that_hashed_for_a_while() {
        // The new password is being hashed while somebody logs in with the old one, second after second.
        AccessToken[] last = {null};
        Auth changing = sample.with(new Meanwhile(sample.hasher, () -> {
            for (int i = 0; i < 5; i++) {
                sample.clock.advance(Duration.ofSeconds(1));
                last[0] = logIn(PASSWORD);
            }
        }));
        assertThat(changing.update(sample.han.id(), UserChange.ofPasswordWithoutCurrent(RawPassword.of(NEW))))
                .isInstanceOf(UpdateUser.Outcome.Updated.class);
        assertRevoked(last[0]);
    }

    @Test
    void no_token_of_the_old_password_survives_a_change_that_happens_while_the_login_is_noted() {
        AtomicBoolean done = new AtomicBoolean();
        sample.users.afterFind(() -> {
            if (done.compareAndSet(false, true)) {
                changePassword();
            }
        });
        assertThat(sample.logIn("han@example.com", PASSWORD)).isInstanceOf(LogIn.Outcome.Refused.class);
    }

    @Test
    void a_login_right_after_the_change_gets_a_token_that_holds() {
        for (int i = 0; i < 20; i++) {
            sample.clock.advance(Duration.ofMillis(170));
            AccessToken before = logIn(i == 0 ? PASSWORD : NEW + (i - 1));
            sample.auth.update(sample.han.id(), UserChange.ofPasswordWithoutCurrent(RawPassword.of(NEW + i)));
            AccessToken after = logIn(NEW + i);
            assertRevoked(before);
            assertThat(sample.auth.authenticate(after)).isInstanceOf(Authenticated.class);
        }
    }

    @Test
    void a_login_after_a_change_by_a_machine_ahead_of_time_gets_a_token_that_holds() {
        AccessToken before = logIn(PASSWORD);
        sample.clock.advance(Duration.ofMinutes(5));
        changePassword();
        sample.clock.advance(Duration.ofMinutes(-5));
        assertThat(sample.auth.authenticate(logIn(NEW))).isInstanceOf(Authenticated.class);
        assertRevoked(before);
    }

    @Test
    void a_login_of_a_machine_ahead_of_time_ends_with_a_change_by_another() {
        sample.clock.advance(Duration.ofMinutes(5));
        AccessToken ahead = logIn(PASSWORD);
        sample.clock.advance(Duration.ofMinutes(-5));
        changePassword();
        assertRevoked(ahead);
        sample.clock.advance(Duration.ofSeconds(301));
        assertRevoked(ahead);
    }

    @Test
    void a_request_whose_token_was_revoked_since_it_began_changes_nothing() {
        Authenticated by = authenticated(logIn(PASSWORD));
        changePassword();
        assertThat(sample.auth.update(by, emailChange()))
                .isEqualTo(
                        new ChangeOwnUser.Outcome.NotChanged(new UpdateUser.Outcome.TokenRefused(TokenFlaw.REVOKED)));
        assertThat(sample.find(sample.han).user().email()).hasToString("han@example.com");
    }

    @Test
    void a_request_whose_user_was_disabled_since_it_began_changes_nothing_not_even_the_password() {
        Authenticated by = authenticated(logIn(PASSWORD));
        sample.auth.update(sample.han.id(), UserChange.ofStatus(UserStatus.DISABLED));
        PasswordHash before = sample.find(sample.han).hash();
        assertThat(sample.auth.update(by, UserChange.ofPasswordWithoutCurrent(RawPassword.of(NEW))))
                .isInstanceOf(ChangeOwnUser.Outcome.NotChanged.class);
        assertThat(sample.find(sample.han).hash()).isEqualTo(before);
    }

    @Test
    void a_token_is_checked_for_the_very_version_that_the_write_replaces() {
        Authenticated by = authenticated(logIn(PASSWORD));
        AtomicBoolean done = new AtomicBoolean();
        sample.users.afterFind(() -> {
            if (done.compareAndSet(false, true)) {
                // Between the look at the user and the write.
                sample.auth.update(sample.han.id(), UserChange.ofStatus(UserStatus.DISABLED));
            }
        });
        assertThat(sample.auth.update(by, emailChange())).isInstanceOf(ChangeOwnUser.Outcome.NotChanged.class);
        assertThat(sample.find(sample.han).user().email()).hasToString("han@example.com");
    }

    @Test
    void a_token_that_expires_while_the_request_is_being_sent_changes_nothing() {
        Authenticated by = authenticated(logIn(PASSWORD));
        sample.clock.advance(SampleAuth.LIFETIME.plus(SampleAuth.SKEW));
        assertThat(sample.auth.update(by, emailChange()))
                .isEqualTo(
                        new ChangeOwnUser.Outcome.NotChanged(new UpdateUser.Outcome.TokenRefused(TokenFlaw.EXPIRED)));
    }

    @Test
    void who_changes_the_own_password_goes_on_with_another_token() {
        AccessToken own = logIn(PASSWORD);
        ChangeOwnUser.Outcome outcome =
                sample.auth.update(authenticated(own), UserChange.ofPasswordWithoutCurrent(RawPassword.of(NEW)));
        AccessToken next = ((ChangeOwnUser.Outcome.Changed) outcome)
                .replacement()
                .orElseThrow()
                .access()
                .token();
        assertRevoked(own);
        assertThat(sample.auth.authenticate(next)).isInstanceOf(Authenticated.class);
    }

    @Test
    void who_changes_something_else_goes_on_with_the_same_token() {
        AccessToken own = logIn(PASSWORD);
        ChangeOwnUser.Outcome outcome = sample.auth.update(authenticated(own), emailChange());
        assertThat(((ChangeOwnUser.Outcome.Changed) outcome).replacement()).isEmpty();
        assertThat(sample.auth.authenticate(own)).isInstanceOf(Authenticated.class);
    }

    private static UserChange emailChange() {
        return UserChange.builder().email("solo@example.com").build();
    }

    private void changePassword() {
        sample.auth.update(sample.han.id(), UserChange.ofPasswordWithoutCurrent(RawPassword.of(NEW)));
    }

    private AccessToken logIn(String password) {
        LogIn.Outcome outcome =
                sample.auth.logIn(new LogIn.Attempt(IdentifierKind.EMAIL, "han@example.com", RawPassword.of(password)));
        return ((LogIn.Outcome.LoggedIn) outcome).token().token();
    }

    private Authenticated authenticated(AccessToken token) {
        return (Authenticated) sample.auth.authenticate(token);
    }

    private void assertRevoked(AccessToken token) {
        assertThat(sample.auth.authenticate(token))
                .isEqualTo(new AuthenticateRequest.Outcome.Refused(TokenFlaw.REVOKED));
    }

    /** Something happens while a password is hashed. */
    private static final class Meanwhile extends ForwardingHasher {

        private final Runnable event;

        Meanwhile(PasswordHasher hasher, Runnable event) {
            super(hasher);
            this.event = event;
        }

        @Override
        public PasswordHash hash(RawPassword password) {
            PasswordHash hash = super.hash(password);
            event.run();
            return hash;
        }
    }
}
