package dev.countersign.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countersign.Auth;
import dev.countersign.api.Answer;
import dev.countersign.api.LoginApi;
import dev.countersign.api.Request;
import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.RunningApp;
import dev.countersign.testkit.fixture.MutableClock;
import dev.countersign.testkit.fixture.SeededRandom;
import dev.countersign.testkit.fixture.TokenForge;
import dev.countersign.token.AccessToken;
import dev.countersign.token.Decoding;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text is a token or refused; any claims, correctly signed, are a user's or refused. */
@Tag("slow")
class TokenFuzzTest {

    private static final byte[] SECRET = Seeds.utf8("a secret that only this test has, 64 bytes of it are enough here");
    private static final TokenForge FORGE = TokenForge.withSecret("HmacSHA256", SECRET);
    private static final JjwtTokenCodec CODEC = codec();
    private static final LoginApi API = api();

    private static JjwtTokenCodec codec() {
        SeededRandom random = new SeededRandom(3);
        KeyRing ring = KeyRing.signingWith(KeyMaterial.ofSecret(SigningAlgorithm.HS256, SECRET, MutableClock.START));
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            ring = ring.alsoVerifying(KeyMaterial.generate(algorithm, MutableClock.START, random));
        }
        return new JjwtTokenCodec(ring, new SeededRandom(1));
    }

    private static LoginApi api() {
        RunningApp.Parts parts = new RunningApp.Parts();
        Dialect dialect = ShippedDialects.names().stream()
                .map(ShippedDialects::dialect)
                .filter(one -> one.token().algorithm().equals("HS256") && !one.needsSessions())
                .findFirst()
                .orElseThrow();
        return LoginApi.of(Auth.builder()
                .users(parts.users)
                .hasher(parts.hasher)
                .dialect(dialect, CODEC, "none"::equals)
                .clock(parts.clock)
                .random(new SeededRandom(7))
                .build());
    }

    static Stream<byte[]> tokens() {
        return Seeds.tokens().map(Seeds::utf8);
    }

    static Stream<byte[]> claims() {
        return Stream.concat(
                        Seeds.claims(),
                        Stream.of(
                                "{\"alg\":\"HS256\"}\n{\"id\":1,\"sub\":\"1\",\"username\":\"han.solo\",\"email\":\"Han@Falcon.example\","
                                        + "\"iat\":1772366400,\"exp\":1893456000,\"nbf\":1,\"aud\":[\"a\"],\"iss\":\"x\"}"))
                .map(Seeds::utf8);
    }

    @MethodSource("tokens")
    @FuzzTest
    void a_text_is_a_token_or_refused(byte[] bytes) {
        String text = Seeds.text(bytes);
        Decoding decoding = CODEC.decode(AccessToken.of(text));
        if (decoding instanceof Decoding.Verified) {
            assertThat(FORGE.signParts(text.split("\\.", -1)[0], text.split("\\.", -1)[1]))
                    .isEqualTo(text);
        }
    }

    @MethodSource("claims")
    @FuzzTest
    void signed_claims_are_those_of_a_user_or_refused(byte[] bytes) {
        String[] parts = Seeds.text(bytes).split("\n", 2);
        String compact = FORGE.sign(parts[0], parts.length < 2 ? "{}" : parts[1]);
        Decoding decoding = CODEC.decode(AccessToken.of(compact));
        if (decoding instanceof Decoding.Verified verified) {
            AccessToken again = CODEC.encode(verified.claims());
            assertThat(CODEC.decode(again)).isEqualTo(decoding);
        }
        API.routes().forEach(route -> {
            Request request = Request.of(route.method(), route.path())
                    .header("Authorization", "Token " + compact)
                    .header("Authorization", "Bearer " + compact);
            Answer answer = API.handle(request);
            assertThat(answer.status()).isBetween(200, 499);
        });
        assertThat(API.authenticate(Request.of("GET", "/own").header("Authorization", "Bearer " + compact)))
                .isNotNull();
    }
}
