package dev.countersign.testkit.usecase;

import static dev.countersign.crypto.jjwt.SigningAlgorithm.HS256;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Auth;
import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.json.JsonObject;
import dev.countersign.port.TokenCodec;
import dev.countersign.testkit.fixture.MutableClock;
import dev.countersign.testkit.fixture.TokenForge;
import dev.countersign.token.AccessToken;
import dev.countersign.token.Claims;
import dev.countersign.token.Decoding;
import dev.countersign.token.TokenFlaw;
import dev.countersign.usecase.AuthenticateRequest.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerifiedTokensTest {

    private final SampleAuth sample = new SampleAuth();
    private KeyRing ring = KeyRing.signingWith(sample.key);
    private final Counting codec = new Counting(JjwtTokenCodec.following(() -> ring, sample.random));
    private final Auth auth = authWith(codec);
    private final AccessToken token = auth.issueFirstTokens(sample.han).access().token();

    @Test
    void a_signature_is_verified_at_the_first_request_only() {
        for (int i = 0; i < 3; i++) {
            assertAccepted(token);
        }
        assertThat(codec.decoded).isOne();
    }

    @Test
    void a_forged_token_is_verified_each_time() {
        AccessToken forged = withOtherSignature(token);
        for (int i = 0; i < 3; i++) {
            assertFlaw(forged, TokenFlaw.BAD_SIGNATURE);
        }
        assertThat(codec.decoded).isEqualTo(3);
    }

    @Test
    void another_signature_under_claims_that_were_verified_is_refused() {
        assertAccepted(token);
        assertFlaw(withOtherSignature(token), TokenFlaw.BAD_SIGNATURE);
        String compact = token.revealCompact();
        assertFlaw(AccessToken.of(compact.substring(0, compact.lastIndexOf('.') + 1)), TokenFlaw.MALFORMED);
        assertFlaw(AccessToken.of(compact.substring(0, compact.lastIndexOf('.'))), TokenFlaw.MALFORMED);
        assertFlaw(AccessToken.of(compact + "="), TokenFlaw.MALFORMED);
    }

    @Test
    void a_token_of_a_key_that_was_taken_out_is_refused_although_it_was_verified() {
        assertAccepted(token);
        ring = KeyRing.signingWith(KeyMaterial.generate(HS256, MutableClock.START, sample.random));
        assertFlaw(token, TokenFlaw.BAD_SIGNATURE);
    }

    @Test
    void a_token_of_an_old_system_is_refused_when_its_key_ends_although_it_was_verified() {
        byte[] shortSecret = "my-jwt-secret".getBytes(StandardCharsets.US_ASCII);
        ring = ring.acceptingShortSecretUntil(
                shortSecret, "old", MutableClock.START.plus(Duration.ofMinutes(5)), sample.clock);
        AccessToken old = AccessToken.of(TokenForge.withSecret("HmacSHA256", shortSecret)
                .sign(
                        "{\"typ\":\"at+jwt\",\"alg\":\"HS256\"}",
                        "{\"sub\":\"4711\",\"scp\":\"user\",\"exp\":1893456000}"));
        assertFlaw(old, TokenFlaw.REVOKED);
        sample.clock.advance(Duration.ofMinutes(5));
        assertFlaw(old, TokenFlaw.BAD_SIGNATURE);
    }

    @Test
    void with_a_codec_that_cannot_tell_its_keys_each_token_is_verified_each_time() {
        codec.tellsKeys = false;
        assertAccepted(token);
        assertAccepted(token);
        assertThat(codec.decoded).isEqualTo(2);
    }

    @Test
    void a_verified_token_expires() {
        assertAccepted(token);
        sample.clock.advance(SampleAuth.LIFETIME.plus(SampleAuth.SKEW));
        assertFlaw(token, TokenFlaw.EXPIRED);
        assertFlaw(token, TokenFlaw.EXPIRED);
        assertThat(codec.decoded).as("an expired token is forgotten").isEqualTo(2);
    }

    @Test
    void a_token_of_more_characters_than_any_is_not_looked_for() {
        assertFlaw(AccessToken.of("a".repeat(TokenCodec.MAX_LENGTH + 1)), TokenFlaw.MALFORMED);
        assertThat(codec.decoded).isOne();
    }

    private Auth authWith(TokenCodec tokens) {
        return sample.builder()
                .tokens(SampleAuth.profile("user"), tokens, SampleAuth.policy())
                .build();
    }

    /** The last character of the signature's first half: all of its bits count. */
    private static AccessToken withOtherSignature(AccessToken token) {
        String compact = token.revealCompact();
        int at = compact.lastIndexOf('.') + 10;
        char other = compact.charAt(at) == 'A' ? 'B' : 'A';
        return AccessToken.of(compact.substring(0, at) + other + compact.substring(at + 1));
    }

    private void assertAccepted(AccessToken accepted) {
        assertThat(auth.authenticate(accepted)).isInstanceOf(Outcome.Authenticated.class);
    }

    private void assertFlaw(AccessToken refused, TokenFlaw flaw) {
        assertThat(auth.authenticate(refused)).isEqualTo(new Outcome.Refused(flaw));
    }

    /** Counts verifications. */
    private static final class Counting implements TokenCodec {

        private final TokenCodec counted;
        private int decoded;
        private boolean tellsKeys = true;

        Counting(TokenCodec counted) {
            this.counted = counted;
        }

        @Override
        public Decoding decode(AccessToken token) {
            decoded++;
            return counted.decode(token);
        }

        @Override
        public Optional<Object> verifyingKeys() {
            return tellsKeys ? counted.verifyingKeys() : Optional.empty();
        }

        @Override
        public AccessToken encode(Claims claims) {
            return counted.encode(claims);
        }

        @Override
        public String algorithm() {
            return counted.algorithm();
        }

        @Override
        public String keyId() {
            return counted.keyId();
        }

        @Override
        public List<JsonObject> publicKeys() {
            return counted.publicKeys();
        }
    }
}
