package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.countersign.server.command.CommandRun;
import dev.countersign.server.config.ConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys in PEM, and keys of another kind than the dialect's, at a running server. */
@Tag("slow")
final class ForeignKeysTest {

    private static final String GOOD = "a password nobody else has";

    @TempDir
    private Path data;

    @Test
    void tokens_of_an_old_system_with_a_key_pair_are_taken_beside_a_dialect_with_a_shared_secret() throws Exception {
        RSAKey old = new RSAKeyGenerator(2048).generate();
        Path pem = data.resolve("old.pem");
        Files.writeString(
                pem,
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(old.toPublicKey().getEncoded()) + "\n-----END PUBLIC KEY-----\n");
        try (RunningServer server = RunningServer.start(data, "--dialects=payop")) {
            TestUsers.importOld(data, 1, "ada@example.com", GOOD);
            SignedJWT token = oldToken(JWSAlgorithm.RS256);
            token.sign(new RSASSASigner(old));
            assertThat(me(server, token.serialize())).isEqualTo(401);
            Instant end = Instant.now().plusSeconds(4);
            CommandRun added = CommandRun.of(
                    "key", "add", "payop", pem.toString(), "--verify-only", "--until=" + end, "--data=" + data);
            assertThat(added.err()).isEmpty();
            RotationLoad.await(Duration.ofSeconds(4), () -> me(server, token.serialize()) == 200);
            assertThat(me(server, payopToken(server))).isEqualTo(200);
            SignedJWT confused = oldToken(JWSAlgorithm.HS256);
            confused.sign(new MACSigner(old.toPublicKey().getEncoded()));
            assertThat(me(server, confused.serialize())).isEqualTo(401);
            RotationLoad.await(Duration.ofSeconds(10), () -> me(server, token.serialize()) == 401);
            assertThat(Instant.now()).isAfterOrEqualTo(end);
        }
    }

    @Test
    void a_pem_key_signs_and_a_file_that_is_replaced_is_followed() throws Exception {
        Path key = data.resolve("key.pem");
        ECKey first = new ECKeyGenerator(Curve.P_256).generate();
        ECKey second = new ECKeyGenerator(Curve.P_256).generate();
        OwnerOnly.createOnce(key, pem(first));
        Path config = config("{name: standard, signing_key: {file: '" + key + "', encoding: pem}}");
        try (RunningServer server = RunningServer.start(data, "--config=" + config)) {
            addUser();
            SignedJWT token = SignedJWT.parse(server.requests().token("ada@example.com", GOOD));
            assertThat(token.verify(new ECDSAVerifier(first.toECPublicKey()))).isTrue();
            assertThat(token.getHeader().getKeyID())
                    .isEqualTo(first.computeThumbprint().toString());
            try (FileDraft draft = FileDraft.of(key)) {
                draft.stream().write(pem(second).getBytes(StandardCharsets.US_ASCII));
                draft.commit();
            }
            RotationLoad.await(
                    Duration.ofSeconds(10),
                    () -> server.requests().me(token.serialize()).statusCode() == 401);
            assertThat(SignedJWT.parse(server.requests().token("ada@example.com", GOOD))
                            .verify(new ECDSAVerifier(second.toECPublicKey())))
                    .isTrue();
        }
        assertThat(data.resolve("keys")).doesNotExist();
    }

    @Test
    void a_public_key_is_refused_as_a_shared_secret_of_the_configuration() throws Exception {
        String base64 = Base64.getEncoder()
                .encodeToString(new ECKeyGenerator(Curve.P_256)
                        .generate()
                        .toECPublicKey()
                        .getEncoded());
        String pem = "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
        for (String key : List.of("signing_key: {variable: K}", "old_secret: {variable: K}")) {
            Path config = config("{name: payop, " + key + "}");
            for (String text : List.of(base64, pem)) {
                assertThatThrownBy(() -> RunningServer.start(data, Map.of("K", text), "--config=" + config))
                        .isInstanceOf(ConfigException.class)
                        .hasMessageContaining("environment variable K: the secret looks like a public key");
            }
            assertThatThrownBy(() -> RunningServer.start(data, Map.of("K", ""), "--config=" + config))
                    .hasMessageContaining("the secret is empty");
        }
        Path config = config("{name: payop, old_secret: {variable: K}}");
        assertThatThrownBy(() -> RunningServer.start(data, Map.of("K", "short"), "--config=" + config))
                .hasMessageContaining("this has 5: accept_short_secret_until: DATE accepts");
    }

    private static String pem(ECKey key) throws JOSEException {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(key.toECPrivateKey().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    private static int me(RunningServer server, String token) {
        return server.requests().get("/v1/users/me", "Bearer " + token).statusCode();
    }

    private static String payopToken(RunningServer server) {
        return server.requests()
                .post("/v1/users/login", "{\"email\":\"ada@example.com\",\"password\":\"" + GOOD + "\"}")
                .headers()
                .firstValue("token")
                .orElseThrow();
    }

    private static SignedJWT oldToken(JWSAlgorithm algorithm) {
        return new SignedJWT(
                new JWSHeader.Builder(algorithm).build(),
                new JWTClaimsSet.Builder()
                        .claim("id", "1")
                        .claim("accessToken", null)
                        .claim("time", Date.from(Instant.now().minusSeconds(5)))
                        .serializeNullClaims(true)
                        .build());
    }

    private void addUser() throws Exception {
        TestUsers.add(data, "ada@example.com", GOOD);
    }

    private Path config(String entry) throws IOException {
        return Files.writeString(data.resolve("config.yaml"), "dialects:\n  - " + entry + "\n");
    }
}
