package dev.countersign.testkit.contract;

import dev.countersign.api.Answer;
import dev.countersign.api.Headers;
import dev.countersign.api.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Function;

/** Sends requests to a server over HTTP/1.1. */
final class HttpWire implements Function<Request, Answer> {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI address;

    HttpWire(URI address) {
        this.address = address;
    }

    @Override
    public Answer apply(Request request) {
        String target = request.head().path()
                + (request.head().query().isEmpty() ? "" : "?" + request.head().query());
        HttpRequest.Builder sent = HttpRequest.newBuilder(URI.create(address + target))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(TIMEOUT);
        request.head().headers().forEach(sent::header);
        sent.method(
                request.head().method(),
                request.head().length() == 0
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofByteArray(request.body().copyOfBytes()));
        try {
            HttpResponse<byte[]> answer = client.send(sent.build(), BodyHandlers.ofByteArray());
            return Answer.of(answer.statusCode(), Headers.of(answer.headers().map()), answer.body());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the test was interrupted", stopped);
        }
    }
}
