package dev.countersign.testkit.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.Bytes;
import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.json.JsonBoolean;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.JsonString;
import dev.countersign.testkit.fixture.MutableClock;
import dev.countersign.testkit.fixture.SeededRandom;
import dev.countersign.token.AccessToken;
import dev.countersign.token.Claims;
import dev.countersign.token.Decoding;
import dev.countersign.token.TokenFlaw;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Tokens and thumbprints that others have published: RFC 7515 appendix A, RFC 7638 §3.1, RFC 8037 appendix A. */
class PublishedTokensTest {

    private static final String CLAIMS =
            "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

    @Test
    void rfc_7515_a1_hs256() {
        KeyMaterial key = KeyMaterial.ofSecret(
                SigningAlgorithm.HS256,
                bytes("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"),
                MutableClock.START);
        JjwtTokenCodec codec = new JjwtTokenCodec(KeyRing.signingWith(key), new SeededRandom(1));
        assertClaims(
                codec,
                "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9." + CLAIMS + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    }

    @Test
    void rfc_7515_a2_rs256() throws GeneralSecurityException {
        assertClaims(
                verifying(
                        SigningAlgorithm.RS256,
                        rsa(
                                "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZ"
                                        + "S-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTB"
                                        + "EMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91"
                                        + "kzk2PAcDTW9gb54h4FRWyuXpoQ")),
                "eyJhbGciOiJSUzI1NiJ9." + CLAIMS
                        + ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CU"
                        + "Ar7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_d"
                        + "O--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0ig"
                        + "cN_IoypGlUPQGe77Rw");
    }

    @Test
    void rfc_7515_a3_es256() throws GeneralSecurityException {
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        ECPoint point = new ECPoint(
                integer("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"),
                integer("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"));
        PublicKey key = KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
        assertClaims(
                verifying(SigningAlgorithm.ES256, key),
                "eyJhbGciOiJFUzI1NiJ9." + CLAIMS
                        + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
    }

    @Test
    void rfc_8037_a4_eddsa() throws GeneralSecurityException {
        JjwtTokenCodec codec = verifying(SigningAlgorithm.EDDSA, ed25519());
        String signed = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
                + "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
        // The signature holds, but what is signed there are no claims.
        assertThat(codec.decode(AccessToken.of(signed))).isEqualTo(new Decoding.Refused(TokenFlaw.MALFORMED));
        assertThat(codec.decode(AccessToken.of(signed.replace("hgyY", "hgyZ"))))
                .isEqualTo(new Decoding.Refused(TokenFlaw.BAD_SIGNATURE));
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

    private static void assertClaims(JjwtTokenCodec codec, String compact) {
        Claims claims = ((Decoding.Verified) codec.decode(AccessToken.of(compact))).claims();
        assertThat(claims.at(JsonPointer.parse("/iss"))).contains(new JsonString("joe"));
        assertThat(claims.at(JsonPointer.parse("/exp"))).contains(JsonNumber.of(1300819380));
        assertThat(claims.at(JsonPointer.parse("/http:~1~1example.com~1is_root")))
                .contains(new JsonBoolean(true));
        assertThat(codec.decode(AccessToken.of(compact.replace(".eyJpc3Mi", ".eyJpc3Nj"))))
                .isEqualTo(new Decoding.Refused(TokenFlaw.BAD_SIGNATURE));
    }

    private static JjwtTokenCodec verifying(SigningAlgorithm algorithm, PublicKey key) {
        return new JjwtTokenCodec(
                KeyRing.signingWith(SampleKeys.of(algorithm))
                        .alsoVerifying(KeyMaterial.ofPublicKey(algorithm, key, MutableClock.START)),
                new SeededRandom(1));
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
