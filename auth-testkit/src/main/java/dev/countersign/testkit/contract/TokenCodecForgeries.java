package dev.countersign.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.Bytes;
import dev.countersign.json.Json;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.text.JsonText;
import dev.countersign.testkit.fixture.TokenForge;
import dev.countersign.token.AccessToken;
import dev.countersign.token.Decoding;
import dev.countersign.token.TokenFlaw;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Forged tokens: signed with the right key and the wrong algorithm, or with a public key as a secret (RFC 8725 §2.1); part of {@link TokenCodecContract}.
 */
abstract class TokenCodecForgeries extends TokenCodecAttacks {

    private static final ImmutableMap<String, String> MACS =
            ImmutableMap.of("HS256", "HmacSHA256", "HS384", "HmacSHA384", "HS512", "HmacSHA512");

    /** The JDK's signature algorithms for each family of keys. */
    private static final ImmutableMap<String, List<String>> SIGNATURES = ImmutableMap.of(
            "RS",
            List.of("MD5withRSA", "SHA1withRSA", "SHA224withRSA", "SHA256withRSA", "SHA384withRSA", "SHA512withRSA"),
            "ES",
            List.of(
                    "SHA256withECDSA",
                    "SHA1withECDSAinP1363Format",
                    "SHA256withECDSAinP1363Format",
                    "SHA384withECDSAinP1363Format",
                    "SHA512withECDSAinP1363Format"));

    /** The DER prefix of a 32-byte key (RFC 8410 §10.1). */
    private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

    /** The DER prefix of x and y of P-256 (RFC 5480 §2). */
    private static final byte[] P256 =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");

    @Test
    void the_key_signs_in_one_way_only() {
        String algorithm = codec().algorithm();
        MACS.forEach((name, mac) -> {
            if (algorithm.startsWith("HS") && !name.equals(algorithm)) {
                assertForged(forge().using(mac), ImmutableSet.of(name, algorithm));
            }
        });
        String family = algorithm.substring(0, 2);
        String right = "SHA" + algorithm.substring(2) + "with" + (family.equals("RS") ? "RSA" : "ECDSAinP1363Format");
        for (String way : SIGNATURES.getOrDefault(family, List.of())) {
            String named = family + way.replaceFirst("^[A-Z]+([0-9]+)with.*", "$1");
            if (!way.equals(right)) {
                assertForged(forge().using(way), ImmutableSet.of(algorithm));
            }
            if (!named.equals(algorithm)) {
                assertForged(forge().using(way), ImmutableSet.of(named));
            }
        }
    }

    @Test
    void a_public_key_is_no_secret() {
        for (JsonObject jwk : codec().publicKeys()) {
            for (byte[] known : spellings(jwk)) {
                MACS.forEach((name, mac) ->
                        assertForged(TokenForge.withSecret(mac, known), ImmutableSet.of(name, codec().algorithm())));
            }
        }
    }

    @Test
    void a_short_or_empty_secret_is_not_the_key() {
        for (byte[] guess :
                List.of(new byte[1], new byte[32], new byte[64], "secret".getBytes(StandardCharsets.UTF_8))) {
            MACS.forEach((name, mac) ->
                    assertForged(TokenForge.withSecret(mac, guess), ImmutableSet.of(name, codec().algorithm())));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "3.0", "3e0", "3.00", "-0", "\"3\"", "9007199254740993", "\"\\u0033\""})
    void a_claim_is_read_as_what_it_is(String subject) {
        String signed = forge().sign(header(), "{\"sub\":" + subject + "}");
        Json read = ((Decoding.Verified) codec().decode(AccessToken.of(signed)))
                .claims()
                .body()
                .get("sub")
                .orElseThrow();
        assertThat(read.typeName()).isEqualTo(subject.startsWith("\"") ? "string" : "number");
        assertThat(read instanceof JsonNumber number && number.isPlainInteger()).isEqualTo(subject.matches("-?[0-9]+"));
    }

    private void assertForged(TokenForge forge, Set<String> algorithms) {
        for (String algorithm : algorithms) {
            for (String keyId : List.of("", ",\"kid\":\"" + codec().keyId() + "\"")) {
                assertFlaw(
                        forge.sign("{\"alg\":\"" + algorithm + "\"" + keyId + "}", "{\"sub\":\"1\"}"),
                        TokenFlaw.BAD_SIGNATURE);
            }
        }
    }

    /** A public key in every common encoding. */
    private static List<byte[]> spellings(JsonObject jwk) {
        byte[] der = der(jwk);
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        String pem = "-----BEGIN PUBLIC KEY-----\n" + lines + "\n-----END PUBLIC KEY-----";
        List<byte[]> spellings =
                new ArrayList<>(List.of(der, bytes(jwk, jwk.get("n").isPresent() ? "n" : "x")));
        for (String text : List.of(
                pem,
                pem + "\n",
                pem.replace("\n", "\r\n"),
                lines,
                Base64.getEncoder().encodeToString(der),
                HexFormat.of().formatHex(der),
                JsonText.write(jwk))) {
            spellings.add(text.getBytes(StandardCharsets.US_ASCII));
        }
        if (jwk.get("n").isPresent()) {
            // PKCS #1: the key without the algorithm identifier.
            byte[] inner = Arrays.copyOfRange(der, 24, der.length);
            String old = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(inner);
            String oldPem = "-----BEGIN RSA PUBLIC KEY-----\n" + old + "\n-----END RSA PUBLIC KEY-----\n";
            spellings.add(inner);
            spellings.add(oldPem.getBytes(StandardCharsets.US_ASCII));
        }
        return spellings;
    }

    private static byte[] der(JsonObject jwk) {
        if (jwk.get("n").isPresent()) {
            return rsa(new BigInteger(1, bytes(jwk, "n")), new BigInteger(1, bytes(jwk, "e")))
                    .getEncoded();
        }
        return jwk.get("y").isPresent()
                ? Bytes.concat(P256, bytes(jwk, "x"), bytes(jwk, "y"))
                : Bytes.concat(ED25519, bytes(jwk, "x"));
    }

    private static PublicKey rsa(BigInteger modulus, BigInteger exponent) {
        try {
            return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] bytes(JsonObject jwk, String member) {
        return Base64.getUrlDecoder()
                .decode(jwk.get(member).flatMap(Json::asString).orElseThrow());
    }
}
