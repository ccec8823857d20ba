package dev.countersign.testkit.contract;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The attacks of {@code token-attacks.json}: each group is for the test method with its name. */
final class TokenAttacks {

    private static final JsonObject FILE = DataFile.object("token-attacks.json");
    private static final ImmutableListMultimap<String, TokenAttack> GROUPS = groups();

    private TokenAttacks() {}

    /** The attacks of a group. */
    static List<TokenAttack> of(String group) {
        return GROUPS.get(group);
    }

    /** The names of all groups. */
    static Set<String> names() {
        return GROUPS.keySet();
    }

    /** The attacker's key for an algorithm. */
    static JsonObject attacker(String algorithm) {
        return (JsonObject) ((JsonObject) FILE.get("attacker").orElseThrow())
                .get(algorithm)
                .orElseThrow(() -> new IllegalArgumentException("the attacker has no key for " + algorithm));
    }

    private static ImmutableListMultimap<String, TokenAttack> groups() {
        ImmutableListMultimap.Builder<String, TokenAttack> groups = ImmutableListMultimap.builder();
        JsonObject all = (JsonObject) FILE.get("attacks").orElseThrow();
        all.members().forEach((group, attacks) -> {
            Set<String> names = new HashSet<>();
            for (Json attack : ((JsonArray) attacks).items()) {
                for (TokenAttack one : each((JsonObject) attack)) {
                    if (!names.add(one.name())) {
                        throw new IllegalArgumentException(group + " has two attacks named " + one.name());
                    }
                    groups.put(group, one);
                }
            }
        });
        return groups.build();
    }

    /** An attack with {@code each} is one attack for each combination of the values. */
    private static List<TokenAttack> each(JsonObject attack) {
        List<JsonObject> filled = List.of(withoutEach(attack));
        JsonObject each = (JsonObject) attack.get("each").orElse(JsonObject.EMPTY);
        for (Map.Entry<String, Json> variable : each.members().entrySet()) {
            List<JsonObject> more = new ArrayList<>();
            for (Json value : ((JsonArray) variable.getValue()).items()) {
                String text = value.asString().orElseThrow();
                filled.forEach(one -> more.add(filled(one, "${" + variable.getKey() + "}", text)));
            }
            filled = more;
        }
        return filled.stream()
                .map(one -> new TokenAttack(
                        requireNonNull(one.members().get("name"), "name")
                                .asString()
                                .orElseThrow(),
                        one))
                .toList();
    }

    private static JsonObject withoutEach(JsonObject attack) {
        return JsonObject.of(Maps.filterKeys(attack.members(), name -> !name.equals("each")));
    }

    private static JsonObject filled(JsonObject attack, String variable, String value) {
        ImmutableMap.Builder<String, Json> filled = ImmutableMap.builder();
        attack.members()
                .forEach((name, member) ->
                        filled.put(name, member instanceof JsonString text ? filled(text, variable, value) : member));
        return JsonObject.of(filled.buildOrThrow());
    }

    private static JsonString filled(JsonString text, String variable, String value) {
        return new JsonString(text.value().replace(variable, value));
    }
}
