package dev.countersign.testkit.contract;

import com.google.common.collect.ImmutableList;
import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Asks what was recorded and tells where the answers differ. */
final class Conversation {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient client;
    private final URI address;
    private final Captures captures = new Captures();

    Conversation(HttpClient client, URI address) {
        this.client = client;
        this.address = address;
    }

    /** {@return the answer as it came, with its headers} */
    HttpResponse<byte[]> ask(Step.Ask ask) throws IOException, InterruptedException {
        String target = captures.fill(ask.target());
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + target))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(PATIENCE);
        ask.headers()
                .members()
                .forEach((name, value) -> values(value).forEach(text -> request.header(name, captures.fill(text))));
        request.method(
                ask.method(),
                ask.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(captures.fill(ask.body())));
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    /** {@return all differences between the answer expected and the one that came} */
    List<String> differences(Step.Answer expected, HttpResponse<byte[]> actual) {
        List<String> differences = new ArrayList<>();
        if (actual.statusCode() != expected.status()) {
            differences.add("expected status " + expected.status() + " but was " + actual.statusCode());
        }
        expected.headers().members().forEach((name, value) -> {
            List<String> found = actual.headers().allValues(name);
            boolean same = value.isNull()
                    ? found.isEmpty()
                    : found.size() == 1 && isSameHeader(name, value.toString(), found.get(0));
            if (!same) {
                differences.add("expected header " + name + ": " + value + " but was " + found);
            }
        });
        differences.addAll(bodyDifferences(expected, new String(actual.body(), StandardCharsets.UTF_8)));
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

    /** Servers write a media type's parameters with and without a space; nothing hangs on it (RFC 9110 §8.3.1). */
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

    /** {@return headers and body of an answer as one text to search} */
    static String everything(HttpResponse<byte[]> answer) {
        return answer.headers().map() + new String(answer.body(), StandardCharsets.UTF_8);
    }
}
