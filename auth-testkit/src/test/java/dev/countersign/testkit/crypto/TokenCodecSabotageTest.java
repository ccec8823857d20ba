package dev.countersign.testkit.crypto;

import static dev.countersign.testkit.crypto.LenientCodecs.parts;
import static dev.countersign.testkit.crypto.LenientCodecs.signature;
import static dev.countersign.testkit.crypto.LenientCodecs.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.json.JsonObject;
import dev.countersign.port.TokenCodec;
import dev.countersign.testkit.SabotageRun;
import dev.countersign.testkit.contract.TokenCodecContract;
import dev.countersign.testkit.fixture.SeededRandom;
import dev.countersign.testkit.fixture.TokenForge;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault that a codec may have is caught by the test of the contract that is there for it. */
class TokenCodecSabotageTest {

    private static SigningAlgorithm algorithm = SigningAlgorithm.HS256;
    private static UnaryOperator<TokenCodec> breaking = UnaryOperator.identity();

    static List<Arguments> sabotages() {
        byte[] secret = SampleKeys.bytes(SampleKeys.of(SigningAlgorithm.HS256), "secret");
        byte[] ecKey = SampleKeys.bytes(SampleKeys.of(SigningAlgorithm.ES256), "public");
        String secrets = "a_public_key_is_no_secret";
        String ways = "the_key_signs_in_one_way_only";
        return List.of(
                sabotage(
                        "an RSA public key in DER is a secret",
                        SigningAlgorithm.RS256,
                        codec -> BrokenCodecs.publicKeyIsSecret(codec, key -> key.getEncoded()),
                        secrets),
                sabotage(
                        "an RSA public key in PEM is a secret",
                        SigningAlgorithm.RS256,
                        codec -> BrokenCodecs.publicKeyIsSecret(codec, key -> pem(key.getEncoded())),
                        secrets),
                sabotage(
                        "HS384 under an HS256 secret",
                        SigningAlgorithm.HS256,
                        codec -> BrokenCodecs.otherMac(codec, secret, "HS384", "HmacSHA384"),
                        ways),
                sabotage(
                        "HS512 called HS256",
                        SigningAlgorithm.HS256,
                        codec -> BrokenCodecs.otherMac(codec, secret, "HS256", "HmacSHA512"),
                        ways),
                sabotage(
                        "ES256 in DER",
                        SigningAlgorithm.ES256,
                        codec -> BrokenCodecs.otherSignature(codec, BrokenCodecs.publicKey(ecKey), "SHA256withECDSA"),
                        ways),
                sabotage(
                        "RS256 with SHA-1",
                        SigningAlgorithm.RS256,
                        codec -> BrokenCodecs.otherSignature(codec, BrokenCodecs.publicKey(codec), "SHA1withRSA"),
                        ways),
                sabotage(
                        "the keys are others each time",
                        SigningAlgorithm.HS256,
                        BrokenCodecs::keysNeverStay,
                        "the_keys_that_verify_are_the_same_while_nothing_changes_and_no_other_codecs"),
                sabotage("none", SigningAlgorithm.RS256, BrokenCodecs::noneIsFine, "none_is_refused_in_any_spelling"),
                sabotage(
                        "an empty secret",
                        SigningAlgorithm.HS256,
                        codec -> BrokenCodecs.otherMac(codec, new byte[32], "HS256", "HmacSHA256"),
                        "a_short_or_empty_secret_is_not_the_key"),
                sabotage(
                        "critical members are ignored",
                        SigningAlgorithm.HS256,
                        codec -> BrokenCodecs.criticalIsIgnored(
                                codec, SampleKeys.forge(SampleKeys.of(SigningAlgorithm.HS256))),
                        "a_header_that_asks_for_more_is_refused"),
                sabotage(
                        "times are checked",
                        SigningAlgorithm.HS256,
                        BrokenCodecs::timesAreChecked,
                        "claims_are_nobody_elses_business"),
                sabotage(
                        "numbers are rounded",
                        SigningAlgorithm.HS256,
                        BrokenCodecs::numbersAreRounded,
                        "a_claim_is_read_as_what_it_is"),
                sabotage(
                        "numbers are texts",
                        SigningAlgorithm.HS256,
                        BrokenCodecs::numbersAreTexts,
                        "a_claim_is_read_as_what_it_is"));
    }

    /** Codecs that forgive what an attack uses. */
    static List<Arguments> leniences() {
        TokenForge own = SampleKeys.forge(SampleKeys.of(SigningAlgorithm.HS256));
        TokenForge ed = SampleKeys.forge(SampleKeys.of(SigningAlgorithm.EDDSA));
        String strict = "a_payload_that_is_not_one_strict_object_is_refused";
        String spelling = "one_token_has_one_spelling";
        String form = "what_is_no_token_is_malformed";
        String lengths = "a_signature_of_zeros_or_of_another_length_is_refused";
        return List.of(
                lenience(
                        "other characters are skipped",
                        parts(own, parts -> parts.each(LenientCodecs::skipping)),
                        spelling),
                lenience(
                        "unused bits are ignored",
                        parts(own, parts -> parts.each(LenientCodecs::withoutUnusedBits)),
                        spelling),
                lenience("white space around the token is ignored", token(own, String::strip), form),
                lenience("Bearer is skipped", token(own, text -> text.replaceFirst("^Bearer +", "")), form),
                lenience(
                        "more than three parts",
                        token(own, text -> text.replaceFirst("^([^.]+\\.[^.]+\\.[^.]+)\\..*", "$1")),
                        "five_parts_are_refused"),
                lenience(
                        "flattened JSON",
                        token(
                                own,
                                text -> text.replaceFirst(
                                        "^.*\"protected\":\"([^\"]*)\",\"payload\":\"([^\"]*)\",\"signature\":\"([^\"]*)\".*$",
                                        "$1.$2.$3")),
                        "the_json_serialization_is_refused"),
                lenience(
                        "the last of two claims counts",
                        payload(own, text -> text.replaceAll("\"(\\w+)\":[^,{}]*,(?=.*\"\\1\":)", "")),
                        "a_duplicate_claim_is_refused"),
                lenience(
                        "the last of two header members counts",
                        header(own, text -> text.replaceAll("\"(\\w+)\":[^,{}]*,(?=.*\"\\1\":)", "")),
                        "a_duplicate_header_member_is_refused"),
                lenience(
                        "what follows the claims is ignored",
                        payload(own, text -> text.replaceFirst("(?s)^(\\{[^{}]*\\}).*", "$1")),
                        strict),
                lenience("comments", payload(own, text -> text.replaceAll("/\\*.*?\\*/", "")), strict),
                lenience("single quotes", payload(own, text -> text.replace('\'', '"')), strict),
                lenience("a byte order mark is skipped", payload(own, text -> text.replace("\uFEFF", "")), strict),
                lenience("NaN is null", payload(own, text -> text.replace("NaN", "null")), strict),
                lenience(
                        "bytes that are no UTF-8 are replaced",
                        payload(own, text -> text),
                        "bytes_that_are_not_utf8_are_refused"),
                lenience(
                        "half characters are replaced",
                        payload(own, text -> text.replaceAll("\\\\ud[89a-f][0-9a-f]{2}", "?")),
                        "half_a_character_is_refused"),
                lenience(
                        "lists of any depth",
                        payload(own, text -> text.replaceFirst("\\[{100}\\]{100}", "1")),
                        "deep_nesting_is_refused"),
                lenience(
                        "numbers of any size",
                        payload(own, text -> text.replaceFirst("[0-9]{1000}", "1")),
                        "numbers_beyond_all_bounds_are_refused"),
                lenience(
                        "the case of the algorithm is ignored",
                        algorithm(own, name -> name.equalsIgnoreCase("HS256") ? "HS256" : name),
                        "any_other_algorithm_is_refused"),
                lenience(
                        "spaces around the algorithm are ignored",
                        algorithm(own, String::strip),
                        "any_other_algorithm_is_refused"),
                lenience(
                        "no algorithm is the key's",
                        header(own, text -> text.replace("null", "\"HS256\"")),
                        "a_missing_algorithm_is_refused"),
                lenience(
                        "a set of keys is ignored",
                        header(own, text -> text.replaceFirst(",\"jku\":\"[^\"]*\"", "")),
                        "a_header_that_asks_for_more_is_refused"),
                lenience(
                        "a compressed payload is inflated",
                        parts(own, LenientCodecs::inflated),
                        "a_header_that_asks_for_more_is_refused"),
                lenience(
                        "an unknown key id is ignored",
                        header(own, text -> text.replaceFirst(",\"kid\":\"[^\"]*\"", "")),
                        "a_key_id_is_only_ever_looked_up"),
                lenience("a signature may be cut", signature(own, String::startsWith), lengths),
                lenience(
                        "a signature may be repeated",
                        signature(own, (right, came) -> came.startsWith(right)),
                        lengths),
                lenience(
                        "a signature of zeros (CVE-2022-21449)",
                        signature(own, (right, came) -> came.matches("A+")),
                        lengths),
                lenience("a key is fetched", LenientCodecs::fetching, "no_key_is_fetched"),
                sabotage(
                        "what follows an Ed25519 signature is ignored",
                        SigningAlgorithm.EDDSA,
                        signature(ed, (right, came) -> came.startsWith(right.substring(0, 85))),
                        lengths),
                sabotage(
                        "the key in the header is used",
                        SigningAlgorithm.HS256,
                        codec -> BrokenCodecs.accepting(codec, BrokenCodecs::isOfItsOwnKey),
                        "a_key_in_the_header_is_not_used"));
    }

    private static UnaryOperator<TokenCodec> payload(TokenForge own, UnaryOperator<String> mend) {
        return parts(own, parts -> parts.withPayload(mend));
    }

    private static UnaryOperator<TokenCodec> header(TokenForge own, UnaryOperator<String> mend) {
        return parts(own, parts -> parts.withHeader(mend));
    }

    private static UnaryOperator<TokenCodec> algorithm(TokenForge own, UnaryOperator<String> mend) {
        return header(own, text -> LenientCodecs.algorithm(text, mend));
    }

    private static Arguments lenience(String name, UnaryOperator<TokenCodec> lenient, String test) {
        return sabotage(name, SigningAlgorithm.HS256, lenient, test);
    }

    private static Arguments sabotage(
            String name, SigningAlgorithm algorithm, UnaryOperator<TokenCodec> breaking, String test) {
        return Arguments.of(name, algorithm, breaking, test);
    }

    private static byte[] pem(byte[] der) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return ("-----BEGIN PUBLIC KEY-----\n" + lines + "\n-----END PUBLIC KEY-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource({"sabotages", "leniences"})
    void a_broken_codec_is_caught_by_the_test_that_is_there_for_it(
            String name, SigningAlgorithm of, UnaryOperator<TokenCodec> fault, String test) {
        algorithm = of;
        breaking = fault;
        assertThat(SabotageRun.caughtBy(Broken.class, test)).containsExactly(test);
    }

    @Test
    void a_sound_codec_passes() {
        algorithm = SigningAlgorithm.HS256;
        breaking = UnaryOperator.identity();
        assertThat(SabotageRun.caughtBy(Broken.class)).isEmpty();
    }

    /** The contract on whatever is under test. */
    static final class Broken extends TokenCodecContract {

        private static TokenCodec codec(KeyMaterial key) {
            return new JjwtTokenCodec(KeyRing.signingWith(key), new SeededRandom(1));
        }

        @Override
        protected TokenCodec codec() {
            return breaking.apply(codec(SampleKeys.of(algorithm)));
        }

        @Override
        protected TokenCodec stranger() {
            return codec(SampleKeys.otherOf(algorithm));
        }

        @Override
        protected Optional<TokenCodec> verifying(JsonObject jwk) {
            return SampleKeys.verifying(jwk);
        }

        @Override
        protected TokenForge forge() {
            return SampleKeys.forge(SampleKeys.of(algorithm));
        }
    }
}
