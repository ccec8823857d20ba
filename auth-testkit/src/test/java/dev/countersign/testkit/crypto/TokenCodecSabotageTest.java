package dev.countersign.testkit.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.port.TokenCodec;
import dev.countersign.testkit.SabotageRun;
import dev.countersign.testkit.contract.TokenCodecContract;
import dev.countersign.testkit.fixture.SeededRandom;
import dev.countersign.testkit.fixture.TokenForge;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
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
    @MethodSource("sabotages")
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
        protected TokenForge forge() {
            return SampleKeys.forge(SampleKeys.of(algorithm));
        }
    }
}
