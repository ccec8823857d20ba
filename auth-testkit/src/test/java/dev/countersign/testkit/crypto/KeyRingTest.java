package dev.countersign.testkit.crypto;

import static dev.countersign.crypto.jjwt.SigningAlgorithm.ES256;
import static dev.countersign.crypto.jjwt.SigningAlgorithm.HS256;
import static dev.countersign.crypto.jjwt.SigningAlgorithm.HS512;
import static dev.countersign.crypto.jjwt.SigningAlgorithm.RS256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.json.Json;
import dev.countersign.testkit.fixture.MutableClock;
import dev.countersign.testkit.fixture.SeededRandom;
import dev.countersign.testkit.fixture.TokenForge;
import dev.countersign.token.AccessToken;
import dev.countersign.token.Decoding;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyRingTest {

    private static final byte[] SHORT = "my-jwt-secret".getBytes(StandardCharsets.US_ASCII);
    private static final Instant END = MutableClock.START.plus(Duration.ofDays(30));

    private final KeyMaterial ours = SampleKeys.of(HS256);
    private final KeyMaterial old = SampleKeys.otherOf(HS256);
    private final MutableClock clock = new MutableClock();

    @Test
    void a_former_key_verifies_what_names_it_and_what_names_none() {
        KeyRing ring = KeyRing.signingWith(ours).alsoVerifying(old);
        TokenForge forge = SampleKeys.forge(old);
        assertThat(verifies(ring, forge.sign(naming(old.id()), "{}"))).isTrue();
        assertThat(verifies(ring, forge.sign("{\"alg\":\"HS256\"}", "{}"))).isTrue();
        assertThat(ring.signingKeyId()).isEqualTo(ours.id());
    }

    @Test
    void a_token_that_names_a_key_is_verified_with_no_other() {
        KeyRing ring = KeyRing.signingWith(ours).alsoVerifying(old);
        assertThat(verifies(ring, SampleKeys.forge(old).sign(naming(ours.id()), "{}")))
                .isFalse();
        assertThat(verifies(ring, SampleKeys.forge(old).sign(naming("unknown"), "{}")))
                .isFalse();
    }

    @Test
    void a_key_without_id_verifies_whatever_names_no_other_key() {
        KeyRing ring = KeyRing.signingWith(ours).alsoVerifyingOldSystem(old, "old");
        TokenForge forge = SampleKeys.forge(old);
        assertThat(verifies(ring, forge.sign("{\"alg\":\"HS256\"}", "{}"))).isTrue();
        assertThat(verifies(ring, forge.sign(naming("theirs"), "{}"))).isTrue();
        assertThat(verifies(ring, forge.sign(naming(ours.id()), "{}"))).isFalse();
        assertThat(verifies(ring, SampleKeys.forge(ours).sign(naming("theirs"), "{}")))
                .isFalse();
    }

    @Test
    void a_key_may_keep_the_id_it_had() {
        KeyRing ring = KeyRing.signingWith(ours).alsoVerifying(old.withId("2019-02"));
        assertThat(verifies(ring, SampleKeys.forge(old).sign(naming("2019-02"), "{}")))
                .isTrue();
    }

    @Test
    void a_ring_is_not_changed_by_adding_to_it() {
        KeyRing alone = KeyRing.signingWith(ours);
        alone.alsoVerifying(old);
        alone.alsoVerifyingOldSystem(old, "old");
        assertThat(verifies(alone, SampleKeys.forge(old).sign("{\"alg\":\"HS256\"}", "{}")))
                .isFalse();
    }

    @Test
    void a_short_secret_verifies_until_its_end() {
        KeyRing ring = KeyRing.signingWith(ours).acceptingShortSecretUntil(SHORT, "old", END, clock);
        String token = TokenForge.withSecret("HmacSHA256", SHORT).sign("{\"alg\":\"HS256\"}", "{\"sub\":1}");
        assertThat(verifies(ring, token)).isTrue();
        clock.moveTo(END.minusNanos(1));
        assertThat(verifies(ring, token)).isTrue();
        clock.moveTo(END);
        assertThat(verifies(ring, token)).isFalse();
        assertThat(verifies(ring, SampleKeys.forge(ours).sign("{\"alg\":\"HS256\"}", "{}")))
                .isTrue();
    }

    @Test
    void the_keys_that_verify_are_others_after_each_end_and_in_each_ring() {
        KeyRing alone = KeyRing.signingWith(ours);
        KeyRing ring = alone.acceptingShortSecretUntil(SHORT, "old", END, clock);
        Object before = keysOf(ring);
        assertThat(before).isNotEqualTo(keysOf(alone)).isNotEqualTo(keysOf(alone.alsoVerifying(old)));
        clock.moveTo(END.minusNanos(1));
        assertThat(keysOf(ring)).isEqualTo(before);
        clock.moveTo(END);
        Object after = keysOf(ring);
        assertThat(after).isNotEqualTo(before);
        clock.moveTo(END.plusSeconds(1));
        assertThat(keysOf(ring)).isEqualTo(after);
        clock.moveTo(MutableClock.START);
        assertThat(keysOf(ring)).as("a clock that was set back").isNotEqualTo(after);
    }

    private static Object keysOf(KeyRing ring) {
        return new JjwtTokenCodec(ring, new SeededRandom(1)).verifyingKeys().orElseThrow();
    }

    @Test
    void a_short_secret_of_another_system_does_not_verify() {
        KeyRing ring = KeyRing.signingWith(ours).acceptingShortSecretUntil(SHORT, "old", END, clock);
        byte[] other = "my-jwt-secres".getBytes(StandardCharsets.US_ASCII);
        assertThat(verifies(ring, TokenForge.withSecret("HmacSHA256", other).sign("{\"alg\":\"HS256\"}", "{}")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"HS256,HmacSHA256", "HS384,HmacSHA384", "HS512,HmacSHA512"})
    void a_short_secret_serves_each_hmac(SigningAlgorithm algorithm, String name) {
        KeyRing ring =
                KeyRing.signingWith(SampleKeys.of(algorithm)).acceptingShortSecretUntil(SHORT, "old", END, clock);
        String token = TokenForge.withSecret(name, SHORT).sign("{\"alg\":\"" + algorithm + "\"}", "{}");
        assertThat(verifies(ring, token)).isTrue();
    }

    @Test
    void a_secret_is_accepted_as_short_only_if_it_is() {
        KeyRing ring = KeyRing.signingWith(ours);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ring.acceptingShortSecretUntil(new byte[0], "old", END, clock));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ring.acceptingShortSecretUntil(new byte[8], "old", END, clock));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ring.acceptingShortSecretUntil(SampleKeys.bytes(old, "secret"), "old", END, clock))
                .withMessageContaining("without an id");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        KeyRing.signingWith(SampleKeys.of(ES256)).acceptingShortSecretUntil(SHORT, "old", END, clock));
    }

    @Test
    void a_public_half_cannot_sign() {
        KeyMaterial whole = SampleKeys.of(ES256);
        KeyMaterial half = KeyTextTest.publicHalf(whole);
        assertThat(half.canSign()).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.signingWith(half))
                .withMessageContaining("private");
    }

    @Test
    void each_key_verifies_under_its_own_algorithm_only() {
        KeyMaterial other = SampleKeys.of(HS512);
        KeyRing ring =
                KeyRing.signingWith(ours).alsoVerifying(other).alsoVerifyingOldSystem(SampleKeys.of(RS256), "old");
        assertThat(verifies(ring, SampleKeys.forge(other).sign("{\"alg\":\"HS512\"}", "{}")))
                .isTrue();
        assertThat(verifies(ring, SampleKeys.forge(other).using("HmacSHA256").sign("{\"alg\":\"HS256\"}", "{}")))
                .isFalse();
        assertThat(verifies(ring, SampleKeys.forge(ours).using("HmacSHA512").sign("{\"alg\":\"HS512\"}", "{}")))
                .isFalse();
        TokenForge rsa = SampleKeys.forge(SampleKeys.of(RS256));
        assertThat(verifies(ring, rsa.sign("{\"alg\":\"RS256\"}", "{}"))).isTrue();
        assertThat(verifies(ring, rsa.using("RSASSA-PSS").sign("{\"alg\":\"PS256\"}", "{}")))
                .isFalse();
        assertThat(ring.algorithm()).isEqualTo(HS256);
    }

    @Test
    void two_keys_with_one_id_are_refused() {
        KeyRing ring = KeyRing.signingWith(ours);
        assertThatIllegalArgumentException().isThrownBy(() -> ring.alsoVerifying(ours));
        assertThatIllegalArgumentException().isThrownBy(() -> ring.alsoVerifying(old.withId(ours.id())));
    }

    @Test
    void public_keys_with_ids_are_published_and_shared_secrets_never() {
        assertThat(KeyRing.signingWith(ours).alsoVerifying(old).publicKeys()).isEmpty();
        KeyRing ring = KeyRing.signingWith(SampleKeys.of(ES256)).alsoVerifying(SampleKeys.otherOf(ES256));
        assertThat(ring.publicKeys())
                .extracting(jwk -> jwk.get("kid").flatMap(Json::asString).orElseThrow())
                .containsExactly(
                        SampleKeys.of(ES256).id(), SampleKeys.otherOf(ES256).id());
        assertThat(ring.publicKeys().get(0).members().keySet())
                .containsExactly("kty", "use", "alg", "kid", "crv", "x", "y");
        assertThat(KeyRing.signingWith(SampleKeys.of(RS256))
                        .publicKeys()
                        .get(0)
                        .members()
                        .keySet())
                .containsExactly("kty", "use", "alg", "kid", "n", "e");
        assertThat(KeyRing.signingWith(SampleKeys.of(ES256))
                        .alsoVerifyingOldSystem(SampleKeys.otherOf(ES256), "old")
                        .publicKeys())
                .hasSize(1);
    }

    @Test
    void a_ring_prints_no_key() {
        assertThat(KeyRing.signingWith(ours)).hasToString("KeyRing[HS256, hidden]");
        assertThat(ours).hasToString("KeyMaterial[HS256, hidden]");
    }

    private static String naming(String keyId) {
        return "{\"alg\":\"HS256\",\"kid\":\"" + keyId + "\"}";
    }

    private static boolean verifies(KeyRing ring, String token) {
        return new JjwtTokenCodec(ring, new SeededRandom(1)).decode(AccessToken.of(token)) instanceof Decoding.Verified;
    }
}
