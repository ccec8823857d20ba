package dev.countersign.testkit.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.JsonString;
import dev.countersign.password.RawPassword;
import dev.countersign.testkit.fixture.MutableClock;
import dev.countersign.token.AccessToken;
import dev.countersign.token.Claims;
import dev.countersign.token.TokenFlaw;
import dev.countersign.usecase.AuthenticateRequest;
import dev.countersign.usecase.IssueToken;
import dev.countersign.usecase.LogIn;
import dev.countersign.usecase.UserChange;
import dev.countersign.user.UserStatus;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticateRequestTest {

    private final SampleAuth sample = new SampleAuth();
    private final AccessToken token = token();

    @Test
    void a_token_speaks_for_its_user_as_stored_now() {
        sample.auth.update(
                sample.han.id(), UserChange.builder().email("solo@example.com").build());
        AuthenticateRequest.Outcome.Authenticated outcome =
                (AuthenticateRequest.Outcome.Authenticated) sample.auth.authenticate(token);
        assertThat(outcome.user().email()).hasToString("solo@example.com");
        assertThat(outcome.token().issuedAt()).isEqualTo(MutableClock.START);
        assertThat(outcome.token().expiresAt()).isEqualTo(MutableClock.START.plus(SampleAuth.LIFETIME));
        assertThat(outcome.token().claims().at(JsonPointer.parse("/name"))).contains(new JsonString("Han"));
    }

    @Test
    void a_request_costs_one_look_up_and_no_hash() {
        sample.users.reset();
        int verifications = sample.hasher.verifications();
        sample.auth.authenticate(token);
        assertThat(sample.users.calls()).containsExactly("find");
        assertThat(sample.hasher.verifications()).isEqualTo(verifications);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b.c", "null", "eyJhbGciOiJub25lIn0.e30.", "\0"})
    void what_is_no_token_is_refused_without_a_look_up(String text) {
        sample.users.reset();
        assertFlaw(AccessToken.of(text), TokenFlaw.MALFORMED);
        assertThat(sample.users.calls()).isEmpty();
    }

    @Test
    void a_token_of_another_key_is_refused_without_a_look_up() {
        sample.users.reset();
        assertFlaw(
                new IssueToken(SampleAuth.profile("user"), strangersCodec(), sample.random)
                        .handle(sample.han, MutableClock.START, Optional.empty())
                        .token(),
                TokenFlaw.BAD_SIGNATURE);
        assertThat(sample.users.calls()).isEmpty();
    }

    @Test
    void the_signature_counts_before_the_expiry() {
        sample.clock.advance(Duration.ofDays(1));
        String compact = token.revealCompact();
        assertFlaw(AccessToken.of(compact.substring(0, compact.length() - 4) + "AAAA"), TokenFlaw.BAD_SIGNATURE);
        assertFlaw(token, TokenFlaw.EXPIRED);
    }

    @Test
    void tokens_are_counted_by_whether_they_were_accepted() {
        assertThat(sample.auth.tokenCounts()).isEqualTo(new AuthenticateRequest.Counts(0, 0));
        AccessToken token = sample.auth.issueFirstTokens(sample.han).access().token();
        for (int i = 0; i < 2; i++) {
            assertThat(sample.auth.authenticate(token)).isInstanceOf(AuthenticateRequest.Outcome.Authenticated.class);
        }
        assertThat(sample.auth.authenticate(AccessToken.of("no token")))
                .isInstanceOf(AuthenticateRequest.Outcome.Refused.class);
        assertThat(sample.auth.tokenCounts()).isEqualTo(new AuthenticateRequest.Counts(2, 1));
    }

    @Test
    void a_token_expires_at_its_end_and_the_skew() {
        sample.clock.advance(SampleAuth.LIFETIME.plus(SampleAuth.SKEW).minusNanos(1));
        assertThat(sample.auth.authenticate(token)).isInstanceOf(AuthenticateRequest.Outcome.Authenticated.class);
        sample.clock.advance(Duration.ofNanos(1));
        assertFlaw(token, TokenFlaw.EXPIRED);
    }

    @Test
    void a_token_of_the_future_is_premature() {
        sample.clock.advance(Duration.ofMinutes(1));
        AccessToken later = logIn(SampleUsers.PASSWORD);
        sample.clock.advance(SampleAuth.SKEW.negated());
        assertThat(sample.auth.authenticate(later)).isInstanceOf(AuthenticateRequest.Outcome.Authenticated.class);
        sample.clock.advance(Duration.ofNanos(-1));
        assertFlaw(later, TokenFlaw.PREMATURE);
    }

    @Test
    void a_token_of_another_purpose_is_foreign() {
        AccessToken other = new IssueToken(SampleAuth.profile("refresh"), sample.codec, sample.random)
                .handle(sample.han, MutableClock.START, Optional.empty())
                .token();
        assertFlaw(other, TokenFlaw.FOREIGN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"sub\":\"1\",\"scp\":\"user\",\"exp\":null}",
                "{\"sub\":\"1\",\"scp\":\"user\",\"exp\":\"1893456000\"}",
                "{\"sub\":\"1\",\"scp\":\"user\"}",
                "{\"sub\":1,\"scp\":\"user\",\"exp\":1893456000}",
                "{\"scp\":\"user\",\"exp\":1893456000}",
                "{\"sub\":\"1\",\"exp\":1893456000}",
                "{}"
            })
    void well_signed_claims_of_another_form_are_foreign(String body) {
        assertFlaw(signed("{\"typ\":\"at+jwt\",\"alg\":\"HS256\"}", body), TokenFlaw.FOREIGN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"alg\":\"HS256\"}", "{\"typ\":\"refresh+jwt\",\"alg\":\"HS256\"}"})
    void another_type_in_the_header_is_foreign(String header) {
        assertFlaw(signed(header, "{\"sub\":\"1\",\"scp\":\"user\",\"exp\":1893456000}"), TokenFlaw.FOREIGN);
    }

    @Test
    void a_token_for_nobody_is_refused() {
        assertFlaw(
                signed(
                        "{\"typ\":\"at+jwt\",\"alg\":\"HS256\"}",
                        "{\"sub\":\"4711\",\"scp\":\"user\",\"exp\":1772370000}"),
                TokenFlaw.REVOKED);
    }

    @Test
    void a_disabled_users_token_is_refused_at_once_and_holds_again_when_enabled() {
        sample.auth.update(sample.han.id(), UserChange.ofStatus(UserStatus.DISABLED));
        assertFlaw(token, TokenFlaw.REVOKED);
        sample.auth.update(sample.han.id(), UserChange.ofStatus(UserStatus.ACTIVE));
        assertThat(sample.auth.authenticate(token)).isInstanceOf(AuthenticateRequest.Outcome.Authenticated.class);
    }

    @Test
    void a_deleted_users_token_is_refused_at_once() {
        sample.memory.delete(sample.han.id());
        assertFlaw(token, TokenFlaw.REVOKED);
    }

    @Test
    void a_password_change_ends_earlier_tokens_and_no_later_ones() {
        sample.clock.advance(Duration.ofSeconds(1));
        changePassword();
        assertFlaw(token, TokenFlaw.REVOKED);
        AccessToken later = logIn("a new password");
        assertThat(sample.auth.authenticate(later)).isInstanceOf(AuthenticateRequest.Outcome.Authenticated.class);
    }

    @Test
    void a_token_issued_in_the_second_of_the_change_holds() {
        sample.clock.advance(Duration.ofMillis(500));
        changePassword();
        AccessToken later = logIn("a new password");
        assertThat(sample.auth.authenticate(later)).isInstanceOf(AuthenticateRequest.Outcome.Authenticated.class);
    }

    @Test
    void a_rehash_is_no_password_change() {
        sample.memory.rehash(
                sample.han.id(),
                sample.find(sample.han).hash(),
                sample.hasher.hash(RawPassword.of(SampleUsers.PASSWORD)));
        sample.clock.advance(Duration.ofMinutes(1));
        assertThat(sample.auth.authenticate(token)).isInstanceOf(AuthenticateRequest.Outcome.Authenticated.class);
    }

    private AccessToken logIn(String password) {
        return ((LogIn.Outcome.LoggedIn) sample.logIn("han@example.com", password))
                .token()
                .token();
    }

    private void changePassword() {
        sample.auth.update(sample.han.id(), UserChange.ofPasswordWithoutCurrent(RawPassword.of("a new password")));
    }

    private void assertFlaw(AccessToken refused, TokenFlaw flaw) {
        assertThat(sample.auth.authenticate(refused)).isEqualTo(new AuthenticateRequest.Outcome.Refused(flaw));
    }

    private AccessToken token() {
        return sample.auth.issueFirstTokens(sample.han).access().token();
    }

    private AccessToken signed(String header, String body) {
        return sample.codec.encode(
                new Claims((JsonObject) SampleAuth.json(header), (JsonObject) SampleAuth.json(body)));
    }

    private JjwtTokenCodec strangersCodec() {
        KeyMaterial key = KeyMaterial.generate(SigningAlgorithm.HS256, MutableClock.START, sample.random);
        return new JjwtTokenCodec(KeyRing.signingWith(key), sample.random);
    }
}
