package dev.countersign.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.json.JsonObject;
import dev.countersign.port.TokenCodec;
import dev.countersign.testkit.fixture.TokenForge;
import dev.countersign.token.AccessToken;
import dev.countersign.token.Decoding;
import dev.countersign.token.TokenFlaw;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random mutations of tokens, the same in every run; part of {@link TokenCodecContract}. */
abstract class TokenCodecMutations {

    private static final int MUTATIONS = 500;

    /** {@return the codec under test; all of its keys have ids} */
    protected abstract TokenCodec codec();

    /** {@return a codec of the same algorithm with another key} */
    protected abstract TokenCodec stranger();

    /** {@return a forge with the signing key of {@link #codec}} */
    protected abstract TokenForge forge();

    /**
     * A codec that verifies with a published key, for vectors that others have made.
     *
     * @param jwk a public key or a shared secret (RFC 7517), as others have published it
     * @return a codec that verifies tokens signed with the key under the key's {@code alg}; empty if such a key must not or cannot be used
     */
    protected abstract Optional<TokenCodec> verifying(JsonObject jwk);

    /** {@return a header with the codec's algorithm} */
    final String header() {
        return header("");
    }

    /** {@return a header with the codec's algorithm and additional members} */
    final String header(String more) {
        return "{\"alg\":\"" + codec().algorithm() + "\"" + more + "}";
    }

    final void assertFlaw(String compact, TokenFlaw flaw) {
        assertThat(codec().decode(AccessToken.of(compact))).isEqualTo(new Decoding.Refused(flaw));
    }

    final void assertVerified(String compact) {
        assertThat(codec().decode(AccessToken.of(compact))).isInstanceOf(Decoding.Verified.class);
    }

    @Test
    void mutated_tokens_never_verify_and_never_throw() {
        String original =
                forge().sign(header(",\"typ\":\"JWT\""), "{\"sub\":\"113123\",\"aud\":null,\"exp\":1893456000}");
        assertVerified(original);
        Random random = new Random(20260301);
        for (int i = 0; i < MUTATIONS; i++) {
            String mutated = mutate(original, random);
            if (!mutated.equals(original)) {
                assertThat(codec().decode(AccessToken.of(mutated))).as(mutated).isInstanceOf(Decoding.Refused.class);
            }
        }
    }

    @Test
    void well_signed_nonsense_never_throws() {
        Random random = new Random(20260302);
        // Fewer mutations, because each one is signed.
        for (int i = 0; i < MUTATIONS / 4; i++) {
            String header = mutate(header(",\"kid\":\"" + codec().keyId() + "\",\"typ\":\"JWT\""), random);
            String payload = mutate("{\"sub\":\"1\",\"exp\":1e3,\"aud\":[null,{}],\"nbf\":-0.5}", random);
            assertThat(codec().decode(AccessToken.of(forge().sign(header, payload))))
                    .isNotNull();
        }
    }

    private static String mutate(String original, Random random) {
        StringBuilder text = new StringBuilder(original);
        String characters = "ABCXYZabcxyz019-_.+/={}[]\":,\\\0\n é";
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = text.length() == 0 ? 0 : random.nextInt(text.length());
            char character = characters.charAt(random.nextInt(characters.length()));
            switch (text.length() == 0 ? 1 : random.nextInt(5)) {
                case 0 -> text.setCharAt(at, character);
                case 1 -> text.insert(at, character);
                case 2 -> text.deleteCharAt(at);
                case 3 -> text.setLength(at + 1);
                default -> text.insert(at, text.substring(random.nextInt(at + 1), at));
            }
        }
        return text.toString();
    }
}
