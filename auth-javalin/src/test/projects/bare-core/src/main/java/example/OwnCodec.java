package example;

import com.google.common.collect.ImmutableList;
import dev.countersign.json.JsonObject;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import dev.countersign.port.TokenCodec;
import dev.countersign.token.AccessToken;
import dev.countersign.token.Claims;
import dev.countersign.token.Decoding;
import dev.countersign.token.TokenFlaw;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HS256 with the JDK alone. For this test: the contract of codecs asks for more. */
final class OwnCodec implements TokenCodec {

    private final SecretKeySpec key;

    OwnCodec(byte[] secret) {
        this.key = new SecretKeySpec(secret, "HmacSHA256");
    }

    @Override
    public AccessToken encode(Claims claims) {
        String signed = base64(JsonText.write(claims.header()).getBytes(StandardCharsets.UTF_8)) + "."
                + base64(JsonText.write(claims.body()).getBytes(StandardCharsets.UTF_8));
        return AccessToken.of(signed + "." + base64(mac(signed)));
    }

    @Override
    public Decoding decode(AccessToken token) {
        String[] parts = token.revealCompact().split("\\.", -1);
        if (parts.length != 3) {
            return new Decoding.Refused(TokenFlaw.MALFORMED);
        }
        try {
            byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
            if (!MessageDigest.isEqual(signature, mac(parts[0] + "." + parts[1]))) {
                return new Decoding.Refused(TokenFlaw.BAD_SIGNATURE);
            }
            return new Decoding.Verified(new Claims(json(parts[0]), json(parts[1])));
        } catch (IllegalArgumentException | JsonSyntaxException malformed) {
            return new Decoding.Refused(TokenFlaw.MALFORMED);
        }
    }

    @Override
    public String algorithm() {
        return "HS256";
    }

    @Override
    public String keyId() {
        return "own";
    }

    @Override
    public ImmutableList<JsonObject> publicKeys() {
        return ImmutableList.of();
    }

    private static JsonObject json(String part) throws JsonSyntaxException {
        return (JsonObject) JsonText.read(Base64.getUrlDecoder().decode(part));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private byte[] mac(String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", impossible);
        }
    }
}
