package dev.countersign.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSet;
import dev.countersign.port.TokenCodec;
import dev.countersign.testkit.fixture.TokenForge;
import dev.countersign.token.AccessToken;
import dev.countersign.token.Decoding;
import dev.countersign.token.TokenFlaw;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * Attacks on a codec, part of {@link TokenCodecContract}. Most of the tokens are correctly signed with the key, but malformed. They are data: each method
 * runs the group of {@code token-attacks.json} that has its name.
 */
abstract class TokenCodecAttacks extends TokenCodecMutations {

    @Test
    void what_is_no_token_is_malformed(TestInfo test) {
        run(test);
    }

    @Test
    void five_parts_are_refused(TestInfo test) {
        run(test);
    }

    @Test
    void the_json_serialization_is_refused(TestInfo test) {
        run(test);
    }

    @Test
    void one_token_has_one_spelling(TestInfo test) {
        run(test);
    }

    @Test
    void bytes_that_are_not_utf8_are_refused(TestInfo test) {
        run(test);
    }

    @Test
    void half_a_character_is_refused(TestInfo test) {
        run(test);
    }

    @Test
    void none_is_refused_in_any_spelling(TestInfo test) {
        run(test);
    }

    @Test
    void a_name_like_none_is_refused(TestInfo test) {
        run(test);
    }

    @Test
    void a_missing_algorithm_is_refused(TestInfo test) {
        run(test);
    }

    @Test
    void any_other_algorithm_is_refused(TestInfo test) {
        run(test);
    }

    @Test
    void a_header_that_asks_for_more_is_refused(TestInfo test) {
        run(test);
    }

    @Test
    void a_key_in_the_header_is_not_used(TestInfo test) {
        run(test);
    }

    @Test
    void a_key_id_is_only_ever_looked_up(TestInfo test) {
        run(test);
    }

    @Test
    void a_duplicate_header_member_is_refused(TestInfo test) {
        run(test);
    }

    @Test
    void a_duplicate_claim_is_refused(TestInfo test) {
        run(test);
    }

    @Test
    void a_payload_that_is_not_one_strict_object_is_refused(TestInfo test) {
        run(test);
    }

    @Test
    void deep_nesting_is_refused(TestInfo test) {
        run(test);
    }

    @Test
    void numbers_beyond_all_bounds_are_refused(TestInfo test) {
        run(test);
    }

    @Test
    void a_signature_of_zeros_or_of_another_length_is_refused(TestInfo test) {
        run(test);
    }

    @Test
    void a_signature_of_special_numbers_is_refused(TestInfo test) {
        run(test);
    }

    @Test
    void the_key_signs_in_one_way_only(TestInfo test) {
        run(test);
    }

    @Test
    void a_public_key_is_no_secret(TestInfo test) {
        run(test);
    }

    @Test
    void a_short_or_empty_secret_is_not_the_key(TestInfo test) {
        run(test);
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
    void no_key_is_fetched() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            listener.configureBlocking(false);
            String address = "http://127.0.0.1:" + listener.socket().getLocalPort() + "/key";
            for (String member : List.of("jku", "x5u", "kid", "jwk", "iss")) {
                String more = ",\"" + member + "\":\"" + address + "\"";
                codec().decode(AccessToken.of(forge().sign(header(more), "{\"iss\":\"" + address + "\"}")));
            }
            // A connection is complete once the other side has called connect, so there is nothing to wait for.
            assertThat(listener.accept()).isNull();
        }
    }

    @Test
    void every_attack_of_the_file_is_run() {
        Set<String> methods = Arrays.stream(TokenCodecAttacks.class.getDeclaredMethods())
                .filter(method -> Arrays.asList(method.getParameterTypes()).contains(TestInfo.class))
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> method.getName())
                .collect(ImmutableSet.toImmutableSet());
        assertThat(TokenAttacks.names()).isEqualTo(methods);
    }

    /** Runs the attacks of the group that has the test's name; a failure lists all that succeeded. */
    private void run(TestInfo test) {
        TokenCodec codec = codec();
        TokenForge forge = forge();
        List<String> wrong = new ArrayList<>();
        for (TokenAttack attack :
                TokenAttacks.of(test.getTestMethod().orElseThrow().getName())) {
            if (attack.isFor(codec.algorithm())) {
                String token = AttackToken.of(attack, codec, forge);
                Decoding decoding = codec.decode(AccessToken.of(token));
                if (!attack.allows(decoding)) {
                    wrong.add(attack.name() + ": " + decoding + " for " + token);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }
}
