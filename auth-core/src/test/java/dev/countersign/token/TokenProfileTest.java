package dev.countersign.token;

import static dev.countersign.token.SampleProfiles.HEADER;
import static dev.countersign.token.SampleProfiles.LIFETIME;
import static dev.countersign.token.SampleProfiles.claims;
import static dev.countersign.token.SampleProfiles.object;
import static dev.countersign.token.SampleProfiles.profile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.json.JsonPointer;
import dev.countersign.user.Identifier;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The form and the times of tokens; whose they are is in {@link TokenBindingTest}. */
class TokenProfileTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);
    private static final Duration SKEW = Duration.ofSeconds(10);
    private static final User HAN = User.builder(new UserId(1), new UUID(0, 1), Instant.EPOCH)
            .username(Identifier.typed("han"))
            .build();

    private final TokenProfile profile = profile(SKEW);

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
        assertThat(flaw(claims)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"exp\":999990", "\"exp\":1", "\"exp\":0", "\"exp\":-1", "\"exp\":999989.999"})
    void a_token_past_its_expiry_and_the_skew_is_expired(String claims) {
        assertThat(flaw(claims)).isEqualTo(TokenFlaw.EXPIRED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"exp\":1003600,\"iat\":1000011",
                "\"exp\":1003600,\"nbf\":1000011",
                "\"exp\":1003600,\"iat\":99999999999"
            })
    void a_token_of_the_future_is_premature(String claims) {
        assertThat(flaw(claims)).isEqualTo(TokenFlaw.PREMATURE);
    }

    @Test
    void a_token_of_a_node_whose_clock_is_ahead_holds_within_the_leeway_whatever_the_skew_of_the_dialect() {
        TokenProfile exact = profile(Duration.ZERO);
        long leeway = TokenProfile.LEEWAY.toSeconds();
        assertThat(flaw(exact, "{\"sub\":\"1\",\"scp\":\"user\",\"exp\":1003600,\"iat\":" + (1_000_000 + leeway) + "}"))
                .isNull();
        assertThat(flaw(exact, "{\"sub\":\"1\",\"scp\":\"user\",\"exp\":1003600,\"iat\":" + (1_000_001 + leeway) + "}"))
                .isEqualTo(TokenFlaw.PREMATURE);
    }

    @Test
    void a_skew_beyond_the_leeway_is_that_of_the_time_of_issue_too() {
        TokenProfile lenient = profile(Duration.ZERO).withSkew(Duration.ofSeconds(30));
        assertThat(lenient.skew()).isEqualTo(Duration.ofSeconds(30));
        assertThat(flaw(lenient, "{\"sub\":\"1\",\"scp\":\"user\",\"exp\":1003600,\"iat\":1000030}"))
                .isNull();
        assertThat(flaw(lenient, "{\"sub\":\"1\",\"scp\":\"user\",\"exp\":1003600,\"iat\":1000031}"))
                .isEqualTo(TokenFlaw.PREMATURE);
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
                "\"exp\":1003600,\"iat\":\"999000\"",
                "\"exp\":1003600,\"iat\":null",
                "\"exp\":1003600,\"nbf\":\"999000\"",
                "\"exp\":1003600,\"nbf\":null"
            })
    void a_time_that_is_missing_or_of_another_type_is_foreign(String claims) {
        assertThat(flaw(claims)).isEqualTo(TokenFlaw.FOREIGN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"exp\":1e30",
                "\"exp\":1e300",
                "\"exp\":-1e300",
                "\"exp\":1550172800000",
                "\"exp\":1003600,\"iat\":1e300",
                "\"exp\":1003600,\"iat\":-99999999999999",
                "\"exp\":1003600,\"nbf\":1e300"
            })
    void a_time_beyond_the_calendar_is_malformed(String claims) {
        assertThat(flaw(claims)).isEqualTo(TokenFlaw.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"scp\":\"user\",\"exp\":1003600}",
                "{\"sub\":1,\"scp\":\"user\",\"exp\":1003600}",
                "{\"sub\":\"01\",\"scp\":\"user\",\"exp\":1003600}",
                "{\"sub\":\"1\",\"exp\":1003600}",
                "{\"sub\":\"1\",\"scp\":\"refresh\",\"exp\":1003600}",
                "{\"sub\":\"1\",\"scp\":[\"user\"],\"exp\":1003600}",
                "{\"sub\":\"1\",\"scp\":null,\"exp\":1003600}"
            })
    void another_subject_type_or_constant_is_foreign(String body) {
        assertThat(flaw(profile, body)).isEqualTo(TokenFlaw.FOREIGN);
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
        assertThat(profile.read(new Decoding.Verified(token))).isEqualTo(new TokenReading.Refused(TokenFlaw.FOREIGN));
    }

    @Test
    void without_skew_the_end_is_exact() {
        TokenProfile exact = profile(Duration.ZERO);
        ReadToken token = read(exact, "{\"sub\":\"1\",\"scp\":\"user\",\"exp\":1000000}");
        assertThat(exact.flaw(token, HAN, NOW.minusNanos(1))).isEmpty();
        assertThat(exact.flaw(token, HAN, NOW)).contains(TokenFlaw.EXPIRED);
        assertThat(exact.isExpired(token, NOW)).isTrue();
    }

    @Test
    void a_token_without_exp_ends_a_lifetime_after_its_issue() {
        TokenProfile timed = timed();
        assertThat(flaw(timed, "{\"sub\":\"1\",\"scp\":\"user\",\"time\":996401}"))
                .isNull();
        assertThat(flaw(timed, "{\"sub\":\"1\",\"scp\":\"user\",\"time\":996390}"))
                .isEqualTo(TokenFlaw.EXPIRED);
        assertThat(flaw(timed, "{\"sub\":\"1\",\"scp\":\"user\",\"time\":1000011}"))
                .isEqualTo(TokenFlaw.PREMATURE);
        assertThat(flaw(timed, "{\"sub\":\"1\",\"scp\":\"user\",\"time\":\"996401\"}"))
                .isEqualTo(TokenFlaw.FOREIGN);
        assertThat(flaw(timed, "{\"sub\":\"1\",\"scp\":\"user\"}")).isEqualTo(TokenFlaw.FOREIGN);
        assertThat(flaw(timed, "{\"sub\":\"1\",\"scp\":\"user\",\"time\":1e300}"))
                .isEqualTo(TokenFlaw.MALFORMED);
    }

    @Test
    void an_exp_counts_although_the_dialect_has_none() {
        TokenProfile timed = timed();
        assertThat(flaw(timed, "{\"sub\":\"1\",\"scp\":\"user\",\"time\":999000,\"exp\":999990}"))
                .isEqualTo(TokenFlaw.EXPIRED);
        assertThat(flaw(timed, "{\"sub\":\"1\",\"scp\":\"user\",\"time\":999000,\"exp\":1000001}"))
                .isNull();
        assertThat(flaw(timed, "{\"sub\":\"1\",\"scp\":\"user\",\"time\":996390,\"exp\":1999999}"))
                .isEqualTo(TokenFlaw.EXPIRED);
        assertThat(flaw(timed, "{\"sub\":\"1\",\"scp\":\"user\",\"time\":999000,\"exp\":\"soon\"}"))
                .isEqualTo(TokenFlaw.FOREIGN);
    }

    @Test
    void a_token_without_iat_was_issued_a_lifetime_before_its_end() {
        ExpiryRule fromExp = new ExpiryRule.FromExp(LIFETIME);
        assertThat(fromExp.issuedAt(claims("{\"exp\":1003600}"))).contains(NOW);
        assertThat(fromExp.issuedAt(claims("{\"exp\":1003600,\"iat\":7}"))).contains(Instant.ofEpochSecond(7));
        assertThat(fromExp.issuedAt(claims("{\"exp\":1003600,\"iat\":\"7\"}"))).isEmpty();
    }

    @Test
    void the_algorithm_is_the_headers() {
        assertThat(profile.algorithm()).isEqualTo("HS256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"alg\":\"none\"}", "{\"alg\":\"NONE\"}", "{\"alg\":null}", "{\"alg\":1}"})
    void a_profile_without_algorithm_is_refused(String header) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleProfiles.builder(header, LIFETIME)
                        .matchingHeader(Set.of())
                        .build())
                .withMessageContaining("names an algorithm");
    }

    @Test
    void durations_out_of_range_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> profile(Duration.ofSeconds(61)));
        assertThatIllegalArgumentException().isThrownBy(() -> profile(Duration.ofNanos(-1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleProfiles.builder(HEADER, Duration.ZERO).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        SampleProfiles.builder(HEADER, Duration.ofSeconds(-1)).build());
        assertThat(profile(Duration.ofSeconds(60)).skew()).isEqualTo(Duration.ofSeconds(60));
    }

    static Stream<Arguments> contradictions() {
        return Stream.of(
                Arguments.of(
                        "{\"sub\":\"${user.id | string}\",\"scp\":\"user\"}",
                        "the claim /exp of a new token does not tell its end"),
                Arguments.of(
                        "{\"sub\":\"${user.id | string}\",\"scp\":\"user\",\"exp\":\"${token.expires_at | iso}\"}",
                        "the claim /exp of a new token does not tell its end"),
                Arguments.of(
                        "{\"sub\":\"${user.id | string}\",\"scp\":\"user\",\"exp\":\"${token.expires_at | epoch-millis}\"}",
                        "the claim /exp of a new token does not tell its end"),
                Arguments.of(
                        "{\"sub\":\"${user.id | string}\",\"scp\":\"user\",\"exp\":\"${token.issued_at | epoch-seconds}\"}",
                        "the claim /exp of a new token does not tell its end"),
                Arguments.of(
                        "{\"sub\":\"${user.id | string}\",\"scp\":\"user\",\"exp\":4102444800}",
                        "the claim /exp of a new token does not tell its end"),
                Arguments.of(
                        "{\"sub\":\"${user.id | string}\",\"scp\":\"user\",\"exp\":\"${token.expires_at}\"}",
                        "needs a conversion such as epoch-seconds"),
                Arguments.of(
                        "{\"sub\":\"${user.id | string}\",\"scp\":\"user\",\"exp\":\"${token.expires_at | epoch-seconds}\",\"iat\":7}",
                        "the claim /iat of a new token does not tell its time of issue"),
                Arguments.of(
                        "{\"sub\":\"${user.id | string}\",\"scp\":\"user\",\"exp\":\"${token.expires_at | epoch-seconds}\",\"nbf\":\"${token.expires_at | epoch-seconds}\"}",
                        "refuse"),
                Arguments.of(
                        "{\"scp\":\"user\",\"exp\":\"${token.expires_at | epoch-seconds}\"}",
                        "the claim /sub of a new token does not name the user"),
                Arguments.of(
                        "{\"sub\":\"${user.id}\",\"scp\":\"user\",\"exp\":\"${token.expires_at | epoch-seconds}\"}",
                        "the claim /sub of a new token does not name the user"),
                Arguments.of(
                        "{\"sub\":\"${user.uuid}\",\"scp\":\"user\",\"exp\":\"${token.expires_at | epoch-seconds}\"}",
                        "the claim /sub of a new token does not name the user"),
                Arguments.of(
                        "{\"sub\":\"1\",\"scp\":\"${user.attributes.scope}\",\"exp\":\"${token.expires_at | epoch-seconds}\"}",
                        "/scp"),
                Arguments.of(
                        "{\"sub\":\"${user.id | string}\",\"exp\":\"${token.expires_at | epoch-seconds}\"}", "/scp"),
                Arguments.of(
                        "{\"sub\":\"${user.id | string}\",\"scp\":\"${user.username}\",\"exp\":\"${token.expires_at | epoch-seconds}\"}",
                        "/scp"),
                Arguments.of(
                        "{\"sub\":\"${user.id | string}\",\"scp\":\"user\",\"exp\":\"${token.expires_at | epoch-seconds}\",\"name\":\"${user.fullname}\"}",
                        "unknown slot ${user.fullname} at /name"),
                Arguments.of(
                        "{\"sub\":\"${user.id | string}\",\"scp\":\"user\",\"exp\":\"${token.expires_at | epoch-seconds}\",\"jti\":\"${token.uuid}\"}",
                        "unknown slot ${token.uuid} at /jti"));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void a_profile_that_would_refuse_its_own_tokens_cannot_be_built(String claims, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> SampleProfiles.builder(HEADER, claims, LIFETIME).build())
                .withMessageContaining(reason)
                .withMessageNotContaining("Exception");
    }

    @Test
    void a_profile_without_subject_cannot_be_built() {
        TokenProfileBuilder builder = TokenProfile.builder(profile.header(), profile.claims(), LIFETIME);
        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining("subject");
    }

    @Test
    void a_header_with_an_unknown_slot_cannot_be_built() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleProfiles.builder(
                                "{\"typ\":\"at+jwt\",\"alg\":\"HS256\",\"kid\":\"${key.name}\"}", LIFETIME)
                        .build())
                .withMessageContainingAll("key.name", "/kid", "key.id");
    }

    @Test
    void an_issue_time_that_is_not_in_the_token_cannot_be_built() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleProfiles.builder(HEADER, LIFETIME)
                        .issueTime(JsonPointer.parse("/time"))
                        .build())
                .withMessageContaining("/time");
    }

    private static TokenProfile timed() {
        return SampleProfiles.builder(
                        HEADER,
                        "{\"sub\":\"${user.id | string}\",\"scp\":\"user\",\"time\":\"${token.issued_at | epoch-seconds}\"}",
                        LIFETIME)
                .issueTime(JsonPointer.parse("/time"))
                .skew(SKEW)
                .build();
    }

    private TokenFlaw flaw(String claims) {
        return flaw(profile, "{\"sub\":\"1\",\"scp\":\"user\"," + claims + "}");
    }

    private static TokenFlaw flaw(TokenProfile by, String body) {
        TokenReading reading = by.read(new Decoding.Verified(claims(body)));
        return reading instanceof TokenReading.Read read
                ? by.flaw(read.token(), HAN, NOW).orElse(null)
                : ((TokenReading.Refused) reading).flaw();
    }

    private static ReadToken read(TokenProfile by, String body) {
        return ((TokenReading.Read) by.read(new Decoding.Verified(claims(body)))).token();
    }
}
