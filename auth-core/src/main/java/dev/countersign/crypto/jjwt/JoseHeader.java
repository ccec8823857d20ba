package dev.countersign.crypto.jjwt;

import com.google.common.collect.ImmutableSet;
import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.WholeText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A header whose token may be verified: it names an algorithm, and needs no unsupported extension, such as fetching a key (RFC 8725 §3.10).
 *
 * @param json the complete header
 * @param algorithm the algorithm it names; any name except none
 * @param keyId the key it names; null for none
 */
record JoseHeader(
        JsonObject json, String algorithm, @Nullable String keyId) {

    private static final ImmutableSet<String> NEVER =
            ImmutableSet.of("crit", "b64", "zip", "enc", "jku", "jwk", "x5u", "x5c");

    static Optional<JoseHeader> of(Json json) {
        if (!(json instanceof JsonObject header)
                || header.members().keySet().stream().anyMatch(NEVER::contains)
                || !WholeText.isIn(header)) {
            return Optional.empty();
        }
        Optional<String> algorithm =
                header.get("alg").flatMap(Json::asString).filter(name -> !name.equalsIgnoreCase("none"));
        Json keyId = header.members().get("kid");
        if (algorithm.isEmpty() || algorithm.get().isBlank() || !(keyId == null || keyId instanceof JsonString)) {
            return Optional.empty();
        }
        return Optional.of(new JoseHeader(
                header, algorithm.get(), keyId == null ? null : keyId.asString().orElseThrow()));
    }
}
