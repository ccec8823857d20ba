package dev.countersign.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.base.Splitter;
import dev.countersign.json.Json;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import dev.countersign.port.TokenCodec;
import dev.countersign.token.AccessToken;
import dev.countersign.token.Claims;
import dev.countersign.token.Decoding;
import dev.countersign.token.TokenFlaw;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of every {@link TokenCodec}. */
public abstract class TokenCodecContract extends TokenCodecVectors {

    private static final String BODY =
            "{\"sub\":\"113123\",\"scp\":\"user\",\"aud\":null,\"iat\":1550000000,\"id\":9007199254740993,\"deep\":{\"z\":[1,-2.5,true,null,\"\"],"
                    + "\"a\":{}},\"text\":\"é🐎\\\"\\\\\\n\",\"big\":123456789012345678901234567890,\"exp\":1550172800}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"?\"}",
                "{\"alg\":\"?\",\"typ\":\"JWT\"}",
                "{\"typ\":\"JWT\",\"alg\":\"?\"}",
                "{\"typ\":\"at+jwt\",\"alg\":\"?\",\"kid\":\"#\"}",
                "{\"kid\":\"#\",\"alg\":\"?\",\"own\":{\"b\":null,\"a\":[1]}}",
                "{\"alg\":\"?\",\"cty\":\"JWT\"}",
                "{\"typ\":null,\"alg\":\"?\",\"exp\":1}"
            })
    void header_and_claims_are_written_and_read_exactly(String pattern) {
        String header = pattern.replace("?", codec().algorithm()).replace("#", codec().keyId());
        AccessToken token = codec().encode(claims(header, BODY));
        assertThat(part(token, 0)).isEqualTo(header);
        assertThat(part(token, 1)).isEqualTo(BODY);
        Claims read = ((Decoding.Verified) codec().decode(token)).claims();
        assertThat(JsonText.write(read.header())).isEqualTo(header);
        assertThat(JsonText.write(read.body())).isEqualTo(BODY);
    }

    @Test
    void a_token_is_three_parts_and_none_is_empty() {
        assertThat(codec().encode(claims(header(), "{}")).revealCompact()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"alg\":\"none\"}",
                "{\"alg\":\"HS999\"}",
                "{\"alg\":1}",
                "{\"typ\":\"JWT\"}",
                "{\"alg\":\"?\",\"zip\":\"DEF\"}",
                "{\"alg\":\"?\",\"crit\":[\"own\"],\"own\":1}",
                "{\"alg\":\"?\",\"jku\":\"https://example.com\"}",
                "{\"alg\":\"?\",\"kid\":7}"
            })
    void a_header_that_would_be_refused_is_not_signed(String pattern) {
        Claims claims = claims(pattern.replace("?", codec().algorithm()), "{}");
        assertThatIllegalArgumentException().isThrownBy(() -> codec().encode(claims));
    }

    @Test
    void a_token_that_would_be_too_long_is_not_signed() {
        Claims claims = claims(header(), "{\"a\":\"" + "x".repeat(TokenCodec.MAX_LENGTH) + "\"}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec().encode(claims))
                .withMessageNotContaining("xxx");
    }

    @Test
    void a_token_of_another_key_is_refused() {
        assertFlaw(stranger().encode(claims(header(), "{}")).revealCompact(), TokenFlaw.BAD_SIGNATURE);
        AccessToken ours = codec().encode(claims(header(), "{}"));
        assertThat(stranger().decode(ours)).isEqualTo(new Decoding.Refused(TokenFlaw.BAD_SIGNATURE));
    }

    @Test
    void the_keys_that_verify_are_the_same_while_nothing_changes_and_no_other_codecs() {
        TokenCodec codec = codec();
        Optional<Object> keys = codec.verifyingKeys();
        codec.decode(codec.encode(claims(header(), "{}")));
        assertThat(codec.verifyingKeys()).isEqualTo(keys);
        keys.ifPresent(known -> assertThat(stranger().verifyingKeys()).isNotEqualTo(Optional.of(known)));
    }

    @Test
    void header_and_claims_are_signed_together() {
        String one = codec().encode(claims(header(), "{\"sub\":\"1\"}")).revealCompact();
        String two = codec().encode(claims(header(",\"typ\":\"JWT\""), "{\"sub\":\"2\"}"))
                .revealCompact();
        List<String> first = parts(one);
        List<String> second = parts(two);
        assertFlaw(String.join(".", first.get(0), second.get(1), first.get(2)), TokenFlaw.BAD_SIGNATURE);
        assertFlaw(String.join(".", second.get(0), first.get(1), first.get(2)), TokenFlaw.BAD_SIGNATURE);
        assertFlaw(String.join(".", first.get(0), first.get(1), second.get(2)), TokenFlaw.BAD_SIGNATURE);
    }

    @Test
    void the_signature_is_looked_at_before_the_content() {
        String notClaims = forge().sign(header(), "not even JSON");
        List<String> parts = parts(notClaims);
        String other = parts(forge().sign(header(), "{}")).get(2);
        assertFlaw(String.join(".", parts.get(0), parts.get(1), other), TokenFlaw.BAD_SIGNATURE);
        assertFlaw(notClaims, TokenFlaw.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"exp\":1}",
                "{\"exp\":-1}",
                "{\"exp\":1e30}",
                "{\"exp\":\"1550172800\"}",
                "{\"exp\":\"2019-02-14\"}",
                "{\"exp\":\"soon\"}",
                "{\"exp\":null}",
                "{\"exp\":{}}",
                "{\"exp\":1.5}",
                "{\"nbf\":99999999999}",
                "{\"iat\":99999999999}",
                "{\"iat\":\"now\"}",
                "{\"nbf\":[]}",
                "{\"sub\":7,\"iss\":null,\"jti\":{},\"aud\":1}",
                "{}"
            })
    void claims_are_nobody_elses_business(String body) {
        String compact = forge().sign(header(), body);
        Decoding.Verified verified = (Decoding.Verified) codec().decode(AccessToken.of(compact));
        assertThat(verified.claims().body()).isEqualTo(object(body));
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\"typ\":\"JWT\"",
                ",\"typ\":\"refresh+jwt\"",
                ",\"typ\":1",
                ",\"cty\":\"text/plain\"",
                ",\"x5t\":\"AA\""
            })
    void other_header_members_do_not_matter(String more) {
        assertVerified(forge().sign(header(more), "{}"));
    }

    @Test
    void white_space_in_json_does_not_matter() {
        assertVerified(forge().sign(" { \"alg\" :\n\"" + codec().algorithm() + "\" } ", "\t{ }\r\n"));
    }

    @Test
    void a_token_may_name_the_key_or_leave_it_out() {
        assertVerified(forge().sign(header(), "{}"));
        assertVerified(forge().sign(header(",\"kid\":\"" + codec().keyId() + "\""), "{}"));
    }

    @Test
    void the_public_keys_name_the_signing_key_and_nothing_private() {
        for (JsonObject key : codec().publicKeys()) {
            assertThat(key.members().keySet())
                    .contains("kty", "use", "alg", "kid")
                    .doesNotContainAnyElementsOf(Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k"));
            assertThat(key.get("alg").flatMap(Json::asString)).contains(codec().algorithm());
        }
        if (!codec().publicKeys().isEmpty()) {
            assertThat(codec().publicKeys().get(0).get("kid").flatMap(Json::asString))
                    .contains(codec().keyId());
        }
    }

    @Test
    void codecs_of_different_keys_have_different_ids() {
        assertThat(codec().keyId())
                .isNotEmpty()
                .isEqualTo(codec().keyId())
                .isNotEqualTo(stranger().keyId());
    }

    @Test
    void many_threads_may_use_one_codec() {
        TokenCodec shared = codec();
        List<String> bodies = IntStream.range(0, 50)
                .mapToObj(number -> "{\"sub\":\"" + number + "\"}")
                .toList();
        assertThat(bodies.parallelStream()
                        .map(body -> shared.decode(shared.encode(claims(header(), body))))
                        .map(decoding -> JsonText.write(
                                ((Decoding.Verified) decoding).claims().body())))
                .containsExactlyElementsOf(bodies);
    }

    private static List<String> parts(String compact) {
        return Splitter.on('.').splitToList(compact);
    }

    private static String part(AccessToken token, int index) {
        return new String(
                Base64.getUrlDecoder().decode(parts(token.revealCompact()).get(index)), StandardCharsets.UTF_8);
    }

    private static Claims claims(String header, String body) {
        return new Claims(object(header), object(body));
    }

    private static JsonObject object(String text) {
        try {
            return (JsonObject) JsonText.read(text);
        } catch (JsonSyntaxException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }
}
