package dev.countersign.testkit.crypto;

import static dev.countersign.crypto.jjwt.SigningAlgorithm.ES256;
import static dev.countersign.crypto.jjwt.SigningAlgorithm.HS256;
import static dev.countersign.crypto.jjwt.SigningAlgorithm.RS256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.groups.Tuple.tuple;

import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.KeySet;
import dev.countersign.crypto.jjwt.KeyText;
import dev.countersign.crypto.jjwt.RingKey;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import dev.countersign.json.text.JsonText;
import dev.countersign.testkit.fixture.MutableClock;
import dev.countersign.testkit.fixture.SeededRandom;
import dev.countersign.testkit.fixture.TokenForge;
import dev.countersign.token.AccessToken;
import dev.countersign.token.Claims;
import dev.countersign.token.Decoding;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeySetTest {

    private static final Instant START = MutableClock.START;
    private static final Duration LIFE = Duration.ofMinutes(15);
    private static final byte[] SHORT = "my-jwt-secret".getBytes(StandardCharsets.US_ASCII);

    private final MutableClock clock = new MutableClock();
    private final KeyMaterial first = SampleKeys.of(ES256);
    private final KeyMaterial second = SampleKeys.otherOf(ES256);

    @ParameterizedTest
    @EnumSource
    void a_set_is_read_as_it_was_written(SigningAlgorithm algorithm) {
        KeySet set = KeySet.of(SampleKeys.of(algorithm))
                .withSigning(SampleKeys.otherOf(algorithm), START, START.plusSeconds(60), LIFE);
        String text = set.revealForStorage();
        assertThat(KeySet.read(text).revealForStorage()).isEqualTo(text);
        assertThat(KeySet.read(text).keys())
                .extracting(RingKey::id)
                .containsExactly(
                        SampleKeys.of(algorithm).id(),
                        SampleKeys.otherOf(algorithm).id());
    }

    @Test
    void the_states_of_keys_are_kept() {
        Instant end = START.plus(Duration.ofDays(30));
        KeySet set = KeySet.of(first)
                .withOldSystem(RingKey.ofOldSystem(KeyMaterial.ofShortLegacySecret(HS256, SHORT, START), "shop", end))
                .withOldSystem(RingKey.ofOldSystem(SampleKeys.of(RS256), "", null));
        KeySet read = KeySet.read(set.revealForStorage());
        assertThat(read.keys())
                .extracting(RingKey::oldSystem, RingKey::verifiesUntil, RingKey::isShortSecret)
                .containsExactly(tuple(null, null, false), tuple("shop", end, true), tuple("", null, false));
        KeyRing ring = KeyRing.of(read, ES256, clock);
        String old = TokenForge.withSecret("HmacSHA256", SHORT).sign("{\"alg\":\"HS256\"}", "{}");
        assertThat(system(ring, old)).isEqualTo("shop");
        clock.moveTo(end);
        assertThat(verifies(ring, old)).isFalse();
        assertThat(system(ring, SampleKeys.forge(SampleKeys.of(RS256)).sign("{\"alg\":\"RS256\"}", "{}")))
                .isEmpty();
    }

    @Test
    void a_next_key_is_published_at_once_signs_when_its_time_has_come_and_the_former_one_verifies_until_its_end() {
        Instant change = START.plus(Duration.ofMinutes(5));
        KeyRing ring = KeyRing.of(KeySet.of(first).withSigning(second, START, change, LIFE), ES256, clock);
        assertThat(ring.signingKeyId()).isEqualTo(first.id());
        assertThat(published(ring)).containsExactly(first.id(), second.id());
        String early = SampleKeys.forge(second).sign(header(second), "{}");
        assertThat(verifies(ring, early)).isTrue();
        clock.moveTo(change.minusNanos(1));
        assertThat(ring.signingKeyId()).isEqualTo(first.id());
        clock.moveTo(change);
        assertThat(ring.signingKeyId()).isEqualTo(second.id());
        assertThat(published(ring)).containsExactly(second.id(), first.id());
        String former = SampleKeys.forge(first).sign(header(first), "{}");
        clock.moveTo(change.plus(LIFE).minusNanos(1));
        assertThat(verifies(ring, former)).isTrue();
        clock.moveTo(change.plus(LIFE));
        assertThat(verifies(ring, former)).isFalse();
        assertThat(published(ring)).containsExactly(second.id());
        assertThat(verifies(ring, early)).isTrue();
    }

    @Test
    void a_token_whose_header_was_made_before_the_change_is_signed_by_the_key_that_it_names() throws Exception {
        KeyRing ring =
                KeyRing.of(KeySet.of(first).withSigning(second, START, START.plusSeconds(1), LIFE), ES256, clock);
        JjwtTokenCodec codec = new JjwtTokenCodec(ring, new SeededRandom(1));
        JsonObject header = (JsonObject) JsonText.read("{\"alg\":\"ES256\",\"kid\":\"" + codec.keyId() + "\"}");
        clock.moveTo(START.plusSeconds(2));
        assertThat(codec.keyId()).isEqualTo(second.id());
        assertThat(codec.decode(codec.encode(new Claims(header, new JsonObject(Map.of())))))
                .isInstanceOf(Decoding.Verified.class);
    }

    @Test
    void a_clock_that_is_behind_signs_with_the_earliest_key() {
        clock.moveTo(START.minusSeconds(3600));
        KeyRing ring =
                KeyRing.of(KeySet.of(first).withSigning(second, START, START.plusSeconds(60), LIFE), ES256, clock);
        assertThat(ring.signingKeyId()).isEqualTo(first.id());
    }

    @Test
    void only_one_key_waits_at_a_time() {
        KeySet set = KeySet.of(first).withSigning(second, START, START.plusSeconds(60), LIFE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> set.withSigning(
                        KeyMaterial.generate(ES256, START, new SeededRandom(9)), START, START.plusSeconds(30), LIFE))
                .withMessageContaining(second.id() + " signs from")
                .withMessageContaining("wait until then, or retire it first");
    }

    @Test
    void the_key_that_signs_is_not_removed_and_the_one_that_goes_on_has_no_end() {
        KeySet set = KeySet.of(first).withSigning(second, START, START.plusSeconds(60), LIFE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> set.without(first.id(), ES256, START))
                .withMessageContaining("signs now");
        KeySet undone = set.without(second.id(), ES256, START);
        assertThat(undone.keys()).containsExactlyElementsOf(KeySet.of(first).keys());
        Instant later = START.plusSeconds(60);
        assertThat(set.without(first.id(), ES256, later).keys())
                .extracting(RingKey::id)
                .containsExactly(second.id());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> set.without("none", ES256, START))
                .withMessageContaining("no key none");
    }

    @Test
    void keys_that_have_ended_are_dropped() {
        KeySet set = KeySet.of(first).withSigning(second, START, START.plusSeconds(1), LIFE);
        Instant end = START.plusSeconds(1).plus(LIFE);
        assertThat(set.withoutEnded(end.minusNanos(1)).keys()).hasSize(2);
        assertThat(set.withoutEnded(end).keys()).extracting(RingKey::id).containsExactly(second.id());
    }

    @Test
    void a_derived_secret_outlives_its_key() {
        KeySet set = KeySet.of(first);
        KeySet later = set.withSigning(second, START, START.plusSeconds(1), LIFE)
                .without(first.id(), ES256, START.plusSeconds(1));
        byte[] secret = KeyRing.of(set, ES256, clock).deriveSecret("decoys");
        assertThat(KeyRing.of(KeySet.read(later.revealForStorage()), ES256, clock)
                        .deriveSecret("decoys"))
                .isEqualTo(secret)
                .isNotEqualTo(KeyRing.of(set, ES256, clock).deriveSecret("others"));
    }

    @Test
    void keys_that_another_node_had_alone_verify_until_their_end_and_sign_nothing() {
        Instant end = START.plus(LIFE);
        KeySet both = KeySet.of(first).withFormer(KeySet.of(second), end);
        KeyRing ring = KeyRing.of(both, ES256, clock);
        String token = SampleKeys.forge(second).sign(header(second), "{}");
        assertThat(verifies(ring, token)).isTrue();
        assertThat(ring.signingKeyId()).isEqualTo(first.id());
        assertThat(both.withFormer(KeySet.of(second), end)
                        .withFormer(KeySet.of(first), end)
                        .revealForStorage())
                .isEqualTo(both.revealForStorage());
        clock.moveTo(end);
        assertThat(verifies(ring, token)).isFalse();
    }

    @Test
    void the_same_key_is_not_added_twice() {
        KeySet set = KeySet.of(first);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> set.withSigning(first.withId("other"), START, START.plusSeconds(1), LIFE))
                .withMessageContaining("already in the ring, as " + first.id());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> set.withOldSystem(RingKey.ofOldSystem(first.withId("other"), "old", null)))
                .withMessageContaining("could not be distinguished");
    }

    @Test
    void short_secrets_and_public_keys_never_sign() {
        KeyMaterial brief = KeyMaterial.ofShortLegacySecret(HS256, SHORT, START);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RingKey.ofOldSystem(brief, "shop", null))
                .withMessageContaining("until a date");
        assertThatIllegalArgumentException().isThrownBy(() -> new RingKey(brief, null, START, null));
        assertThatIllegalArgumentException().isThrownBy(() -> RingKey.signing(brief, START));
        assertThatIllegalArgumentException().isThrownBy(() -> KeySet.of(KeyTextTest.publicHalf(first)));
        assertThatIllegalArgumentException().isThrownBy(() -> new RingKey(first, START, null, "shop"));
    }

    @Test
    void single_keys_of_both_forms_become_sets() {
        assertThat(KeySet.read(KeyText.revealForStorage(first)).revealForStorage())
                .isEqualTo(KeySet.of(first).revealForStorage());
        String jwk = "{\"kty\":\"oct\",\"alg\":\"HS256\",\"k\":\"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr8\"}";
        assertThat(KeySet.read(jwk).signing(HS256, START)).isPresent();
        assertThat(KeySet.read("{\"keys\":[" + jwk.replace("{", "{\"kid\":\"7\",") + "]}")
                        .signing(HS256, START)
                        .orElseThrow()
                        .id())
                .isEqualTo("7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"keys\":[]}",
                "{\"keys\":[%],\"more\":1}",
                "{\"keys\":[%,%]}",
                "{\"keys\":[%\"verify_until\":\"2026-01-01T00:00:00Z\"}]}",
                "{\"keys\":[%\"verifies_until\":\"soon\"}]}",
                "{\"keys\":[%\"verifies_until\":\"2026-01-01T00:00:00Z\"}]}",
                "{\"keys\":[%\"signs_from\":\"2026-01-01T00:00:00Z\",\"verifies_until\":\"2036-01-01T00:00:00Z\"}]}",
                "{\"keys\":[%\"old_system\":\"shop\"}]}",
                "{\"keys\":[%\"old_system\":\"shop\",\"signs_from\":\"2026-01-01T00:00:00Z\"}]}",
                "{\"keys\":[%\"short_secret\":true}]}",
                "{\"keys\":[%\"short_secret\":1}]}",
                "{\"keys\":[%],\"derivation_seed\":\"AyM1\"}"
            })
    void a_bad_set_is_refused_and_never_quoted(String form) {
        String key =
                "{\"kty\":\"oct\",\"alg\":\"HS256\",\"kid\":\"7\",\"k\":\"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr8\"";
        String text = form.replace("%\"", key + ",\"").replace("%", key + "}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeySet.read(text))
                .withMessageNotContaining("AyM1")
                .withNoCause();
    }

    @Test
    void a_set_prints_no_key() {
        assertThat(KeySet.of(first)).hasToString("KeySet[hidden]");
        assertThat(KeySet.of(first).keys().toString()).contains("KeyMaterial[ES256, hidden]");
    }

    private static String header(KeyMaterial key) {
        return "{\"alg\":\"ES256\",\"kid\":\"" + key.id() + "\"}";
    }

    private static Iterable<String> published(KeyRing ring) {
        return ring.publicKeys().stream()
                .map(jwk -> jwk.get("kid").flatMap(Json::asString).orElseThrow())
                .toList();
    }

    private static boolean verifies(KeyRing ring, String token) {
        return decoded(ring, token) instanceof Decoding.Verified;
    }

    private static String system(KeyRing ring, String token) {
        return ((Decoding.Verified) decoded(ring, token)).oldSystem();
    }

    private static Decoding decoded(KeyRing ring, String token) {
        return new JjwtTokenCodec(ring, new SeededRandom(1)).decode(AccessToken.of(token));
    }
}
