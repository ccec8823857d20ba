package dev.countersign.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.port.TokenCodec;
import dev.countersign.token.AccessToken;
import dev.countersign.token.Decoding;
import dev.countersign.token.TokenFlaw;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks on a codec. Most of these tokens are correctly signed with the key, but malformed; part of {@link TokenCodecContract}. */
abstract class TokenCodecAttacks extends TokenCodecMutations {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "..",
                "...",
                "....",
                "a",
                "a.b",
                "a.b.c",
                "a.b.c.d",
                "a.b.c.d.e",
                "e30.e30.",
                ".e30.e30",
                "e30..e30",
                "e30.e30.e30",
                "bnVsbA.e30.e30",
                "W10.e30.e30",
                "\0",
                "e30.e30.\uD800",
                "é.é.é",
                "null",
                "Bearer a.b.c",
                "e30.e30.e30\n"
            })
    void what_is_no_token_is_malformed(String text) {
        assertFlaw(text, TokenFlaw.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "nOnE"})
    void none_is_refused_in_any_spelling(String none) {
        String signed = forge().sign("{\"alg\":\"" + none + "\"}", "{\"sub\":\"1\"}");
        assertFlaw(signed, TokenFlaw.MALFORMED);
        assertFlaw(signed.substring(0, signed.lastIndexOf('.') + 1), TokenFlaw.MALFORMED);
        assertFlaw(signed.substring(0, signed.lastIndexOf('.')), TokenFlaw.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"alg\":null}",
                "{\"alg\":\"\"}",
                "{\"alg\":\" \"}",
                "{\"alg\":256}",
                "{\"alg\":[\"HS256\"]}",
                "{\"ALG\":\"HS256\"}"
            })
    void a_missing_algorithm_is_refused(String header) {
        assertFlaw(forge().sign(header, "{}"), TokenFlaw.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HS256", "HS384", "HS512", "RS256", "RS512", "PS256", "ES256", "ES384", "EdDSA", "hs256", "es256",
                "HS256 ", "dir"
            })
    void any_other_algorithm_is_refused(String algorithm) {
        if (!algorithm.equals(codec().algorithm())) {
            assertFlaw(forge().sign("{\"alg\":\"" + algorithm + "\"}", "{}"), TokenFlaw.BAD_SIGNATURE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"crit\":[\"exp\"],\"exp\":1",
                "\"crit\":[]",
                "\"crit\":[\"b64\"],\"b64\":false",
                "\"b64\":true",
                "\"zip\":\"DEF\"",
                "\"zip\":null",
                "\"enc\":\"A128GCM\"",
                "\"jku\":\"https://example.com/keys\"",
                "\"x5u\":\"https://example.com/cert\"",
                "\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}",
                "\"x5c\":[\"AAAA\"]",
                "\"kid\":1",
                "\"kid\":null",
                "\"kid\":{}"
            })
    void a_header_that_asks_for_more_is_refused(String member) {
        assertFlaw(forge().sign(header("," + member), "{}"), TokenFlaw.MALFORMED);
    }

    @Test
    void a_duplicate_header_member_is_refused() {
        assertFlaw(forge().sign(header(",\"typ\":\"JWT\",\"typ\":\"JWT\""), "{}"), TokenFlaw.MALFORMED);
        assertFlaw(forge().sign(header(",\"alg\":\"" + codec().algorithm() + "\""), "{}"), TokenFlaw.MALFORMED);
        assertFlaw(forge().sign(header(",\"\\u0061lg\":\"none\""), "{}"), TokenFlaw.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"sub\":\"1\",\"sub\":\"2\"}",
                "{\"a\":{\"b\":1,\"b\":2}}",
                "{}{}",
                "{} x",
                "{}\0",
                "",
                " ",
                "null",
                "[]",
                "[{}]",
                "\"{}\"",
                "1",
                "true",
                "hello",
                "{",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "{'a':1}",
                "{\"a\":1,}",
                "\uFEFF{}"
            })
    void a_payload_that_is_not_one_strict_object_is_refused(String payload) {
        assertFlaw(forge().sign(header(), payload), TokenFlaw.MALFORMED);
    }

    @Test
    void deep_nesting_is_refused() {
        String deep = "{\"a\":" + "[".repeat(2000) + "]".repeat(2000) + "}";
        assertFlaw(forge().sign(header(), deep), TokenFlaw.MALFORMED);
        assertFlaw(forge().sign(header(",\"a\":" + "[".repeat(500) + "]".repeat(500)), "{}"), TokenFlaw.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e9999999999", "-1e-9999999999", "1e2147483647", "1e-2147483647"})
    void numbers_beyond_all_bounds_are_refused(String number) {
        assertFlaw(forge().sign(header(",\"n\":" + number), "{}"), TokenFlaw.MALFORMED);
        assertFlaw(forge().sign(header(), "{\"exp\":" + number + "}"), TokenFlaw.MALFORMED);
    }

    @Test
    void bytes_that_are_not_utf8_are_refused() {
        byte[] bytes = "{\"sub\":\"\u00FF\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertFlaw(forge().sign(header().getBytes(StandardCharsets.UTF_8), bytes), TokenFlaw.MALFORMED);
        assertFlaw(forge().sign(bytes, "{}".getBytes(StandardCharsets.UTF_8)), TokenFlaw.MALFORMED);
    }

    @Test
    void a_token_beyond_the_longest_is_not_looked_at() {
        int rest = forge().sign(header(), "{\"a\":\"\"}").length();
        int fits = (TokenCodec.MAX_LENGTH - rest) / 4 * 3 - 3;
        assertVerified(forge().sign(header(), "{\"a\":\"" + "x".repeat(fits) + "\"}"));
        assertFlaw(forge().sign(header(), "{\"a\":\"" + "x".repeat(fits + 9) + "\"}"), TokenFlaw.MALFORMED);
        assertFlaw("a".repeat(40_000_000), TokenFlaw.MALFORMED);
        assertFlaw(".".repeat(1_000_000), TokenFlaw.MALFORMED);
    }

    @Test
    void five_parts_are_refused() {
        String signed = forge().sign(header(), "{}");
        assertFlaw(signed + ".e30.e30", TokenFlaw.MALFORMED);
        assertFlaw(signed + ".", TokenFlaw.MALFORMED);
    }

    @Test
    void one_token_has_one_spelling() {
        String header = encode(header());
        String payload = encode("{\"a\":\"\u00FE\u00FF\u00BE?>\"}");
        String signed = forge().signParts(header, payload);
        assertVerified(signed);
        assertFlaw(forge().signParts(header + "=", payload), TokenFlaw.MALFORMED);
        assertFlaw(forge().signParts(header, payload + "=="), TokenFlaw.MALFORMED);
        assertFlaw(forge().signParts(header, payload + "\n"), TokenFlaw.MALFORMED);
        assertFlaw(forge().signParts(header, encode("{}").replace("e30", "e31")), TokenFlaw.MALFORMED);
        assertFlaw(forge().signParts(header, payload.replace('-', '+').replace('_', '/') + "+"), TokenFlaw.MALFORMED);
        assertFlaw(signed + "=", TokenFlaw.MALFORMED);
        assertFlaw(" " + signed, TokenFlaw.MALFORMED);
        assertFlaw(signed + " ", TokenFlaw.MALFORMED);
    }

    @Test
    void another_last_character_of_the_signature_is_another_token() {
        String signed = forge().sign(header(), "{}");
        char last = signed.charAt(signed.length() - 1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/";
        for (int i = 0; i < alphabet.length(); i++) {
            char other = alphabet.charAt(i);
            String changed = signed.substring(0, signed.length() - 1) + other;
            assertThat(codec().decode(AccessToken.of(changed)) instanceof Decoding.Verified)
                    .isEqualTo(other == last);
        }
    }

    @Test
    void a_signature_of_zeros_or_of_another_length_is_refused() {
        String signed = forge().sign(header(), "{}");
        String input = signed.substring(0, signed.lastIndexOf('.') + 1);
        int length = Base64.getUrlDecoder().decode(signed.substring(input.length())).length;
        for (int bytes : new int[] {1, 8, length - 1, length, length + 1, 2 * length}) {
            String zeros = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[bytes]);
            assertFlaw(input + zeros, TokenFlaw.BAD_SIGNATURE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown",
                "",
                "../../../dev/null",
                "' OR '1'='1",
                "key; DROP TABLE users",
                "http://127.0.0.1/key",
                "a\\u0000b"
            })
    void a_key_id_is_only_ever_looked_up(String keyId) {
        assertFlaw(forge().sign(header(",\"kid\":\"" + keyId + "\""), "{}"), TokenFlaw.BAD_SIGNATURE);
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
