package dev.countersign.testkit.contract;

import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.text.JsonText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A token that others have published with its key, and whether it is valid.
 *
 * @param id the file and the number in it
 * @param key the public key, or the shared secret
 * @param token the token; of a JSON serialization its text
 * @param valid whether the publisher calls the token valid
 */
record TokenVector(String id, JsonObject key, String token, boolean valid) {

    /** Where this contract expects something else than the publisher, with the reasons. */
    private static final List<JsonObject> NOTES =
            items(DataFile.object("vectors/notes.json"), "notes").toList();

    /** The vectors of all files. */
    static List<TokenVector> all() {
        return Stream.of("wycheproof", "rfc").flatMap(TokenVector::of).toList();
    }

    private static Stream<TokenVector> of(String file) {
        return items(DataFile.object("vectors/" + file + ".json"), "testGroups")
                .flatMap(group -> items(group, "tests").map(test -> of(file, group, test)));
    }

    private static TokenVector of(String file, JsonObject group, JsonObject test) {
        String id = file + " " + JsonText.write(test.get("tcId").orElseThrow());
        Json token = test.get("jws").orElseThrow();
        return new TokenVector(
                id,
                (JsonObject) group.get("public").or(() -> group.get("private")).orElseThrow(),
                token instanceof JsonString text ? text.value() : JsonText.write(token),
                test.get("result").flatMap(Json::asString).orElseThrow().equals("valid"));
    }

    private static Stream<JsonObject> items(JsonObject object, String member) {
        return ((JsonArray) object.get(member).orElseThrow()).items().stream().map(JsonObject.class::cast);
    }

    private Stream<JsonObject> notes() {
        return NOTES.stream()
                .filter(note ->
                        ((JsonArray) note.get("ids").orElseThrow()).items().contains(new JsonString(id)));
    }

    /** The result that is expected instead of the publisher's; empty if the publisher's is. */
    Optional<String> noted() {
        return notes().flatMap(note -> note.get("expected").flatMap(Json::asString).stream())
                .findFirst();
    }

    /** Whether a codec may refuse the key, for example as too weak. */
    boolean isKeyOptional() {
        return notes().anyMatch(note -> note.get("key_may_be_refused").isPresent());
    }

    /** Whether the key is published for this algorithm. */
    boolean isFor(String algorithm) {
        return key.get("alg").flatMap(Json::asString).filter(algorithm::equals).isPresent();
    }

    /** Whether the key may be used for signatures (RFC 7517 §4.2, §4.3). */
    boolean hasKeyForSignatures() {
        boolean use = key.get("use").flatMap(Json::asString).orElse("sig").equals("sig");
        return use
                && key.get("key_ops")
                        .map(list -> ((JsonArray) list)
                                .items().stream()
                                        .flatMap(each -> each.asString().stream())
                                        .anyMatch(operation -> operation.contains("verify")))
                        .orElse(true);
    }

    @Override
    public String toString() {
        return id;
    }
}
