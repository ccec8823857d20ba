package dev.countersign.testkit.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.io.Resources;
import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.jjwt.KeyInput;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.json.JsonObject;
import dev.countersign.json.text.JsonText;
import dev.countersign.testkit.fixture.MutableClock;
import dev.countersign.testkit.fixture.SeededRandom;
import dev.countersign.token.AccessToken;
import dev.countersign.token.Claims;
import dev.countersign.token.Decoding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of others: PEM that OpenSSL wrote (see make.sh beside the files), and the JWKs of RFC 7515 and RFC 8037. */
class KeyInputTest {

    // RFC 8037 §A.1.
    private static final String ED25519 = "{\"kty\":\"OKP\",\"crv\":\"Ed25519\","
            + "\"d\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}";
    // RFC 7515 §A.3.
    private static final String P256 = "{\"kty\":\"EC\",\"crv\":\"P-256\","
            + "\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\",\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\","
            + "\"d\":\"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI\"}";
    // RFC 7515 §A.1.
    private static final String OCT = "{\"kty\":\"oct\","
            + "\"k\":\"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow\"}";

    @ParameterizedTest
    @CsvSource({
        "rsa-pkcs8, RS256, rsa-spki",
        "rsa-pkcs1, RS256, rsa-pkcs1-public",
        "rsa-pkcs1, RS256, rsa-certificate",
        "ec-prime256v1-pkcs8, ES256, ec-prime256v1-spki",
        "ec-prime256v1-sec1, ES256, ec-prime256v1-spki",
        "ec-secp384r1-pkcs8, ES384, ec-secp384r1-spki",
        "ec-secp384r1-sec1, ES384, ec-secp384r1-spki",
        "ed25519-pkcs8, EDDSA, ed25519-spki"
    })
    void the_private_key_of_a_pem_file_signs_what_the_public_one_verifies(
            String whole, SigningAlgorithm algorithm, String half) throws Exception {
        KeyMaterial signing = pem(whole);
        KeyMaterial verifying = pem(half);
        assertThat(signing.algorithm()).isEqualTo(algorithm).isEqualTo(verifying.algorithm());
        assertThat(signing.canSign()).isTrue();
        assertThat(verifying.canSign()).isFalse();
        assertThat(verifying.id()).isEqualTo(signing.id());
        AccessToken token = new JjwtTokenCodec(KeyRing.signingWith(signing), new SeededRandom(1))
                .encode(new Claims(json("{\"alg\":\"" + algorithm.joseName() + "\"}"), json("{\"sub\":\"7\"}")));
        assertThat(verifies(verifying, token.revealCompact())).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"rsa-spki, rs256", "rsa-certificate, rs256", "rsa-pkcs1-public, ps256", "ed25519-spki, eddsa"})
    void a_token_that_openssl_signed_is_verified(String key, String token) throws Exception {
        SigningAlgorithm algorithm = SigningAlgorithm.valueOf(token.toUpperCase(Locale.ROOT));
        KeyMaterial material = KeyInput.read(text(key + ".pem"), Optional.of(algorithm), MutableClock.START)
                .get(0);
        assertThat(material.algorithm()).isEqualTo(algorithm);
        assertThat(verifies(material, text(token + ".jwt").strip())).isTrue();
    }

    @Test
    void what_surrounds_a_pem_block_does_not_matter() throws Exception {
        String plain = text("rsa-pkcs8.pem");
        String id = pem("rsa-pkcs8").id();
        assertThat(read("Bag Attributes\n    friendlyName: x\n" + plain).id()).isEqualTo(id);
        assertThat(read(plain.replace("\n", "\r\n")).id()).isEqualTo(id);
        assertThat(read(plain + text("rsa-certificate.pem")).canSign()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "rsa-encrypted-pkcs8, openssl pkcs8 -topk8 -nocrypt",
        "rsa-encrypted-pkcs1, openssl pkcs8 -topk8 -nocrypt",
        "rsa-1024-pkcs8, at least 2048 bits",
        "ec-secp521r1-pkcs8, P-256 or P-384",
        "ec-secp521r1-spki, P-256 or P-384",
        "ed448-pkcs8, Ed25519",
        "ed448-spki, Ed25519",
        "x25519-pkcs8, Ed25519",
        "x25519-spki, Ed25519"
    })
    void a_pem_key_that_cannot_be_used_is_refused_with_the_reason(String file, String reason) throws Exception {
        String text = text(file + ".pem");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(text))
                .withMessageContaining(reason)
                .withMessageNotContaining(text.lines().skip(1).findFirst().orElseThrow())
                .withNoCause();
    }

    @Test
    void damaged_pem_is_refused_without_a_word_of_it() throws Exception {
        String whole = text("rsa-pkcs8.pem");
        for (String broken : new String[] {
            whole.substring(0, 300),
            whole.replace("-----END", "----END"),
            whole.substring(0, 100) + whole.substring(170),
            "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n",
            "-----BEGIN PRIVATE KEY-----\n!!!\n-----END PRIVATE KEY-----\n",
            "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n",
            "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n",
            whole + text("ed25519-pkcs8.pem")
        }) {
            assertThatIllegalArgumentException()
                    .as(broken)
                    .isThrownBy(() -> read(broken))
                    .withMessageContaining("PEM")
                    .withMessageNotContaining(whole.substring(40, 60))
                    .withNoCause();
        }
    }

    @Test
    void the_keys_of_the_rfcs_are_read() {
        assertThat(read(ED25519).id()).isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
        assertThat(read(ED25519).canSign()).isTrue();
        assertThat(read(P256).algorithm()).isEqualTo(SigningAlgorithm.ES256);
        assertThat(read(OCT).algorithm()).isEqualTo(SigningAlgorithm.HS256);
        assertThat(KeyInput.read(OCT, Optional.of(SigningAlgorithm.HS512), MutableClock.START)
                        .get(0)
                        .algorithm())
                .isEqualTo(SigningAlgorithm.HS512);
        assertThat(read(OCT.replace("{", "{\"kid\":\"2019-02\",\"alg\":\"HS384\",")))
                .satisfies(key -> assertThat(key.id()).isEqualTo("2019-02"))
                .satisfies(key -> assertThat(key.algorithm()).isEqualTo(SigningAlgorithm.HS384));
    }

    @Test
    void every_key_for_signatures_of_a_set_is_read() {
        String set = "{\"keys\":[" + ED25519 + "," + P256.replace("{", "{\"use\":\"enc\",") + ","
                + P256.replace("{", "{\"use\":\"sig\",\"x5t\":\"abc\",") + "]}";
        assertThat(KeyInput.read(set, Optional.empty(), MutableClock.START))
                .extracting(KeyMaterial::algorithm)
                .containsExactly(SigningAlgorithm.EDDSA, SigningAlgorithm.ES256);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("{\"keys\":[]}"))
                .withMessageContaining("no key for signatures");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\",\"y\":\"AAAA\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-999\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\",\"y\":\"AAAA\"}",
                "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}",
                "{\"kty\":\"RSA\",\"n\":7,\"e\":\"AQAB\"}",
                "{\"kty\":\"oct\",\"k\":\"f83OJ3D2xF1B\"}",
                "{\"kty\":\"oct\",\"k\":\"f83OJ3D2xF1B****\"}",
                "{\"kty\":\"oct\",\"alg\":\"none\",\"k\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\"}",
                "{\"kty\":\"oct\",\"alg\":\"ES256\",\"k\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\"}",
                "{\"kty\":\"AKP\",\"alg\":\"ML-DSA-44\",\"pub\":\"f83OJ3D2xF1B\"}",
                "{\"kty\":1}",
                "{\"keys\":1}",
                "{\"keys\":[1]}",
                "[]",
                "secret f83OJ3D2xF1B"
            })
    void a_bad_jwk_is_refused_without_a_word_of_it(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(text))
                .withMessageNotContaining("f83OJ3D2xF1B")
                .satisfies(refusal ->
                        assertThat(String.valueOf(refusal.getCause())).doesNotContain("f83OJ3D2xF1B"));
    }

    private static KeyMaterial pem(String file) throws IOException {
        return read(text(file + ".pem"));
    }

    private static KeyMaterial read(String text) {
        return KeyInput.read(text, Optional.empty(), MutableClock.START).get(0);
    }

    private static String text(String file) throws IOException {
        return Resources.toString(
                Resources.getResource("dev/countersign/testkit/crypto/pem/" + file), StandardCharsets.US_ASCII);
    }

    private static JsonObject json(String text) throws Exception {
        return (JsonObject) JsonText.read(text);
    }

    private static boolean verifies(KeyMaterial key, String token) {
        KeyRing ring =
                KeyRing.signingWith(SampleKeys.of(SigningAlgorithm.HS256)).alsoVerifying(key);
        return new JjwtTokenCodec(ring, new SeededRandom(1)).decode(AccessToken.of(token)) instanceof Decoding.Verified;
    }
}
