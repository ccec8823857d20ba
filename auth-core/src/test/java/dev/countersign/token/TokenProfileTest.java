package dev.countersign.token;

import static dev.countersign.token.SampleProfiles.HEADER;
import static dev.countersign.token.SampleProfiles.LIFETIME;
import static dev.countersign.token.SampleProfiles.claims;
import static dev.countersign.token.SampleProfiles.object;
import static dev.countersign.token.SampleProfiles.profile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.json.JsonPointer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenProfileTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);
    private static final Duration SKEW = Duration.ofSeconds(10);
    private static final ExpiryRule FROM_EXP = new ExpiryRule.FromExp(LIFETIME);

    private final TokenProfile profile = profile(SKEW, FROM_EXP);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"exp\":1000001",
                "\"exp\":1000060,\"iat\":999000,\"nbf\":999000",
                "\"exp\":999991",
                "\"exp\":999990.5",
                "\"exp\":1003600,\"iat\":1000010",
                "\"exp\":1003600,\"nbf\":1000010",
                "\"exp\":1003600,\"aud\":null,\"more\":{}"
            })
    void a_token_that_holds_has_no_flaw(String claims) {
        assertThat(judged(claims)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"exp\":999990", "\"exp\":1", "\"exp\":0", "\"exp\":-1", "\"exp\":999989.999"})
    void a_token_past_its_expiry_and_the_skew_is_expired(String claims) {
        assertThat(judged(claims)).isEqualTo(TokenFlaw.EXPIRED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"exp\":1003600,\"iat\":1000011",
                "\"exp\":1003600,\"nbf\":1000011",
                "\"exp\":1003600,\"iat\":99999999999"
            })
    void a_token_of_the_future_is_premature(String claims) {
        assertThat(judged(claims)).isEqualTo(TokenFlaw.PREMATURE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"x\":1",
                "\"exp\":null",
                "\"exp\":\"1003600\"",
                "\"exp\":\"2030-01-01T00:00:00Z\"",
                "\"exp\":true",
                "\"exp\":{}",
                "\"exp\":1e30",
                "\"exp\":1003600,\"iat\":\"999000\"",
                "\"exp\":1003600,\"iat\":null",
                "\"exp\":1003600,\"nbf\":\"999000\"",
                "\"exp\":1003600,\"nbf\":null"
            })
    void a_time_that_is_missing_or_of_another_type_is_foreign(String claims) {
        assertThat(judged(claims)).isEqualTo(TokenFlaw.FOREIGN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"scp\":\"user\",\"exp\":1003600}", "{\"sub\":1,\"scp\":\"user\",\"exp\":1003600}",
                        "{\"sub\":\"01\",\"scp\":\"user\",\"exp\":1003600}",
                "{\"sub\":\"1\",\"exp\":1003600}", "{\"sub\":\"1\",\"scp\":\"refresh\",\"exp\":1003600}",
                        "{\"sub\":\"1\",\"scp\":[\"user\"],\"exp\":1003600}",
                "{\"sub\":\"1\",\"scp\":null,\"exp\":1003600}"
            })
    void another_subject_type_or_constant_is_foreign(String body) {
        assertThat(profile.judge(claims(body), NOW)).contains(TokenFlaw.FOREIGN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"HS256\"}",
                "{\"typ\":\"refresh+jwt\",\"alg\":\"HS256\"}",
                "{\"typ\":\"AT+JWT\",\"alg\":\"HS256\"}",
                "{\"typ\":null,\"alg\":\"HS256\"}"
            })
    void another_type_in_the_header_is_foreign(String header) {
        Claims token = new Claims(object(header), object("{\"sub\":\"1\",\"scp\":\"user\",\"exp\":1003600}"));
        assertThat(profile.judge(token, NOW)).contains(TokenFlaw.FOREIGN);
    }

    @Test
    void without_skew_the_end_is_exact() {
        TokenProfile exact = profile(Duration.ZERO, FROM_EXP);
        Claims token = claims("{\"sub\":\"1\",\"scp\":\"user\",\"exp\":1000000}");
        assertThat(exact.judge(token, NOW.minusNanos(1))).isEmpty();
        assertThat(exact.judge(token, NOW)).contains(TokenFlaw.EXPIRED);
    }

    @Test
    void a_token_without_exp_ends_a_lifetime_after_its_issue() {
        TokenProfile profile = profile(SKEW, new ExpiryRule.FromIssueTime(JsonPointer.parse("/time"), LIFETIME));
        assertThat(profile.judge(claims("{\"sub\":\"1\",\"scp\":\"user\",\"time\":996401}"), NOW))
                .isEmpty();
        assertThat(profile.judge(claims("{\"sub\":\"1\",\"scp\":\"user\",\"time\":996390}"), NOW))
                .contains(TokenFlaw.EXPIRED);
        assertThat(profile.judge(claims("{\"sub\":\"1\",\"scp\":\"user\",\"time\":1000011}"), NOW))
                .contains(TokenFlaw.PREMATURE);
        assertThat(profile.judge(claims("{\"sub\":\"1\",\"scp\":\"user\",\"time\":\"996401\"}"), NOW))
                .contains(TokenFlaw.FOREIGN);
        assertThat(profile.judge(claims("{\"sub\":\"1\",\"scp\":\"user\"}"), NOW))
                .contains(TokenFlaw.FOREIGN);
    }

    @Test
    void a_token_without_iat_was_issued_a_lifetime_before_its_end() {
        assertThat(FROM_EXP.issuedAt(claims("{\"exp\":1003600}"))).contains(NOW);
        assertThat(FROM_EXP.issuedAt(claims("{\"exp\":1003600,\"iat\":7}"))).contains(Instant.ofEpochSecond(7));
        assertThat(FROM_EXP.issuedAt(claims("{\"exp\":1003600,\"iat\":\"7\"}"))).isEmpty();
    }

    @Test
    void a_password_change_ends_the_tokens_issued_before_its_second() {
        Claims token = claims("{\"sub\":\"1\",\"scp\":\"user\",\"iat\":1000000,\"exp\":1003600}");
        assertThat(profile.isRevoked(token, NOW.minusSeconds(1))).isFalse();
        assertThat(profile.isRevoked(token, NOW.plusNanos(999_999_000))).isFalse();
        assertThat(profile.isRevoked(token, NOW.plusSeconds(1))).isTrue();
        assertThat(profile.isRevoked(token, Instant.MIN)).isFalse();
    }

    @Test
    void tokens_outlive_a_password_change_only_where_that_was_decided() {
        TokenProfile outliving =
                profile(HEADER, SKEW, LIFETIME, FROM_EXP, Revocation.NONE_TOKENS_OUTLIVE_PASSWORD_CHANGE);
        assertThat(outliving.isRevoked(claims("{\"iat\":1,\"exp\":1003600}"), NOW))
                .isFalse();
    }

    @Test
    void the_algorithm_is_the_headers() {
        assertThat(profile.algorithm()).isEqualTo("HS256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"alg\":\"none\"}", "{\"alg\":\"NONE\"}", "{\"alg\":null}", "{\"alg\":1}"})
    void a_profile_without_algorithm_is_refused(String header) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> profile(header, SKEW, LIFETIME, FROM_EXP, Revocation.BY_PASSWORD_CHANGE));
    }

    @Test
    void durations_out_of_range_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> profile(Duration.ofSeconds(61), FROM_EXP));
        assertThatIllegalArgumentException().isThrownBy(() -> profile(Duration.ofNanos(-1), FROM_EXP));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> profile(HEADER, SKEW, Duration.ZERO, FROM_EXP, Revocation.BY_PASSWORD_CHANGE));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> profile(HEADER, SKEW, Duration.ofSeconds(-1), FROM_EXP, Revocation.BY_PASSWORD_CHANGE));
        assertThat(profile(Duration.ofSeconds(60), FROM_EXP).skew()).isEqualTo(Duration.ofSeconds(60));
    }

    private TokenFlaw judged(String claims) {
        return profile.judge(claims("{\"sub\":\"1\",\"scp\":\"user\"," + claims + "}"), NOW)
                .orElse(null);
    }
}
