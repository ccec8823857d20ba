package dev.countersign.testkit.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.Bytes;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonObject;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import dev.countersign.testkit.contract.TokenCodecContract;
import dev.countersign.testkit.fixture.MutableClock;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Thumbprints that others have published (RFC 7638 §3.1, RFC 8037 appendix A), and which published tokens the codec can verify. */
class PublishedTokensTest {

    private static final Set<String> UNKNOWN = Set.of("RS384", "RS512", "PS384", "PS512", "ES521");

    @Test
    void no_vector_is_left_out_without_a_reason() throws JsonSyntaxException, IOException {
        List<JsonObject> groups = groups("wycheproof.json");
        assertThat(tests(groups, group -> true)).isEqualTo(401);
        assertThat(tests(groups, group -> SampleKeys.verifying(key(group)).isPresent()))
                .isEqualTo(341);
        assertThat(tests(
                        groups,
                        group -> UNKNOWN.contains(
                                key(group).get("alg").flatMap(Json::asString).orElse(""))))
                .as("algorithms that are not supported")
                .isEqualTo(35);
        // Four keys that are not for signatures, and one of 32 zero bytes for 21 vectors.
        assertThat(401 - 341 - 35).isEqualTo(4 + 21);
        assertThat(groups("rfc.json"))
                .allMatch(group -> SampleKeys.verifying(key(group)).isPresent());
    }

    private static List<JsonObject> groups(String file) throws JsonSyntaxException, IOException {
        try (InputStream in = Objects.requireNonNull(TokenCodecContract.class.getResourceAsStream("vectors/" + file))) {
            JsonObject vectors = (JsonObject) JsonText.read(in.readAllBytes());
            return ((JsonArray) vectors.get("testGroups").orElseThrow())
                    .items().stream().map(JsonObject.class::cast).toList();
        }
    }

    private static int tests(List<JsonObject> groups, Predicate<JsonObject> which) {
        return groups.stream()
                .filter(which)
                .mapToInt(group ->
                        ((JsonArray) group.get("tests").orElseThrow()).items().size())
                .sum();
    }

    private static JsonObject key(JsonObject group) {
        return (JsonObject) group.get("public").or(() -> group.get("private")).orElseThrow();
    }

    @Test
    void rfc_8037_a3_thumbprint() throws GeneralSecurityException {
        assertThat(KeyMaterial.ofPublicKey(SigningAlgorithm.EDDSA, ed25519(), MutableClock.START)
                        .id())
                .isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    @Test
    void rfc_7638_thumbprint() throws GeneralSecurityException {
        PublicKey key = rsa(
                "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMs"
                        + "tn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qM"
                        + "QvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8aw"
                        + "apJzKnqDKgw");
        assertThat(KeyMaterial.ofPublicKey(SigningAlgorithm.RS256, key, MutableClock.START)
                        .id())
                .isEqualTo("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    }

    private static PublicKey rsa(String modulus) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(integer(modulus), BigInteger.valueOf(65537)));
    }

    private static PublicKey ed25519() throws GeneralSecurityException {
        byte[] prefix = HexFormat.of().parseHex("302a300506032b6570032100");
        byte[] key = bytes("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(Bytes.concat(prefix, key)));
    }

    private static BigInteger integer(String base64url) {
        return new BigInteger(1, bytes(base64url));
    }

    private static byte[] bytes(String base64url) {
        return Base64.getUrlDecoder().decode(base64url);
    }
}
