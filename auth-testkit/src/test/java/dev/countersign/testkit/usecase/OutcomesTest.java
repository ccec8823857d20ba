package dev.countersign.testkit.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.password.RawPassword;
import dev.countersign.session.IssuedTokens;
import dev.countersign.token.AccessToken;
import dev.countersign.token.TokenFlaw;
import dev.countersign.usecase.AuthenticateRequest;
import dev.countersign.usecase.ChangeOwnUser;
import dev.countersign.usecase.FailureReason;
import dev.countersign.usecase.RefreshFlaw;
import dev.countersign.usecase.RefreshSession;
import dev.countersign.usecase.RegisterUser;
import dev.countersign.usecase.RenewToken;
import dev.countersign.usecase.UpdateUser;
import dev.countersign.usecase.UserChange;
import dev.countersign.user.UserField;
import dev.countersign.user.UserField.Problem;
import dev.countersign.user.UserFlaw;
import dev.countersign.user.UserId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an application makes of the result of each use case, without a cast. */
class OutcomesTest {

    private static final String EMAIL = "han@example.com";
    private static final Problem TAKEN = new Problem(UserField.EMAIL, UserFlaw.TAKEN);

    private final SampleAuth sample = new SampleAuth();

    @Test
    void a_login_is_answered_by_a_token_or_a_reason() {
        String token = logIn(SampleUsers.PASSWORD);
        assertThat(token).contains(".");
        assertThat(logIn("a wrong password")).isEqualTo(FailureReason.BAD_CREDENTIALS.name());
    }

    private String logIn(String password) {
        return sample.logIn(EMAIL, password)
                .fold(
                        loggedIn -> loggedIn.accessToken(),
                        refused -> refused.reason().name());
    }

    @Test
    void a_request_is_answered_by_its_user_or_a_flaw() {
        assertThat(authenticate(sample.auth.issueFirstTokens(sample.han).accessToken()))
                .isEqualTo(EMAIL);
        assertThat(authenticate("no token")).isEqualTo(TokenFlaw.MALFORMED.name());
    }

    private String authenticate(String token) {
        return sample.auth
                .authenticate(AccessToken.of(token))
                .fold(
                        by -> String.valueOf(by.user().email()),
                        refused -> refused.flaw().name());
    }

    @Test
    void a_registration_is_answered_by_a_user_problems_or_another_attempt() {
        assertThat(answer(sample.register("leia@example.com", "organa of alderaan")))
                .isEqualTo("leia@example.com");
        assertThat(answer(sample.register(EMAIL, "organa of alderaan")))
                .isEqualTo(List.of(TAKEN).toString());
        assertThat(answer(new RegisterUser.Outcome.Contended())).isEqualTo("again");
    }

    private static String answer(RegisterUser.Outcome outcome) {
        return outcome.fold(
                registered -> String.valueOf(registered.user().email()),
                rejected -> rejected.problems().toString(),
                contended -> "again");
    }

    @Test
    void a_refresh_and_a_renewal_are_answered_by_tokens_or_a_flaw() {
        IssuedTokens tokens = sample.auth.issueFirstTokens(sample.han);
        assertThat(answer(new RefreshSession.Outcome.Refreshed(sample.han, tokens)))
                .isEqualTo(EMAIL);
        assertThat(answer(new RefreshSession.Outcome.Refused(RefreshFlaw.ENDED)))
                .isEqualTo("ENDED");
        assertThat(answer(new RenewToken.Outcome.Renewed(sample.han, tokens))).isEqualTo(EMAIL);
        assertThat(answer(new RenewToken.Outcome.Refused(TokenFlaw.REVOKED))).isEqualTo("REVOKED");
    }

    private static String answer(RefreshSession.Outcome outcome) {
        return outcome.fold(
                done -> String.valueOf(done.user().email()),
                refused -> refused.flaw().name());
    }

    private static String answer(RenewToken.Outcome outcome) {
        return outcome.fold(
                done -> String.valueOf(done.user().email()),
                refused -> refused.flaw().name());
    }

    @Test
    void a_change_is_answered_by_the_user_or_one_of_five_reasons() {
        assertThat(answer(change(sample.han.id(), "solo@example.com"))).isEqualTo("solo@example.com");
        assertThat(answer(change(sample.han.id(), "solo"))).contains(UserFlaw.MALFORMED.name());
        assertThat(answer(change(new UserId(99), "solo@example.com"))).isEqualTo("gone");
        assertThat(answer(new UpdateUser.Outcome.TokenRefused(TokenFlaw.REVOKED)))
                .isEqualTo("REVOKED");
        assertThat(answer(new UpdateUser.Outcome.Contended())).isEqualTo("again");
        assertThat(answer(new UpdateUser.Outcome.Throttled(FailureReason.TOO_MANY_FOR_USER, Duration.ofSeconds(2))))
                .isEqualTo("TOO_MANY_FOR_USER for PT2S");
    }

    private UpdateUser.Outcome change(UserId id, String email) {
        return sample.auth.update(id, UserChange.builder().email(email).build());
    }

    private static String answer(UpdateUser.Outcome outcome) {
        return outcome.fold(updated -> String.valueOf(updated.user().email()), OutcomesTest::reason);
    }

    private static String reason(UpdateUser.Outcome.NotUpdated outcome) {
        return outcome.fold(
                rejected -> rejected.problems().toString(),
                noSuchUser -> "gone",
                tokenRefused -> tokenRefused.flaw().name(),
                contended -> "again",
                throttled -> throttled.reason() + " for " + throttled.retryAfter());
    }

    @Test
    void a_change_of_ones_own_is_answered_by_the_token_to_go_on_with_or_a_reason() {
        AuthenticateRequest.Outcome.Authenticated by =
                (AuthenticateRequest.Outcome.Authenticated) sample.auth.authenticate(
                        sample.auth.issueFirstTokens(sample.han).access().token());
        try (RawPassword password = RawPassword.of("a new password")) {
            assertThat(answer(by, UserChange.ofPasswordWithoutCurrent(password)))
                    .contains(".");
        }
        assertThat(answer(by, UserChange.builder().email(EMAIL).build())).isEqualTo("REVOKED");
    }

    private String answer(AuthenticateRequest.Outcome.Authenticated by, UserChange change) {
        ChangeOwnUser.Outcome outcome = sample.auth.update(by, change);
        return outcome.fold(
                changed -> changed.accessToken().orElse("the same token"), notChanged -> reason(notChanged.why()));
    }
}
