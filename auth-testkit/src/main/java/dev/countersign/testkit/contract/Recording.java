package dev.countersign.testkit.contract;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The recorded conversations of one dialect.
 *
 * @param scenarios the steps by scenario name
 */
record Recording(ImmutableMap<String, ImmutableList<Step>> scenarios) {

    private static final ImmutableSet<String> KEYS = ImmutableSet.of(
            "ask", "headers", "json", "text", "letters", "answer", "advance", "change", "status", "password", "delete");
    private static final ImmutableSet<String> ANSWER_KEYS =
            ImmutableSet.of("status", "headers", "json", "text", "tokens");

    /** {@return the recording of the dialect} */
    static Recording of(String dialect) {
        JsonObject file = read("exchanges/" + dialect + ".json");
        JsonObject always = object(file, "every_answer");
        ImmutableMap.Builder<String, ImmutableList<Step>> scenarios = ImmutableMap.builder();
        object(file, "scenarios").members().forEach((name, steps) -> scenarios.put(name, steps(steps, always)));
        return new Recording(scenarios.buildOrThrow());
    }

    private static ImmutableList<Step> steps(Json steps, JsonObject always) {
        return ((JsonArray) steps)
                .items().stream().map(step -> step((JsonObject) step, always)).collect(ImmutableList.toImmutableList());
    }

    private static Step step(JsonObject step, JsonObject always) {
        known(step, KEYS);
        if (step.get("ask").isPresent()) {
            return ask(step, always);
        }
        if (step.get("advance").isPresent()) {
            return new Step.Advance(Duration.parse(text(step, "advance").orElseThrow()));
        }
        Optional<String> deleted = text(step, "delete");
        return deleted.isPresent()
                ? new Step.Delete(deleted.get())
                : new Step.Change(
                        text(step, "change").orElseThrow(),
                        text(step, "status").orElse(null),
                        text(step, "password").orElse(null));
    }

    private static Step ask(JsonObject step, JsonObject always) {
        String[] route = text(step, "ask").orElseThrow().split(" ", 2);
        JsonObject headers = object(step, "headers");
        boolean typed = headers.members().keySet().stream().anyMatch("Content-Type"::equalsIgnoreCase);
        return new Step.Ask(
                route[0],
                route[1],
                step.get("json").isPresent() && !typed
                        ? headers.with("Content-Type", new JsonString("application/json"))
                        : headers,
                body(step),
                answer(object(step, "answer"), always));
    }

    private static @Nullable String body(JsonObject step) {
        if (step.get("letters").orElse(null) instanceof JsonNumber letters) {
            return "[\"" + "x".repeat(letters.value().intValueExact()) + "\"]";
        }
        return step.get("json")
                .map(JsonText::write)
                .or(() -> text(step, "text"))
                .orElse(null);
    }

    private static Step.Answer answer(JsonObject answer, JsonObject always) {
        known(answer, ANSWER_KEYS);
        JsonObject headers = always;
        for (Map.Entry<String, Json> header :
                object(answer, "headers").members().entrySet()) {
            headers = headers.with(header.getKey(), header.getValue());
        }
        JsonNumber status = (JsonNumber) answer.get("status").orElseThrow();
        return new Step.Answer(
                status.value().intValueExact(),
                headers,
                answer.get("json").orElse(null),
                text(answer, "text").orElse(""),
                object(answer, "tokens"));
    }

    private static void known(JsonObject object, ImmutableSet<String> keys) {
        object.members().keySet().stream().filter(key -> !keys.contains(key)).forEach(key -> {
            throw new IllegalArgumentException("a step has no " + key);
        });
    }

    private static Optional<String> text(JsonObject from, String name) {
        return from.get(name).map(Json::toString);
    }

    private static JsonObject object(JsonObject from, String name) {
        return (JsonObject) from.get(name).orElse(JsonObject.EMPTY);
    }

    private static JsonObject read(String resource) {
        try (InputStream in = Recording.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("there is no recording " + resource);
            }
            return (JsonObject) JsonText.read(in.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (JsonSyntaxException broken) {
            throw new IllegalStateException(resource + ": " + broken.getMessage(), broken);
        }
    }
}
