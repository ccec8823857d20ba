package dev.countersign.testkit.contract;

import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import dev.countersign.json.text.JsonText;
import dev.countersign.port.TokenCodec;
import dev.countersign.testkit.fixture.TokenForge;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the token of an attack for a codec. */
final class AttackToken {

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
    private static final Pattern REPEATED = Pattern.compile("\\$\\{([^{}]+)\\*([0-9]+)\\}");

    private final TokenAttack attack;
    private final TokenCodec codec;
    private final TokenForge forge;

    private AttackToken(TokenAttack attack, TokenCodec codec, TokenForge forge) {
        this.attack = attack;
        this.codec = codec;
        this.forge = forge;
    }

    /**
     * Makes the token.
     *
     * @param attack the attack
     * @param codec the codec that is attacked
     * @param forge signs with the codec's key
     */
    static String of(TokenAttack attack, TokenCodec codec, TokenForge forge) {
        return new AttackToken(attack, codec, forge).compact();
    }

    private String compact() {
        String header =
                part("header", "{\"alg\":\"${alg}\"" + attack.text("more").orElse("") + "}");
        String payload = part("payload", "{}");
        String signed = signer().signParts(header, payload);
        String signature = signed.substring(header.length() + payload.length() + 2);
        String changed = attack.text("signature")
                .map(change -> SignatureChange.of(change, codec, signature))
                .orElse(signature);
        return filled(attack.text("token").orElse("${header}.${payload}.${signature}"))
                .replace("${header}", header)
                .replace("${payload}", payload)
                .replace("${signature}", changed);
    }

    /** A part as it is encoded: given as text, as bytes in hex, or encoded already. */
    private String part(String name, String otherwise) {
        return attack.text(name + "_part")
                .map(this::filled)
                .orElseGet(() -> BASE64URL.encodeToString(attack.text(name + "_hex")
                        .map(HexFormat.of()::parseHex)
                        .orElseGet(() ->
                                filled(attack.text(name).orElse(otherwise)).getBytes(StandardCharsets.UTF_8))));
    }

    private String filled(String template) {
        String named = template.replace("${alg}", codec.algorithm()).replace("${kid}", codec.keyId());
        if (attack.text("attacker").isPresent()) {
            JsonObject attacker = attacker();
            named = named.replace("${jwk}", JsonText.write(attacker.get("jwk").orElseThrow()))
                    .replace("${x5c}", attacker.get("x5c").map(JsonText::write).orElse(""));
        }
        return REPEATED.matcher(named).replaceAll(AttackToken::repeated);
    }

    private static String repeated(MatchResult found) {
        return Matcher.quoteReplacement(found.group(1).repeat(Integer.parseInt(found.group(2))));
    }

    private TokenForge signer() {
        if (attack.text("attacker").isPresent()) {
            return forge(attacker());
        }
        if (attack.text("mac").isPresent()) {
            return TokenForge.withSecret(
                    attack.text("mac").orElseThrow(),
                    secret(attack.text("secret").orElseThrow()));
        }
        return attack.text("using").map(forge::using).orElse(forge);
    }

    /** A secret that everybody knows or can guess. */
    private byte[] secret(String spelled) {
        int colon = spelled.indexOf(':');
        String text = spelled.substring(colon + 1);
        return switch (spelled.substring(0, colon)) {
            case "text" -> text.getBytes(StandardCharsets.UTF_8);
            case "hex" -> HexFormat.of().parseHex(text);
            case "public" -> PublicKeyForms.bytes(codec.publicKeys().get(0), text);
            default -> throw new IllegalArgumentException("a secret is text:, hex: or public:, not " + spelled);
        };
    }

    private JsonObject attacker() {
        return TokenAttacks.attacker(attack.text("attacker").orElseThrow().replace("${alg}", codec.algorithm()));
    }

    private static TokenForge forge(JsonObject key) {
        String type = key.get("type").flatMap(Json::asString).orElseThrow();
        byte[] bytes = Base64.getDecoder()
                .decode(key.get("private").flatMap(Json::asString).orElseThrow());
        String jdk = key.get("using").flatMap(Json::asString).orElseThrow();
        try {
            return type.equals("oct")
                    ? TokenForge.withSecret(jdk, bytes)
                    : TokenForge.withPrivateKey(
                            jdk, KeyFactory.getInstance(type).generatePrivate(new PKCS8EncodedKeySpec(bytes)));
        } catch (GeneralSecurityException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
