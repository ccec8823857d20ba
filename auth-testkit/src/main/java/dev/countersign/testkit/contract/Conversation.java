package dev.countersign.testkit.contract;

import com.google.common.collect.ImmutableList;
import dev.countersign.api.Answer;
import dev.countersign.api.Request;
import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sends recorded requests and reports the differences of the answers. */
final class Conversation {

    private final Function<Request, Answer> wire;
    private final Captures captures = new Captures();

    Conversation(Function<Request, Answer> wire) {
        this.wire = wire;
    }

    /** {@return the actual answer} */
    Answer ask(Step.Ask ask) {
        Request request = Request.of(ask.method(), captures.fill(ask.target()));
        for (Map.Entry<String, Json> header : ask.headers().members().entrySet()) {
            for (String value : values(header.getValue())) {
                request = request.header(header.getKey(), captures.fill(value));
            }
        }
        return wire.apply(ask.body() == null ? request : request.body(captures.fill(ask.body())));
    }

    /** {@return all differences between the expected and the actual answer} */
    List<String> differences(Step.Answer expected, Answer actual) {
        List<String> differences = new ArrayList<>();
        if (actual.status() != expected.status()) {
            differences.add("expected status " + expected.status() + " but was " + actual.status());
        }
        expected.headers().members().forEach((name, value) -> {
            List<String> found = actual.headers().all(name);
            boolean same = value.isNull()
                    ? found.isEmpty()
                    : found.size() == 1 && isSameHeader(name, value.toString(), found.get(0));
            if (!same) {
                differences.add("expected header " + name + ": " + value + " but was " + found);
            }
        });
        differences.addAll(bodyDifferences(expected, actual.text()));
        if (differences.isEmpty()) {
            expected.tokens()
                    .members()
                    .forEach((name, token) -> JsonMatch.differences(token, captures.decoded(name), captures).stream()
                            .map(difference -> "token " + name + " " + difference)
                            .forEach(differences::add));
        }
        return differences;
    }

    private List<String> bodyDifferences(Step.Answer expected, String actual) {
        @Nullable Json json = expected.json();
        if (json == null) {
            return captures.matches(expected.text(), actual)
                    ? ImmutableList.of()
                    : ImmutableList.of("expected the text <" + expected.text() + "> but was <" + actual + ">");
        }
        try {
            return JsonMatch.differences(json, JsonText.read(actual), captures);
        } catch (JsonSyntaxException notJson) {
            return ImmutableList.of("expected JSON but was <" + actual + ">, " + String.valueOf(notJson.getMessage()));
        }
    }

    /** The space before a media type's parameter is not significant (RFC 9110 §8.3.1). */
    private boolean isSameHeader(String name, String expected, String actual) {
        return name.equalsIgnoreCase("Content-Type")
                ? plain(expected).equals(plain(actual))
                : captures.matches(expected, actual);
    }

    private static String plain(String mediaType) {
        return mediaType.replace(" ", "").toLowerCase(Locale.ROOT);
    }

    private static ImmutableList<String> values(Json header) {
        if (header instanceof JsonArray array) {
            return array.items().stream().map(Json::toString).collect(ImmutableList.toImmutableList());
        }
        return header.isNull() ? ImmutableList.of() : ImmutableList.of(header.toString());
    }

    /** {@return the headers and body of an answer as one text} */
    static String everything(Answer answer) {
        StringBuilder text = new StringBuilder();
        answer.headers()
                .forEach((name, value) ->
                        text.append(name).append(": ").append(value).append('\n'));
        return text.append(answer.text()).toString();
    }
}
