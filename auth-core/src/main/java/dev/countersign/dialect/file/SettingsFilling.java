package dev.countersign.dialect.file;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.countersign.internal.yaml.NearestName;
import dev.countersign.internal.yaml.Problems;
import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.JsonString;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces setting slots in a file's texts by their values before anything else is read. */
final class SettingsFilling {

    private static final Pattern SLOT = Pattern.compile("(?<!\\$)\\$\\{\\s*setting\\.([A-Za-z0-9_-]+)\\s*}");

    private final Map<String, String> settings;
    private final Problems problems;
    private final Set<String> used = new HashSet<>();

    SettingsFilling(Map<String, String> settings, Problems problems) {
        this.settings = settings;
        this.problems = problems;
    }

    Json fill(Json json, JsonPointer at) {
        if (json instanceof JsonObject object) {
            ImmutableMap.Builder<String, Json> members = ImmutableMap.builder();
            object.members().forEach((name, value) -> members.put(name, fill(value, at.child(name))));
            return new JsonObject(members.buildOrThrow());
        }
        if (json instanceof JsonArray array) {
            ImmutableList.Builder<Json> items = ImmutableList.builder();
            for (int i = 0; i < array.items().size(); i++) {
                items.add(fill(array.items().get(i), at.child(Integer.toString(i))));
            }
            return new JsonArray(items.build());
        }
        return json instanceof JsonString string ? new JsonString(fill(string.value(), at)) : json;
    }

    /** The settings that no text uses. */
    ImmutableSet<String> unused() {
        return settings.keySet().stream().filter(name -> !used.contains(name)).collect(ImmutableSet.toImmutableSet());
    }

    private String fill(String text, JsonPointer at) {
        return SLOT.matcher(text).replaceAll(match -> {
            String value = settings.get(match.group(1));
            used.add(match.group(1));
            if (value == null) {
                problems.add(
                        at,
                        match.group(),
                        settings.isEmpty()
                                ? "declare it under settings with a default"
                                : NearestName.advice(
                                        "setting." + match.group(1),
                                        settings.keySet().stream()
                                                .map(name -> "setting." + name)
                                                .toList()));
                return "";
            }
            return Matcher.quoteReplacement(value.replace("${", "$${"));
        });
    }
}
