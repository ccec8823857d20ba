package dev.countersign.server;

import dev.countersign.json.Json;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Requests to a server in the words of some shipped dialects. */
public final class Requests {

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final String address;

    /** Needs the address, such as {@code http://127.0.0.1:8080}. */
    public Requests(String address) {
        this.address = address;
    }

    /** {@return the address} */
    String address() {
        return address;
    }

    /** Logs in to the dialect {@code standard}. */
    public HttpResponse<String> login(String identifier, String shown) {
        return post("/auth/login", "{\"identifier\":\"" + identifier + "\",\"password\":\"" + shown + "\"}");
    }

    /** Registers with the dialect {@code realworld} below a prefix. */
    public HttpResponse<String> register(String prefix, String email, String username, String shown) {
        return post(
                prefix + "/api/users",
                "{\"user\":{\"email\":\"" + email + "\",\"username\":\"" + username + "\",\"password\":\"" + shown
                        + "\"}}");
    }

    /** The token of a login to the dialect {@code standard}. */
    public String token(String identifier, String shown) {
        HttpResponse<String> answer = login(identifier, shown);
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return text(answer, "/access_token");
    }

    /** Asks the dialect {@code standard} who the token is about. */
    public HttpResponse<String> me(String token) {
        return get("/auth/me", "Bearer " + token);
    }

    /** A GET with an {@code Authorization}. */
    public HttpResponse<String> get(String path, String authorization) {
        return send(request(path).header("Authorization", authorization).GET());
    }

    /** A GET. */
    public HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    /** A POST of JSON. */
    public HttpResponse<String> post(String path, String json) {
        return noted(
                json,
                send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json))));
    }

    private static HttpResponse<String> noted(String json, HttpResponse<String> answer) {
        UsedSecrets.exchange(json, answer.statusCode(), answer.headers().map() + answer.body());
        return answer;
    }

    /** A POST of JSON with an {@code Authorization}. */
    public HttpResponse<String> post(String path, String authorization, String json) {
        return noted(
                json,
                send(request(path)
                        .header("Authorization", authorization)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))));
    }

    /** A PUT of JSON with an {@code Authorization}. */
    public HttpResponse<String> put(String path, String authorization, String json) {
        return noted(
                json,
                send(request(path)
                        .header("Authorization", authorization)
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(json))));
    }

    /** The text at a place in an answer. */
    public static String text(HttpResponse<String> answer, String pointer) {
        try {
            Json json = JsonText.read(answer.body());
            return JsonPointer.parse(pointer).in(json).orElseThrow().toString();
        } catch (JsonSyntaxException notJson) {
            throw new AssertionError(answer.body(), notJson);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(60));
    }

    /** Sends anything. */
    public static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
