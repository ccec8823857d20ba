package dev.countersign.docs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.countersign.api.Answer;
import dev.countersign.api.Body;
import dev.countersign.api.Headers;
import dev.countersign.api.LoginApi;
import dev.countersign.api.Request;
import dev.countersign.api.RequestHead;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.Executor;

/** The engine behind the JDK's own server. */
final class JdkServer {

    private JdkServer() {}

    static HttpServer start(LoginApi api, InetSocketAddress address, Executor threads) throws IOException {
        HttpServer server = HttpServer.create(address, 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(api, exchange));
        server.start();
        return server;
    }

    // snippet: jdk-server
    static void answer(LoginApi api, HttpExchange exchange) throws IOException {
        RequestHead head = head(exchange);
        try (exchange;
                Body body = body(exchange.getRequestBody(), api.plan(head).maxBodyBytes())) {
            send(api.handle(new Request(head, body)), exchange);
        }
    }

    private static RequestHead head(HttpExchange exchange) {
        URI target = exchange.getRequestURI();
        Headers headers = Headers.of(exchange.getRequestHeaders());
        long declared = headers.first("Content-Length").map(Long::parseLong).orElse(-1L);
        return new RequestHead(
                exchange.getRequestMethod(),
                target.getRawPath(),
                Objects.requireNonNullElse(target.getRawQuery(), ""),
                headers,
                RequestHead.length(declared, headers.first("Transfer-Encoding").isPresent(), exchange.getProtocol()),
                exchange.getRemoteAddress().getAddress().getHostAddress());
    }

    private static Body body(InputStream in, int maxBytes) {
        try {
            byte[] bytes = maxBytes == 0 ? new byte[0] : in.readNBytes(maxBytes + 1);
            return bytes.length > maxBytes ? Body.tooLarge() : Body.of(bytes);
        } catch (IOException cutOff) {
            return Body.broken();
        }
    }

    private static void send(Answer answer, HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestMethod().equals("HEAD") ? new byte[0] : answer.body();
        answer.headers().forEach(exchange.getResponseHeaders()::add);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
    // end
}
