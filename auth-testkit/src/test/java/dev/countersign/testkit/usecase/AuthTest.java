package dev.countersign.testkit.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.countersign.Auth;
import dev.countersign.AuthBuilder;
import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.json.Json;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.JsonString;
import dev.countersign.testkit.fixture.MutableClock;
import dev.countersign.token.AccessToken;
import dev.countersign.token.Decoding;
import dev.countersign.token.IssuedToken;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuthTest {

    private final SampleAuth sample = new SampleAuth();

    @Test
    void half_a_configuration_does_not_build_and_all_that_is_missing_is_told() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Auth.builder().build())
                .withMessageContainingAll("users", "hasher", "dialect", "clock", "random");
        assertMissing(
                "users",
                Auth.builder()
                        .hasher(sample.hasher)
                        .tokens(SampleAuth.profile("user"), sample.codec, SampleAuth.policy())
                        .clock(sample.clock)
                        .random(sample.random));
        assertMissing(
                "hasher",
                Auth.builder()
                        .users(sample.users)
                        .tokens(SampleAuth.profile("user"), sample.codec, SampleAuth.policy())
                        .clock(sample.clock)
                        .random(sample.random));
        assertMissing(
                "dialect or tokens",
                Auth.builder()
                        .users(sample.users)
                        .hasher(sample.hasher)
                        .clock(sample.clock)
                        .random(sample.random));
        assertMissing(
                "clock",
                Auth.builder()
                        .users(sample.users)
                        .hasher(sample.hasher)
                        .tokens(SampleAuth.profile("user"), sample.codec, SampleAuth.policy())
                        .random(sample.random));
        assertMissing(
                "random",
                Auth.builder()
                        .users(sample.users)
                        .hasher(sample.hasher)
                        .tokens(SampleAuth.profile("user"), sample.codec, SampleAuth.policy())
                        .clock(sample.clock));
    }

    @Test
    void a_codec_of_another_algorithm_does_not_fit_the_profile() {
        KeyMaterial key = KeyMaterial.generate(SigningAlgorithm.ES256, MutableClock.START, sample.random);
        JjwtTokenCodec es256 = new JjwtTokenCodec(KeyRing.signingWith(key), sample.random);
        assertThatIllegalStateException()
                .isThrownBy(() -> sample.builder()
                        .tokens(SampleAuth.profile("user"), es256, SampleAuth.policy())
                        .build())
                .withMessageContainingAll("HS256", "ES256");
    }

    @Test
    void a_token_has_the_profiles_form() {
        IssuedToken issued = sample.auth.issueFirstTokens(sample.han).access();
        String[] parts = issued.accessToken().split("\\.", -1);
        assertThat(text(parts[0]))
                .isEqualTo("{\"typ\":\"at+jwt\",\"alg\":\"HS256\",\"kid\":\"" + sample.codec.keyId() + "\"}");
        assertThat(text(parts[1]))
                .isEqualTo(
                        "{\"sub\":\"" + sample.han.id() + "\",\"scp\":\"user\",\"aud\":null,\"name\":\"Han\",\"iat\":"
                                + issued.issuedAt().getEpochSecond() + ",\"exp\":"
                                + issued.expiresAt().getEpochSecond() + ",\"jti\":\""
                                + issued.id() + "\"}");
    }

    @Test
    void no_hash_is_in_a_token() {
        String compact = sample.auth.issueFirstTokens(sample.han).accessToken();
        assertThat(text(compact.split("\\.", -1)[1])).doesNotContain("plain-", "hash", "password");
    }

    @Test
    void times_in_a_token_are_whole_seconds() {
        sample.clock.moveTo(MutableClock.START.plusNanos(999_999_999));
        IssuedToken issued = sample.auth.issueFirstTokens(sample.han).access();
        assertThat(issued.issuedAt()).isEqualTo(MutableClock.START);
        assertThat(issued.expiresAt()).isEqualTo(MutableClock.START.plus(SampleAuth.LIFETIME));
    }

    @Test
    void every_token_has_an_id_of_its_own() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            ids.add(sample.auth.issueFirstTokens(sample.han).access().id());
        }
        assertThat(ids)
                .hasSize(1000)
                .allMatch(id -> id.matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
    }

    @Test
    void a_token_id_is_the_claim_it_says() {
        IssuedToken issued = sample.auth.issueFirstTokens(sample.han).access();
        Decoding.Verified verified = (Decoding.Verified) sample.codec.decode(AccessToken.of(issued.accessToken()));
        assertThat(verified.claims().at(JsonPointer.parse("/jti"))).contains(new JsonString(issued.id()));
        assertThat(verified.claims().at(JsonPointer.parse("/aud")).map(Json::isNull))
                .contains(true);
    }

    @Test
    void shared_secrets_are_not_published() {
        assertThat(sample.auth.publicKeys()).isEmpty();
    }

    @Test
    void nothing_secret_is_printed() {
        IssuedToken issued = sample.auth.issueFirstTokens(sample.han).access();
        assertThat(issued.toString()).doesNotContain(issued.accessToken());
        assertThat(sample.find(sample.han).toString()).doesNotContain("plain-");
    }

    private static void assertMissing(String part, AuthBuilder builder) {
        assertThatIllegalStateException().isThrownBy(builder::build).withMessage("Auth.builder() still needs: " + part);
    }

    private static String text(String base64url) {
        return new String(Base64.getUrlDecoder().decode(base64url), StandardCharsets.UTF_8);
    }
}
