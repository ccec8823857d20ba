package dev.countersign.testkit.crypto;

import static dev.countersign.crypto.jjwt.SigningAlgorithm.ES256;
import static dev.countersign.crypto.jjwt.SigningAlgorithm.HS256;
import static dev.countersign.crypto.jjwt.SigningAlgorithm.RS256;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.testkit.fixture.MutableClock;
import dev.countersign.testkit.fixture.SeededRandom;
import dev.countersign.testkit.fixture.TokenForge;
import dev.countersign.token.AccessToken;
import dev.countersign.token.Claims;
import dev.countersign.token.Decoding;
import dev.countersign.token.TokenFlaw;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What jjwt alone would let through, or do, if it were set up less strictly. */
class JjwtTrapsTest {

    private static final byte[] LONG_SECRET = secret(64);

    @ParameterizedTest
    @EnumSource(names = {"RS256", "ES256", "EDDSA"})
    void a_public_key_is_no_hmac_secret(SigningAlgorithm algorithm) {
        KeyMaterial key = SampleKeys.of(algorithm);
        byte[] der = SampleKeys.bytes(key, "public");
        String pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(der)
                + "\n-----END PUBLIC KEY-----\n";
        for (byte[] secret : new byte[][] {der, pem.getBytes(StandardCharsets.US_ASCII)}) {
            TokenForge forge = TokenForge.withSecret("HmacSHA256", secret);
            assertFlaw(key, forge.sign("{\"alg\":\"HS256\"}", "{}"), TokenFlaw.BAD_SIGNATURE);
            assertFlaw(key, forge.sign("{\"alg\":\"" + algorithm.joseName() + "\"}", "{}"), TokenFlaw.BAD_SIGNATURE);
        }
    }

    @ParameterizedTest
    @CsvSource({"HS384,HmacSHA384", "HS512,HmacSHA512"})
    void a_longer_hmac_under_the_same_secret_is_another_algorithm(String name, String algorithm) {
        KeyMaterial key = KeyMaterial.ofSecret(HS256, LONG_SECRET, MutableClock.START);
        String token = TokenForge.withSecret(algorithm, LONG_SECRET).sign("{\"alg\":\"" + name + "\"}", "{}");
        assertFlaw(key, token, TokenFlaw.BAD_SIGNATURE);
    }

    @Test
    void a_long_secret_does_not_change_the_algorithm() {
        JjwtTokenCodec codec = codec(KeyMaterial.ofSecret(HS256, LONG_SECRET, MutableClock.START));
        String token = codec.encode(new Claims(JsonObject.of(Map.of("alg", new JsonString("HS256"))), JsonObject.EMPTY))
                .revealCompact();
        assertThat(Base64.getUrlDecoder().decode(token.substring(token.lastIndexOf('.') + 1)))
                .hasSize(32);
    }

    @Test
    void nothing_is_inflated() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(bomb)) {
            deflater.write(("{\"a\":\"" + "0".repeat(4_000_000) + "\"}").getBytes(StandardCharsets.US_ASCII));
        }
        KeyMaterial key = SampleKeys.of(HS256);
        byte[] header = "{\"alg\":\"HS256\",\"zip\":\"DEF\"}".getBytes(StandardCharsets.US_ASCII);
        assertFlaw(key, SampleKeys.forge(key).sign(header, bomb.toByteArray()), TokenFlaw.MALFORMED);
    }

    @Test
    void nothing_is_decrypted() {
        KeyMaterial key = SampleKeys.of(HS256);
        String header =
                "{\"alg\":\"PBES2-HS256+A128KW\",\"p2c\":2000000000,\"p2s\":\"AAAAAAAAAAA\",\"enc\":\"A128GCM\"}";
        String five = SampleKeys.forge(key).sign(header, "{}") + ".AAAA.AAAA";
        assertFlaw(key, five, TokenFlaw.MALFORMED);
        assertFlaw(key, five.substring(0, five.length() - 10), TokenFlaw.MALFORMED);
    }

    @Test
    void a_key_in_the_header_is_not_used() {
        KeyMaterial theirs = SampleKeys.otherOf(ES256);
        String jwk = "{\"kty\":\"EC\",\"crv\":\"P-256\"}";
        String token = SampleKeys.forge(theirs).sign("{\"alg\":\"ES256\",\"jwk\":" + jwk + "}", "{}");
        assertFlaw(SampleKeys.of(ES256), token, TokenFlaw.MALFORMED);
    }

    @Test
    void an_es256_signature_in_der_is_refused() throws Exception {
        KeyMaterial key = SampleKeys.of(ES256);
        TokenForge der = TokenForge.withPrivateKey(
                "SHA256withECDSA",
                KeyFactory.getInstance("EC")
                        .generatePrivate(new PKCS8EncodedKeySpec(SampleKeys.bytes(key, "private"))));
        assertFlaw(key, der.sign("{\"alg\":\"ES256\"}", "{}"), TokenFlaw.BAD_SIGNATURE);
    }

    @Test
    void an_rsa_signature_with_another_padding_or_hash_is_refused() throws Exception {
        KeyMaterial key = SampleKeys.of(RS256);
        for (String other : new String[] {"SHA1withRSA", "SHA512withRSA", "MD5withRSA"}) {
            TokenForge forge = TokenForge.withPrivateKey(
                    other,
                    KeyFactory.getInstance("RSA")
                            .generatePrivate(new PKCS8EncodedKeySpec(SampleKeys.bytes(key, "private"))));
            assertFlaw(key, forge.sign("{\"alg\":\"RS256\"}", "{}"), TokenFlaw.BAD_SIGNATURE);
        }
    }

    @Test
    void a_truncated_hmac_is_refused() {
        KeyMaterial key = SampleKeys.of(HS256);
        String token = SampleKeys.forge(key).sign("{\"alg\":\"HS256\"}", "{}");
        // 40 of 43 characters are 30 whole bytes.
        assertFlaw(key, token.substring(0, token.length() - 3), TokenFlaw.BAD_SIGNATURE);
    }

    private static void assertFlaw(KeyMaterial key, String token, TokenFlaw flaw) {
        assertThat(codec(key).decode(AccessToken.of(token))).isEqualTo(new Decoding.Refused(flaw));
    }

    private static JjwtTokenCodec codec(KeyMaterial key) {
        return new JjwtTokenCodec(KeyRing.signingWith(key), new SeededRandom(1));
    }

    private static byte[] secret(int length) {
        byte[] secret = new byte[length];
        new SeededRandom(7).nextBytes(secret);
        return secret;
    }
}
