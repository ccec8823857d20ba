package dev.countersign.proof;

import com.google.common.collect.ImmutableMap;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.JsonString;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** The realworld dialect as its clients speak it. */
final class Api {

    /** Whoever has no answer by then would have hung up. */
    static final Duration HANG = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI address;

    Api(URI address) {
        this.address = address;
    }

    /**
     * An answer.
     *
     * @param status its status
     * @param body its body
     * @param retryAfter the header of that name; empty if there is none
     * @param time how long it took
     */
    record Answer(int status, String body, String retryAfter, Duration time) {

        boolean isDone() {
            return status == 200 || status == 201;
        }

        /** Whether it is what this dialect says when the database is away. */
        boolean isUnavailable() {
            return status == 503 && !retryAfter.isEmpty() && body.contains("has to wait");
        }

        boolean isTaken() {
            return status == 409 && body.contains("has already been taken");
        }

        String token() {
            try {
                return JsonPointer.parse("/user/token")
                        .in(JsonText.read(body))
                        .map(found -> ((JsonString) found).value())
                        .orElse("");
            } catch (JsonSyntaxException broken) {
                throw new IllegalStateException(body, broken);
            }
        }
    }

    Answer register(String username, String email, String password) throws IOException {
        return send(post("/api/users", ImmutableMap.of("username", username, "email", email, "password", password)));
    }

    Answer logIn(String email, String password) throws IOException {
        return send(post("/api/users/login", ImmutableMap.of("email", email, "password", password)));
    }

    Answer me(String token) throws IOException {
        return send(
                request("/api/user").header("Authorization", "Token " + token).GET());
    }

    Answer change(String token, ImmutableMap<String, String> fields) throws IOException {
        return send(
                request("/api/user").header("Authorization", "Token " + token).PUT(body(fields)));
    }

    private HttpRequest.Builder post(String path, ImmutableMap<String, String> fields) {
        return request(path).POST(body(fields));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).timeout(HANG).header("Content-Type", "application/json");
    }

    private static HttpRequest.BodyPublisher body(ImmutableMap<String, String> fields) {
        JsonObject user = JsonObject.EMPTY;
        for (Map.Entry<String, String> field : fields.entrySet()) {
            user = user.with(field.getKey(), new JsonString(field.getValue()));
        }
        return BodyPublishers.ofString(JsonText.write(JsonObject.EMPTY.with("user", user)));
    }

    private Answer send(HttpRequest.Builder request) throws IOException {
        long start = System.nanoTime();
        try {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(
                    answer.statusCode(),
                    answer.body(),
                    answer.headers().firstValue("Retry-After").orElse(""),
                    Duration.ofNanos(System.nanoTime() - start));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }
}
