package dev.countersign.token;

import static dev.countersign.token.SampleProfiles.HEADER;
import static dev.countersign.token.SampleProfiles.LIFETIME;
import static dev.countersign.token.SampleProfiles.claims;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.json.JsonPointer;
import dev.countersign.template.Template;
import dev.countersign.user.Identifier;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a profile is told when it is built, and what follows from it. */
class ProfileChoicesTest {

    private static final String TIMED =
            "{\"sub\":\"${user.id | string}\",\"scp\":\"user\",\"at\":\"${token.issued_at | epoch-seconds}\"}";
    private static final String NESTED =
            "{\"sub\":\"${user.id | string}\",\"scp\":{\"role\":\"user\",\"by\":\"${user.username}\"},\"scpx\":[1,2],"
                    + "\"exp\":\"${token.expires_at | epoch-seconds}\"}";
    private static final Instant STORED = Instant.parse("2026-03-01T12:00:00.500Z");
    private static final User HAN = User.builder(new UserId(1), new UUID(0, 1), STORED)
            .email(Identifier.typed("han@example.com"))
            .username(Identifier.typed("han"))
            .build();

    @Test
    void a_token_lasts_at_least_a_second() {
        Duration second = Duration.ofSeconds(1);
        assertThat(SampleProfiles.builder(HEADER, second).build().lifetime()).isEqualTo(second);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        SampleProfiles.builder(HEADER, second.minusNanos(1)).build())
                .withMessageContaining("at least a second");
    }

    @ParameterizedTest
    @CsvSource({"/scp/role", "/scpx", "/scpx/1"})
    void what_a_token_must_repeat_is_a_constant_of_the_profile(String place) {
        TokenProfile profile = matching(NESTED, place);
        assertThat(profile.read(new Decoding.Verified(
                        claims("{\"sub\":\"1\",\"scp\":{\"role\":\"user\"},\"scpx\":[1,2],\"exp\":1003600}"))))
                .isInstanceOf(TokenReading.Read.class);
        assertThat(profile.read(new Decoding.Verified(
                        claims("{\"sub\":\"1\",\"scp\":{\"role\":\"admin\"},\"scpx\":[1,3],\"exp\":1003600}"))))
                .isEqualTo(new TokenReading.Refused(TokenFlaw.FOREIGN));
    }

    @ParameterizedTest
    @CsvSource({"/scp", "/scp/by", "/exp", "/absent", "/scpx/2"})
    void what_differs_between_tokens_or_is_absent_cannot_be_repeated(String place) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> matching(NESTED, place))
                .withMessageContainingAll(place, "no constant");
    }

    @Test
    void the_key_of_a_signed_token_is_that_of_its_signed_part_and_the_key_of_a_random_one_is_that_of_its_text() {
        TokenProfile signed = SampleProfiles.profile(Duration.ZERO);
        TokenProfile random = TokenProfile.random(LIFETIME).build();
        assertThat(signed.isRandom()).isFalse();
        assertThat(random.isRandom()).isTrue();
        assertThat(signed.key(AccessToken.of("a.b.c"))).isEqualTo(signed.key(AccessToken.of("a.b.d")));
        assertThat(random.key(AccessToken.of("a.b.c"))).isNotEqualTo(random.key(AccessToken.of("a.b.d")));
        assertThat(random.key(AccessToken.of("a.b.c"))).isEqualTo(TokenKey.ofText("a.b.c"));
    }

    @Test
    void a_copy_with_another_revocation_is_the_same_otherwise() {
        TokenProfile timed = SampleProfiles.builder(HEADER, TIMED, LIFETIME)
                .issueTime(JsonPointer.parse("/at"))
                .skew(Duration.ofSeconds(7))
                .build();
        TokenProfile copy = timed.withRevocation(Revocation.NONE_TOKENS_OUTLIVE_PASSWORD_CHANGE);
        assertThat(timed.revocation()).isEqualTo(Revocation.BY_PASSWORD_CHANGE);
        assertThat(copy.revocation()).isEqualTo(Revocation.NONE_TOKENS_OUTLIVE_PASSWORD_CHANGE);
        assertThat(copy.skew()).isEqualTo(Duration.ofSeconds(7));
        assertThat(copy.lifetime()).isEqualTo(LIFETIME);
        assertThat(copy.subject()).isEqualTo(timed.subject());
        assertThat(copy.header()).isEqualTo(timed.header());
        assertThat(copy.claims()).isEqualTo(timed.claims());
        assertThat(copy.isRandom()).isFalse();
        assertThat(copy.read(new Decoding.Verified(claims("{\"sub\":\"1\",\"scp\":\"user\",\"at\":7}"))))
                .isInstanceOf(TokenReading.Read.class);
        assertThat(copy.read(new Decoding.Verified(claims("{\"sub\":\"1\",\"scp\":\"other\",\"at\":7}"))))
                .isEqualTo(new TokenReading.Refused(TokenFlaw.FOREIGN));
        assertThat(TokenProfile.random(LIFETIME)
                        .build()
                        .withRevocation(Revocation.OTHERS_BY_PASSWORD_CHANGE)
                        .isRandom())
                .isTrue();
    }

    @Test
    void a_profile_knows_whether_its_tokens_carry_the_credential() {
        String bound =
                "{\"sub\":\"${user.id | string}\",\"scp\":\"user\",\"exp\":\"${token.expires_at | epoch-seconds}\",\"pwd\":\"${token.credential}\"}";
        assertThat(SampleProfiles.builder(HEADER, bound, LIFETIME).build().carriesCredential())
                .isTrue();
        assertThat(SampleProfiles.profile(Duration.ZERO).carriesCredential()).isFalse();
    }

    @Test
    void a_profile_reads_the_tokens_of_another_if_it_would_accept_them() {
        TokenProfile profile = SampleProfiles.profile(Duration.ZERO);
        TokenProfile timed = SampleProfiles.builder(HEADER, TIMED, LIFETIME)
                .issueTime(JsonPointer.parse("/at"))
                .build();
        assertThat(profile.reads(profile)).isTrue();
        assertThat(timed.reads(timed)).isTrue();
        assertThat(profile.reads(timed)).isFalse();
        assertThat(timed.reads(profile)).isFalse();
        assertThat(profile.reads(TokenProfile.random(LIFETIME).build())).isFalse();
        TokenProfile random = TokenProfile.random(LIFETIME).build();
        assertThat(random.reads(random)).isFalse();
    }

    @Test
    void only_a_signed_time_of_issue_proves_when_a_token_was_issued() {
        TokenProfile profile = SampleProfiles.profile(Duration.ZERO);
        TokenProfile timed = SampleProfiles.builder(HEADER, TIMED, LIFETIME)
                .issueTime(JsonPointer.parse("/at"))
                .build();
        assertThat(profile.provesIssueTime(read(profile, "{\"sub\":\"1\",\"scp\":\"user\",\"exp\":9}")))
                .isFalse();
        assertThat(profile.provesIssueTime(read(profile, "{\"sub\":\"1\",\"scp\":\"user\",\"exp\":9,\"iat\":1}")))
                .isTrue();
        assertThat(timed.provesIssueTime(read(timed, "{\"sub\":\"1\",\"scp\":\"user\",\"at\":1}")))
                .isTrue();
    }

    @Test
    void a_token_by_a_name_may_stay_unrecorded_once_the_name_is_surely_older_than_the_token() {
        TokenProfile byName = TokenProfile.builder(
                        SampleProfiles.profile(Duration.ZERO).header(),
                        Template.of(SampleProfiles.object(
                                "{\"sub\":\"${user.username}\",\"exp\":\"${token.expires_at | epoch-seconds}\"}")),
                        LIFETIME)
                .subject(new SubjectClaim(JsonPointer.parse("/sub"), SubjectClaim.Names.USERNAME, true))
                .build();
        assertThat(byName.needsIdentifierTimes()).isTrue();
        // The second after the name was stored, the leeway of another clock, and the leeway of the time of issue.
        Instant sure = Instant.parse("2026-03-01T12:00:21Z");
        assertThat(byName.holdsUnnoted(HAN, sure)).isTrue();
        assertThat(byName.holdsUnnoted(HAN, sure.minusNanos(1))).isFalse();
        assertThat(SampleProfiles.profile(Duration.ZERO).holdsUnnoted(HAN, STORED))
                .isTrue();
    }

    @Test
    void an_issued_token_knows_its_text_and_lifetime_and_prints_neither() {
        IssuedToken token = new IssuedToken(AccessToken.of("a.b.c"), "id", STORED, STORED.plus(LIFETIME));
        assertThat(token.accessToken()).isEqualTo("a.b.c");
        assertThat(token.lifetime()).isEqualTo(LIFETIME);
        assertThat(token.toString()).doesNotContain("a.b.c");
        assertThat(AccessToken.of("a.b.c")).hasToString("AccessToken[hidden]");
        assertThat(RefreshToken.of("secret").revealText()).isEqualTo("secret");
        assertThat(RefreshToken.of("secret")).hasToString("RefreshToken[hidden]");
    }

    private static TokenProfile matching(String body, String place) {
        return SampleProfiles.builder(HEADER, body, LIFETIME)
                .matchingClaims(Set.of(JsonPointer.parse(place)))
                .build();
    }

    private static ReadToken read(TokenProfile by, String body) {
        return ((TokenReading.Read) by.read(new Decoding.Verified(claims(body)))).token();
    }
}
