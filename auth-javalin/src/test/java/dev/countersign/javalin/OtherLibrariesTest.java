package dev.countersign.javalin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.OtherLibrary.TestKey;
import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import dev.countersign.port.PasswordHasher;
import dev.countersign.testkit.fake.InMemoryUserStore;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import dev.countersign.testkit.fixture.MutableClock;
import dev.countersign.testkit.fixture.NamedUsers;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens go both ways between us and three other libraries that have the key. */
class OtherLibrariesTest {

    private static final String EMAIL = "Han@Falcon.example";
    private static final String USERNAME = "han.solo";
    private static final String PASSPHRASE = "kessel run in 12 parsecs";

    private final MutableClock clock = new MutableClock();
    private final InMemoryUserStore users = new InMemoryUserStore();
    private final PasswordHasher hasher = PlainPasswordHasher.keepingPasswordsInTheClear();

    static Stream<Arguments> everyDialectAndLibrary() {
        return ShippedDialects.names().stream()
                .flatMap(name -> Stream.of(OtherLibrary.values()).map(library -> Arguments.of(name, library)));
    }

    private static TestKey newKey(Dialect dialect) throws GeneralSecurityException {
        if (dialect.token().algorithm().startsWith("HS")) {
            SecretKey secret = KeyGenerator.getInstance("HmacSHA256").generateKey();
            return new TestKey(secret, secret);
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return TestKey.of(generator.generateKeyPair());
    }

    private DialectServer.Served start(Dialect dialect, TestKey key) {
        NamedUsers.storeIn(users, hasher);
        SigningAlgorithm algorithm =
                SigningAlgorithm.named(dialect.token().algorithm()).orElseThrow();
        KeyMaterial material = key.signing() instanceof PrivateKey half
                ? KeyMaterial.ofKeyPair(algorithm, new KeyPair((PublicKey) key.verifying(), half), clock.instant())
                : KeyMaterial.ofSecret(algorithm, key.signing().getEncoded(), clock.instant());
        return DialectServer.serve(DialectServer.mount(dialect, users, hasher, material, clock));
    }

    private static JsonObject json(String text) throws JsonSyntaxException {
        return (JsonObject) JsonText.read(text.replace('\'', '"'));
    }

    /** What the documentation of each API says is in its tokens, for a token issued now. */
    private JsonObject documented(String dialect) throws JsonSyntaxException {
        long now = clock.instant().getEpochSecond();
        String uuid = "'a52ee085-ff47-4ee1-bac3-a8a319f674ed'";
        return json(
                switch (dialect) {
                    case "smarterselect" ->
                        "{'sub':'1','scp':'user','aud':null,'iat':" + now + ",'exp':" + (now + 172_800)
                                + ",'jti':'6f2a0f0c-8f5e-4c36-9c54-0a5a3a2f7b11'}";
                    case "analogue" -> "{'id':1,'exp':" + (now + 60 * 86_400) + "}";
                    case "expressa" ->
                        "{'_id':" + uuid + ",'fullName':'Han Solo','email':'" + EMAIL + "','iat':" + now + ",'exp':"
                                + (now + 86_400) + "}";
                    case "testpress" ->
                        "{'username':'" + USERNAME + "','user_id':1,'email':'" + EMAIL + "','exp':" + (now + 300) + "}";
                    case "payop" -> "{'id':'1','accessToken':null,'time':" + now + "}";
                    case "realworld" -> "{'sub':" + uuid + ",'iat':" + now + ",'exp':" + (now + 86_400) + "}";
                    default ->
                        "{'iss':'http://127.0.0.1:8080','aud':'countersign','sub':" + uuid + ",'iat':" + now + ",'nbf':"
                                + now + ",'exp':" + (now + 900) + ",'jti':'x'}";
                });
    }

    private static JsonObject header(Dialect dialect) throws JsonSyntaxException {
        JsonObject written = (JsonObject) dialect.token().header().pattern();
        return written.get("kid").isEmpty() ? written : json("{'alg':'ES256','typ':'at+jwt'}");
    }

    @ParameterizedTest
    @MethodSource("everyDialectAndLibrary")
    void our_tokens_verify(String name, OtherLibrary library) throws Exception {
        Dialect dialect = ShippedDialects.dialect(name);
        TestKey key = newKey(dialect);
        try (DialectServer.Served server = start(dialect, key)) {
            String token = new WireClient(dialect, server.address().toString()).logIn(EMAIL, USERNAME, PASSPHRASE);

            Json claims = JsonText.read(library.verify(token, key, clock.instant()));

            List<String> names = new ArrayList<>(documented(name).members().keySet());
            if (name.equals("standard")) {
                // Others leave it out: then the times of issue and of the change decide.
                names.add("cred");
            }
            assertThat(((JsonObject) claims).members().keySet()).containsExactlyElementsOf(names);
            assertThatThrownBy(() -> library.verify(token, newKey(dialect), clock.instant()))
                    .isInstanceOf(Exception.class);
        }
    }

    @ParameterizedTest
    @MethodSource("everyDialectAndLibrary")
    void their_tokens_are_accepted(String name, OtherLibrary library) throws Exception {
        Dialect dialect = ShippedDialects.dialect(name);
        TestKey key = newKey(dialect);
        try (DialectServer.Served server = start(dialect, key)) {
            WireClient client = new WireClient(dialect, server.address().toString());
            String token = library.sign(header(dialect), documented(name), key);

            assertThat(client.me(token).statusCode()).isEqualTo(200);
            assertThat(client.me(token).body()).contains(EMAIL);

            clock.advance(dialect.token().lifetime().minusSeconds(1));
            assertThat(client.me(token).statusCode()).isEqualTo(200);
            clock.advance(Duration.ofSeconds(1));
            assertThat(client.me(token).statusCode()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @MethodSource("everyDialectAndLibrary")
    void a_token_without_one_of_the_claims_that_count_is_refused(String name, OtherLibrary library) throws Exception {
        Dialect dialect = ShippedDialects.dialect(name);
        TestKey key = newKey(dialect);
        String subject = dialect.token().subject().at().leaf();
        List<String> counting = name.equals("payop") ? List.of(subject, "time") : List.of(subject, "exp");
        try (DialectServer.Served server = start(dialect, key)) {
            WireClient client = new WireClient(dialect, server.address().toString());
            for (String claim : counting) {
                JsonObject less = without(claim, documented(name));
                assertThat(client.me(library.sign(header(dialect), less, key)).statusCode())
                        .as("without %s", claim)
                        .isEqualTo(401);
                JsonObject otherType = less.with(claim, json("{'x':[]}"));
                assertThat(client.me(library.sign(header(dialect), otherType, key))
                                .statusCode())
                        .as("with an object for %s", claim)
                        .isEqualTo(401);
                JsonObject retyped =
                        less.with(claim, retyped(documented(name).get(claim).orElseThrow()));
                assertThat(client.me(library.sign(header(dialect), retyped, key))
                                .statusCode())
                        .as("with %s of another type", claim)
                        .isEqualTo(401);
            }
        }
    }

    private static Json retyped(Json value) throws JsonSyntaxException {
        return value.asString().isPresent() ? JsonText.read("1") : JsonText.read("\"" + value + "\"");
    }

    private static JsonObject without(String claim, JsonObject claims) {
        JsonObject less = JsonObject.EMPTY;
        for (var member : claims.members().entrySet()) {
            less = member.getKey().equals(claim) ? less : less.with(member.getKey(), member.getValue());
        }
        return less;
    }

    @Test
    void a_token_whose_time_of_issue_is_more_than_ten_seconds_ahead_is_refused() throws Exception {
        Dialect dialect = ShippedDialects.dialect("payop");
        TestKey key = newKey(dialect);
        String token = OtherLibrary.NIMBUS.sign(header(dialect), documented("payop"), key);
        clock.advance(Duration.ofMinutes(-1));
        try (DialectServer.Served server = start(dialect, key)) {
            WireClient client = new WireClient(dialect, server.address().toString());
            clock.advance(Duration.ofSeconds(49));
            assertThat(client.me(token).statusCode()).isEqualTo(401);
            // Clocks of other machines may be ahead by ten seconds.
            clock.advance(Duration.ofSeconds(1));
            assertThat(client.me(token).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void published_keys_verify_tokens() throws Exception {
        Dialect dialect = ShippedDialects.dialect("standard");
        TestKey key = newKey(dialect);
        try (DialectServer.Served server = start(dialect, key)) {
            WireClient client = new WireClient(dialect, server.address().toString());
            String token = client.logIn(EMAIL, USERNAME, PASSPHRASE);
            String keyId = OtherLibrary.keyId(token);

            for (Key published : List.of(
                    OtherLibrary.nimbusKey(client.keys(), keyId), OtherLibrary.jose4jKey(client.keys(), keyId))) {
                TestKey known = new TestKey(key.signing(), published);
                assertThat(OtherLibrary.NIMBUS.verify(token, known, clock.instant()))
                        .contains("\"sub\"");
            }
        }
    }
}
