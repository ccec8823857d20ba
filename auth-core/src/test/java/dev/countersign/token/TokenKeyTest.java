package dev.countersign.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenKeyTest {

    private static final String SIGNED = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0";

    @ParameterizedTest
    @ValueSource(strings = {"q83v", "q83w", "q83v=", "q83v==", "+/8", "-_8", "", "anything else"})
    void every_encoding_of_a_signature_has_one_key(String signature) {
        assertThat(TokenKey.ofSigned(AccessToken.of(SIGNED + "." + signature)))
                .isEqualTo(TokenKey.ofSigned(AccessToken.of(SIGNED + ".q83v")))
                .hasSameHashCodeAs(TokenKey.ofSigned(AccessToken.of(SIGNED + ".q83v")));
    }

    @Test
    void another_header_or_another_payload_has_another_key() {
        TokenKey key = TokenKey.ofSigned(AccessToken.of(SIGNED + ".q83v"));
        assertThat(TokenKey.ofSigned(AccessToken.of("eyJhbGciOiJIUzI1NyJ9.eyJzdWIiOiIxIn0.q83v")))
                .isNotEqualTo(key);
        assertThat(TokenKey.ofSigned(AccessToken.of("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIyIn0.q83v")))
                .isNotEqualTo(key);
        assertThat(TokenKey.ofText(SIGNED + ".q83v")).isNotEqualTo(key);
    }

    @Test
    void a_signed_token_without_dots_has_the_key_of_its_text() {
        assertThat(TokenKey.ofSigned(AccessToken.of("opaque"))).isEqualTo(TokenKey.ofText("opaque"));
        assertThat(TokenKey.ofSigned(AccessToken.of(".q83v"))).isEqualTo(TokenKey.ofText(""));
    }

    @Test
    void the_text_of_a_key_is_the_digest_and_can_be_parsed() {
        TokenKey key = TokenKey.ofText("some token");
        assertThat(key.text())
                .isEqualTo(BaseEncoding.base64Url()
                        .omitPadding()
                        .encode(Hashing.sha256()
                                .hashString("some token", StandardCharsets.UTF_8)
                                .asBytes()));
        assertThat(TokenKey.parse(key.text())).contains(key);
        assertThat(key.toString()).startsWith("TokenKey[").hasSizeLessThan(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "!", "q83v", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void what_is_no_key_is_not_parsed(String text) {
        assertThat(TokenKey.parse(text)).isEmpty();
    }
}
