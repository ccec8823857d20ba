package dev.countersign.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import dev.countersign.port.TokenCodec;
import dev.countersign.token.AccessToken;
import dev.countersign.token.Claims;
import dev.countersign.token.Decoding;
import dev.countersign.token.TokenFlaw;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tokens that others have published: Wycheproof and RFCs; part of {@link TokenCodecContract}. */
abstract class TokenCodecVectors extends TokenCodecAttacks {

    private static final List<TokenVector> VECTORS = TokenVector.all();

    @Test
    void no_published_token_is_one_of_ours() {
        TokenCodec codec = codec();
        assertThat(VECTORS)
                .allMatch(vector -> codec.decode(AccessToken.of(vector.token())) instanceof Decoding.Refused);
    }

    @Test
    void a_published_token_is_as_valid_as_its_publisher_says() {
        String algorithm = codec().algorithm();
        List<String> wrong = new ArrayList<>();
        for (TokenVector vector : VECTORS) {
            if (vector.isFor(algorithm)) {
                Optional<TokenCodec> codec = verifying(vector.key());
                if (codec.isPresent()) {
                    Decoding decoding = codec.get().decode(AccessToken.of(vector.token()));
                    if (!decoding.equals(expected(vector))) {
                        wrong.add(vector.id() + ": " + decoding + " instead of " + expected(vector));
                    }
                } else if (!vector.isKeyOptional()) {
                    wrong.add(vector.id() + ": the key is refused");
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void a_key_that_is_not_for_signatures_is_not_used() {
        assertThat(VECTORS)
                .filteredOn(vector -> !vector.hasKeyForSignatures())
                .isNotEmpty()
                .allMatch(vector -> verifying(vector.key()).isEmpty());
    }

    private static Decoding expected(TokenVector vector) {
        Optional<String> noted = vector.noted();
        if (noted.isPresent()) {
            return new Decoding.Refused(flaw(noted.get()));
        }
        boolean compact = vector.token().matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
        if (!vector.valid()) {
            return new Decoding.Refused(compact ? TokenFlaw.BAD_SIGNATURE : TokenFlaw.MALFORMED);
        }
        // A right signature over something that is no claims: a valid JWS, but not a token.
        return compact ? content(vector.token()) : new Decoding.Refused(TokenFlaw.MALFORMED);
    }

    private static Decoding content(String token) {
        List<String> parts = Splitter.on('.').splitToList(token);
        try {
            Json header = JsonText.read(Base64.getUrlDecoder().decode(parts.get(0)));
            return JsonText.read(Base64.getUrlDecoder().decode(parts.get(1))) instanceof JsonObject claims
                    ? new Decoding.Verified(new Claims((JsonObject) header, claims))
                    : new Decoding.Refused(TokenFlaw.MALFORMED);
        } catch (JsonSyntaxException notJson) {
            return new Decoding.Refused(TokenFlaw.MALFORMED);
        }
    }

    private static TokenFlaw flaw(String expected) {
        return switch (expected) {
            case "malformed" -> TokenFlaw.MALFORMED;
            case "bad signature" -> TokenFlaw.BAD_SIGNATURE;
            default -> throw new IllegalArgumentException("a note expects a flaw, not " + expected);
        };
    }
}
