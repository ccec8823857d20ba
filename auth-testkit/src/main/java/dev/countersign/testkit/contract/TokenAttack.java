package dev.countersign.testkit.contract;

import static java.util.Objects.requireNonNull;

import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonObject;
import dev.countersign.token.Decoding;
import dev.countersign.token.TokenFlaw;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One attack of {@code token-attacks.json}, whose README explains the members.
 *
 * @param name the name, unique in its group
 * @param members the members, with the values of {@code each} filled in
 */
record TokenAttack(String name, JsonObject members) {

    private static final Set<String> KNOWN = Set.of(
            "name",
            "source",
            "only",
            "except",
            "header",
            "more",
            "header_hex",
            "header_part",
            "payload",
            "payload_hex",
            "payload_part",
            "using",
            "mac",
            "secret",
            "attacker",
            "signature",
            "token",
            "expected");

    /** The results that an attack can expect, with the flaws that they allow; none for a token that verifies. */
    private static final Map<String, Set<TokenFlaw>> RESULTS = Map.of(
            "verified",
            Set.of(),
            "malformed",
            Set.of(TokenFlaw.MALFORMED),
            "bad signature",
            Set.of(TokenFlaw.BAD_SIGNATURE),
            "refused",
            Set.of(TokenFlaw.MALFORMED, TokenFlaw.BAD_SIGNATURE));

    TokenAttack {
        for (String member : members.members().keySet()) {
            if (!KNOWN.contains(member)) {
                throw new IllegalArgumentException("an attack has no " + member + ": " + name);
            }
        }
        if (!RESULTS.containsKey(text(members, "expected").orElse(""))) {
            throw new IllegalArgumentException("expected is one of " + RESULTS.keySet() + ": " + name);
        }
    }

    /** Whether a codec may answer so. */
    boolean allows(Decoding decoding) {
        Set<TokenFlaw> flaws = requireNonNull(RESULTS.get(text("expected").orElseThrow()));
        return decoding instanceof Decoding.Refused refused ? flaws.contains(refused.flaw()) : flaws.isEmpty();
    }

    /** Whether the attack is for codecs of that algorithm. */
    boolean isFor(String algorithm) {
        List<String> only = texts("only");
        return (only.isEmpty() || only.contains(algorithm)) && !texts("except").contains(algorithm);
    }

    /** A member that is a string. */
    Optional<String> text(String member) {
        return text(members, member);
    }

    private static Optional<String> text(JsonObject members, String member) {
        return members.get(member).flatMap(Json::asString);
    }

    private List<String> texts(String member) {
        return members.get(member).stream()
                .flatMap(list -> ((JsonArray) list).items().stream())
                .map(element -> element.asString().orElseThrow())
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
