package dev.countersign.internal.yaml;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonBoolean;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonPointer;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** A mapping of a file with its allowed keys. Invalid values are reported as problems, and reading continues. */
public final class Section {

    private final JsonObject members;
    private final JsonPointer at;
    private final Problems problems;

    private Section(JsonObject members, JsonPointer at, Problems problems) {
        this.members = members;
        this.at = at;
        this.problems = problems;
    }

    /**
     * Reads a value as a mapping. Unknown keys are problems.
     *
     * @param value the value; null counts as a mapping without keys
     * @param at the place of the value
     * @param keys the allowed keys
     * @param problems collects the problems
     * @return the section; without keys if the value is not a mapping
     */
    public static Section of(Json value, JsonPointer at, KnownKeys keys, Problems problems) {
        requireNonNull(at, "at");
        requireNonNull(keys, "keys");
        requireNonNull(problems, "problems");

        if (!(value instanceof JsonObject object)) {
            if (!value.isNull()) {
                problems.add(at, "this is " + kind(value), "a mapping of " + String.join(", ", keys.keys()));
            }
            return new Section(JsonObject.EMPTY, at, problems);
        }
        Set<String> written = object.members().keySet();
        for (String key : written) {
            if (!keys.keys().contains(key)) {
                problems.add(at.child(key), "unknown key " + key, keys.advice(key, written));
            }
        }
        return new Section(object, at, problems);
    }

    /** Reads a value as a mapping with a plain list of allowed keys. Unknown keys are problems. */
    public static Section of(Json value, JsonPointer at, Collection<String> keys, Problems problems) {
        requireNonNull(at, "at");
        requireNonNull(keys, "keys");
        requireNonNull(problems, "problems");

        return of(value, at, KnownKeys.of(keys), problems);
    }

    /** {@return the kind of a value in YAML's terms, such as {@code a text} or {@code a list}} */
    public static String kind(Json value) {
        return switch (value.typeName()) {
            case "string" -> "a text";
            case "array" -> "a list";
            case "object" -> "a mapping";
            case "boolean" -> "a truth value";
            case "null" -> "null";
            default -> "a " + value.typeName();
        };
    }

    /** {@return the place of this section} */
    public JsonPointer at() {
        return at;
    }

    /** {@return the place of the key's value} */
    public JsonPointer at(String key) {
        requireNonNull(key, "key");

        return at.child(key);
    }

    /** {@return whether the key is present} */
    public boolean has(String key) {
        requireNonNull(key, "key");

        return members.get(key).isPresent();
    }

    /** {@return the value as it is; empty if the key is absent} */
    public Optional<Json> json(String key) {
        requireNonNull(key, "key");

        return members.get(key);
    }

    /** {@return the value as it is; an absent key is a problem} */
    public Optional<Json> required(String key, String right) {
        requireNonNull(key, "key");
        requireNonNull(right, "right");

        if (!has(key)) {
            problems.add(at, "the key " + key + " is missing", right);
        }
        return json(key);
    }

    /** {@return the text; empty if the key is absent or its value is not a text} */
    public Optional<String> text(String key) {
        requireNonNull(key, "key");

        return json(key).flatMap(value -> {
            if (value instanceof JsonNumber || value instanceof JsonBoolean) {
                return Optional.of(value.toString());
            }
            return value.asString().or(() -> wrong(key, value, "a text"));
        });
    }

    /** {@return true or false; {@code otherwise} if the key is absent} */
    public boolean flag(String key, boolean otherwise) {
        requireNonNull(key, "key");

        return json(key)
                .flatMap(value -> value instanceof JsonBoolean flag
                        ? Optional.of(flag.value())
                        : this.<Boolean>wrong(key, value, "true or false"))
                .orElse(otherwise);
    }

    /** {@return the integer if it is in the range; empty if the key is absent or the value invalid} */
    public Optional<Integer> integer(String key, int lowest, int highest) {
        requireNonNull(key, "key");

        return number(key, lowest, highest).map(Long::intValue);
    }

    /** {@return the 64-bit integer if it is in the range; empty if the key is absent or the value invalid} */
    public Optional<Long> number(String key, long lowest, long highest) {
        requireNonNull(key, "key");

        return json(key).flatMap(value -> {
            String right = "a number from " + lowest + " to " + highest;
            if (value instanceof JsonNumber number && number.asLong().isPresent()) {
                long found = number.asLong().getAsLong();
                return found >= lowest && found <= highest ? Optional.of(found) : wrong(key, value, right);
            }
            return wrong(key, value, right);
        });
    }

    /** {@return the duration, such as 300s, 15m, 24h or 30d; empty if the key is absent or the value invalid} */
    public Optional<Duration> duration(String key) {
        requireNonNull(key, "key");

        return json(key)
                .flatMap(value -> Durations.parse(value.toString())
                        .or(() -> wrong(key, value, "a duration such as 300s, 15m, 24h or 30d")));
    }

    /** {@return the pointer; empty if the key is absent or the value invalid} */
    public Optional<JsonPointer> pointer(String key) {
        requireNonNull(key, "key");

        return text(key).flatMap(text -> pointer(text, at(key)));
    }

    /** {@return the text as a pointer; an invalid one is a problem at that place} */
    public Optional<JsonPointer> pointer(String text, JsonPointer place) {
        requireNonNull(place, "place");

        try {
            return Optional.of(JsonPointer.parse(text));
        } catch (IllegalArgumentException noPointer) {
            problems.add(place, text, String.valueOf(noPointer.getMessage()));
            return Optional.empty();
        }
    }

    /** {@return the constant with this lower-case name; {@code otherwise} if the key is absent or the value invalid} */
    public <E extends Enum<E>> E word(String key, Class<E> type, E otherwise) {
        requireNonNull(key, "key");
        requireNonNull(type, "type");
        requireNonNull(otherwise, "otherwise");

        return text(key).flatMap(text -> word(text, at(key), type)).orElse(otherwise);
    }

    /** {@return the constant with this lower-case name; another text is a problem} */
    public <E extends Enum<E>> Optional<E> word(String text, JsonPointer place, Class<E> type) {
        requireNonNull(text, "text");
        requireNonNull(place, "place");

        ImmutableMap.Builder<String, E> words = ImmutableMap.builder();
        for (E constant : type.getEnumConstants()) {
            words.put(constant.name().toLowerCase(Locale.ROOT), constant);
        }
        ImmutableMap<String, E> known = words.buildOrThrow();
        if (!known.containsKey(text)) {
            problems.add(place, "unknown word " + text, NearestName.advice(text, known.keySet()));
        }
        return Optional.ofNullable(known.get(text));
    }

    /** {@return the section below the key; without keys if the key is absent} */
    public Section section(String key, KnownKeys keys) {
        requireNonNull(key, "key");
        requireNonNull(keys, "keys");

        return of(json(key).orElse(JsonObject.EMPTY), at(key), keys, problems);
    }

    /** {@return the section below the key, with a plain list of allowed keys; without keys if the key is absent} */
    public Section section(String key, Collection<String> keys) {
        requireNonNull(key, "key");
        requireNonNull(keys, "keys");

        return section(key, KnownKeys.of(keys));
    }

    /** {@return the keys that are present} */
    public Set<String> written() {
        return members.members().keySet();
    }

    /** {@return the items of a list, converted by the function; none if the key is absent} */
    public <T> ImmutableList<T> list(String key, BiFunction<Json, JsonPointer, Optional<T>> item) {
        requireNonNull(key, "key");
        requireNonNull(item, "item");

        Json value = json(key).orElse(JsonArray.of());
        if (!(value instanceof JsonArray array)) {
            wrong(key, value, "a list");
            return ImmutableList.of();
        }
        ImmutableList.Builder<T> items = ImmutableList.builder();
        for (int i = 0; i < array.items().size(); i++) {
            item.apply(array.items().get(i), at(key).child(Integer.toString(i))).ifPresent(items::add);
        }
        return items.build();
    }

    /** {@return the pointers of a list} */
    public ImmutableSet<JsonPointer> pointers(String key) {
        requireNonNull(key, "key");

        return ImmutableSet.copyOf(this.<JsonPointer>list(key, (item, place) -> pointer(item.toString(), place)));
    }

    /** {@return the members of a mapping with free keys, converted by the function; none if the key is absent} */
    public <T> Map<String, T> map(String key, BiFunction<Json, JsonPointer, Optional<T>> member) {
        requireNonNull(key, "key");
        requireNonNull(member, "member");

        Json value = json(key).orElse(JsonObject.EMPTY);
        if (!(value instanceof JsonObject object)) {
            wrong(key, value, "a mapping");
            return Map.of();
        }
        Map<String, T> made = new LinkedHashMap<>();
        object.members()
                .forEach((name, json) -> member.apply(json, at(key).child(name)).ifPresent(one -> made.put(name, one)));
        return made;
    }

    /** {@return the problems of the file} */
    public Problems problems() {
        return problems;
    }

    /** Reports that a key's value is invalid. */
    private <T> Optional<T> wrong(String key, Json found, String right) {
        problems.add(at(key), key + " is " + (found instanceof JsonObject ? "a mapping" : found.toString()), right);
        return Optional.empty();
    }
}
