package dev.countersign.testkit.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.KeyText;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.text.JsonText;
import dev.countersign.testkit.fixture.MutableClock;
import dev.countersign.testkit.fixture.SeededRandom;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {

    private static final String SECRET = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr8";

    @ParameterizedTest
    @EnumSource
    void a_key_is_read_as_it_was_written(SigningAlgorithm algorithm) {
        KeyMaterial key = SampleKeys.of(algorithm);
        String text = KeyText.revealForStorage(key);
        KeyMaterial read = KeyText.read(text);
        assertThat(KeyText.revealForStorage(read)).isEqualTo(text).doesNotContain("\n");
        assertThat(read.algorithm()).isEqualTo(algorithm);
        assertThat(read.id()).isEqualTo(key.id());
        assertThat(read.created()).isEqualTo(MutableClock.START);
        assertThat(read.canSign()).isTrue();
    }

    @Test
    void the_members_are_named_and_ordered() {
        assertThat(SampleKeys.members(SampleKeys.of(SigningAlgorithm.HS256))
                        .members()
                        .keySet())
                .containsExactly("alg", "kid", "created", "secret");
        assertThat(SampleKeys.members(SampleKeys.of(SigningAlgorithm.EDDSA))
                        .members()
                        .keySet())
                .containsExactly("alg", "kid", "created", "private", "public");
    }

    @Test
    void a_public_half_stays_one() {
        KeyMaterial half = publicHalf(SampleKeys.of(SigningAlgorithm.RS256));
        assertThat(half.canSign()).isFalse();
        assertThat(SampleKeys.members(half).members().keySet()).containsExactly("alg", "kid", "created", "public");
    }

    @Test
    void an_id_may_be_left_out_or_chosen() {
        KeyMaterial own = KeyText.read(secret("\"kid\":\"2019-02\",", SECRET));
        KeyMaterial none = KeyText.read(secret("", SECRET));
        assertThat(own.id()).isEqualTo("2019-02");
        assertThat(none.id()).matches("[0-9a-f]{16}");
    }

    @Test
    void the_id_of_a_secret_is_the_same_every_time_and_of_another_another() {
        KeyMaterial key = SampleKeys.of(SigningAlgorithm.HS256);
        byte[] secret = SampleKeys.bytes(key, "secret");
        assertThat(KeyMaterial.ofSecret(SigningAlgorithm.HS256, secret, MutableClock.START)
                        .id())
                .isEqualTo(key.id());
        secret[0] ^= 1;
        assertThat(KeyMaterial.ofSecret(SigningAlgorithm.HS256, secret, MutableClock.START)
                        .id())
                .isNotEqualTo(key.id());
    }

    @Test
    void two_generated_keys_differ() {
        SeededRandom random = new SeededRandom(5);
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            if (algorithm != SigningAlgorithm.RS256) {
                assertThat(KeyMaterial.generate(algorithm, MutableClock.START, random)
                                .id())
                        .isNotEqualTo(KeyMaterial.generate(algorithm, MutableClock.START, random)
                                .id());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"HS256,31", "HS384,47", "HS512,63", "HS256,16"})
    void a_secret_shorter_than_the_hash_is_refused(SigningAlgorithm algorithm, int length) {
        byte[] secret = Arrays.copyOf(SampleKeys.bytes(SampleKeys.of(SigningAlgorithm.HS512), "secret"), length);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyMaterial.ofSecret(algorithm, secret, MutableClock.START))
                .withMessageContaining("at least " + algorithm.secretBytes())
                .withMessageContaining("generate one");
    }

    @ParameterizedTest
    @ValueSource(bytes = {0, 1, 'a', -1})
    void a_secret_of_one_repeated_byte_is_refused(byte value) {
        byte[] secret = new byte[32];
        Arrays.fill(secret, value);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyMaterial.ofSecret(SigningAlgorithm.HS256, secret, MutableClock.START));
    }

    @Test
    void key_pairs_that_do_not_suit_are_refused() throws GeneralSecurityException {
        assertUnfit(SigningAlgorithm.RS256, rsa(1024), "2048");
        assertUnfit(SigningAlgorithm.RS256, ec("secp256r1"), "RSA");
        assertUnfit(SigningAlgorithm.ES256, ec("secp384r1"), "P-256");
        assertUnfit(SigningAlgorithm.ES256, rsa(2048), "P-256");
        assertUnfit(
                SigningAlgorithm.EDDSA, KeyPairGenerator.getInstance("Ed448").generateKeyPair(), "Ed25519");
        assertUnfit(
                SigningAlgorithm.EDDSA, KeyPairGenerator.getInstance("X25519").generateKeyPair(), "Ed25519");
        assertUnfit(SigningAlgorithm.HS256, rsa(2048), "shared secret");
    }

    @Test
    void halves_of_different_pairs_are_refused() throws GeneralSecurityException {
        for (SigningAlgorithm algorithm :
                new SigningAlgorithm[] {SigningAlgorithm.RS256, SigningAlgorithm.ES256, SigningAlgorithm.EDDSA}) {
            JsonObject mixed = SampleKeys.members(SampleKeys.of(algorithm))
                    .with(
                            "public",
                            SampleKeys.members(SampleKeys.otherOf(algorithm))
                                    .get("public")
                                    .orElseThrow());
            assertRefused(JsonText.write(mixed), "does not belong");
        }
    }

    @Test
    void a_2048_bit_rsa_key_is_long_enough() throws GeneralSecurityException {
        assertThat(KeyRing.signingWith(KeyMaterial.ofKeyPair(SigningAlgorithm.RS256, rsa(2048), MutableClock.START))
                        .publicKeys())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{}",
                "{\"alg\":\"HS256\"}",
                "{\"alg\":\"none\",\"created\":\"2026-03-01T12:00:00Z\",\"secret\":\"" + SECRET + "\"}",
                "{\"alg\":\"HS256\",\"created\":\"yesterday\",\"secret\":\"" + SECRET + "\"}",
                "{\"alg\":\"HS256\",\"created\":1,\"secret\":\"" + SECRET + "\"}",
                "{\"alg\":\"HS256\",\"created\":\"2026-03-01T12:00:00Z\",\"secret\":\"" + SECRET + "\",\"more\":1}",
                "{\"alg\":\"HS256\",\"alg\":\"HS256\",\"created\":\"2026-03-01T12:00:00Z\",\"secret\":\"" + SECRET
                        + "\"}",
                "{\"alg\":\"HS256\",\"created\":\"2026-03-01T12:00:00Z\",\"secret\":\"" + SECRET
                        + "\",\"public\":\"AAAA\"}",
                "{\"alg\":\"HS256\",\"created\":\"2026-03-01T12:00:00Z\",\"secret\":\"" + SECRET + "=\"}",
                "{\"alg\":\"HS256\",\"created\":\"2026-03-01T12:00:00Z\",\"secret\":7}",
                "{\"alg\":\"HS256\",\"created\":\"2026-03-01T12:00:00Z\",\"secret\":\"AyM1SysPpbyDfgZld3um\"}",
                "{\"alg\":\"ES256\",\"created\":\"2026-03-01T12:00:00Z\",\"secret\":\"" + SECRET + "\"}",
                "{\"alg\":\"ES256\",\"created\":\"2026-03-01T12:00:00Z\",\"private\":\"AyM1SysPpbyDfgZld3um\"}",
                "{\"alg\":\"ES256\",\"created\":\"2026-03-01T12:00:00Z\",\"public\":\"AyM1SysPpbyDfgZld3um\"}",
                "{\"alg\":\"HS256\",\"kid\":\"\",\"created\":\"2026-03-01T12:00:00Z\",\"secret\":\"" + SECRET + "\"}",
                "{\"alg\":\"HS256\",\"kid\":\"a b\",\"created\":\"2026-03-01T12:00:00Z\",\"secret\":\"" + SECRET + "\"}"
            })
    void whatever_is_wrong_is_refused_and_never_quoted(String text) {
        assertRefused(text, "");
    }

    static KeyMaterial publicHalf(KeyMaterial key) {
        Map<String, Json> members = new LinkedHashMap<>(SampleKeys.members(key).members());
        members.remove("private");
        return KeyText.read(JsonText.write(JsonObject.of(members)));
    }

    private static String secret(String more, String secret) {
        return "{\"alg\":\"HS256\"," + more + "\"created\":\"2026-03-01T12:00:00Z\",\"secret\":"
                + JsonText.write(new JsonString(secret)) + "}";
    }

    private static void assertRefused(String text, String because) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyText.read(text))
                .withMessageContaining(because)
                .withMessageNotContaining("AyM1")
                .satisfies(refusal -> assertThat(
                                refusal.getCause() == null
                                        ? ""
                                        : refusal.getCause().getMessage())
                        .doesNotContain("AyM1"));
    }

    private static void assertUnfit(SigningAlgorithm algorithm, KeyPair pair, String needed) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyMaterial.ofKeyPair(algorithm, pair, MutableClock.START))
                .withMessageContaining(needed);
    }

    private static KeyPair rsa(int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private static KeyPair ec(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }
}
