package dev.countersign.testkit.contract;

import com.google.common.primitives.Bytes;
import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import dev.countersign.json.text.JsonText;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A public key in the encodings in which it is published, which is how a naive verifier would use it as a secret. */
final class PublicKeyForms {

    /** The DER prefix of a 32-byte key (RFC 8410 §10.1). */
    private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

    /** The DER prefix of x and y of P-256 (RFC 5480 §2). */
    private static final byte[] P_256 =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");

    /** The DER prefix of x and y of P-384 (RFC 5480 §2). */
    private static final byte[] P_384 = HexFormat.of().parseHex("3076301006072a8648ce3d020106052b8104002203620004");

    private PublicKeyForms() {}

    /**
     * Encodes a key.
     *
     * @param jwk the public key
     * @param form the name of the encoding
     */
    static byte[] bytes(JsonObject jwk, String form) {
        byte[] der = der(jwk);
        byte[] result = switch (form) {
            case "DER" -> der;
            case "PEM" -> ascii(pem("PUBLIC KEY", der) + "\n");
            case "PEM without line end" -> ascii(pem("PUBLIC KEY", der));
            case "PEM with CR LF" -> ascii((pem("PUBLIC KEY", der) + "\n").replace("\n", "\r\n"));
            case "PEM in one line" ->
                ascii("-----BEGIN PUBLIC KEY-----" + Base64.getEncoder().encodeToString(der)
                        + "-----END PUBLIC KEY-----");
            case "base64" -> ascii(Base64.getEncoder().encodeToString(der));
            case "base64url" -> ascii(Base64.getUrlEncoder().withoutPadding().encodeToString(der));
            case "base64 in lines" -> ascii(lines(der));
            case "hex" -> ascii(HexFormat.of().formatHex(der));
            case "JWK" -> ascii(JsonText.write(jwk));
            case "JWK Set" -> ascii("{\"keys\":[" + JsonText.write(jwk) + "]}");
            case "kid" -> ascii(jwk.get("kid").flatMap(Json::asString).orElseThrow());
            case "n or x" -> part(jwk, jwk.get("n").isPresent() ? "n" : "x");
            case "n or x as text" ->
                ascii(jwk.get(jwk.get("n").isPresent() ? "n" : "x")
                        .flatMap(Json::asString)
                        .orElseThrow());
            case "point" -> Bytes.concat(new byte[] {4}, part(jwk, "x"), part(jwk, "y"));
            case "PKCS #1 DER" -> pkcs1(der);
            case "PKCS #1 PEM" -> ascii(pem("RSA PUBLIC KEY", pkcs1(der)) + "\n");
            default -> throw new IllegalArgumentException("a public key has no form " + form);
        };
        return result;
    }

    /** The key without the algorithm identifier, whose length is the same for every modulus of 2048 to 4096 bits. */
    private static byte[] pkcs1(byte[] der) {
        return Arrays.copyOfRange(der, 24, der.length);
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + lines(der) + "\n-----END " + label + "-----";
    }

    private static String lines(byte[] der) {
        return Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] der(JsonObject jwk) {
        if (jwk.get("n").isPresent()) {
            return rsa(new BigInteger(1, part(jwk, "n")), new BigInteger(1, part(jwk, "e")));
        }
        if (jwk.get("y").isEmpty()) {
            return Bytes.concat(ED25519, part(jwk, "x"));
        }
        byte[] x = part(jwk, "x");
        return Bytes.concat(x.length == 48 ? P_384 : P_256, x, part(jwk, "y"));
    }

    private static byte[] rsa(BigInteger modulus, BigInteger exponent) {
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(modulus, exponent))
                    .getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] part(JsonObject jwk, String member) {
        return Base64.getUrlDecoder()
                .decode(jwk.get(member).flatMap(Json::asString).orElseThrow());
    }
}
