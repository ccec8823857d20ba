package dev.countersign.javalin;

import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.Route;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.OwnAnswer;
import dev.countersign.javalin.http.RawAnswer;
import dev.countersign.javalin.http.RawRequest;
import dev.countersign.javalin.http.RunningApp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random requests near the good ones: whatever comes back, it is no fault of the server's. */
class RequestFuzzTest {

    private static final long SEED = 20260301;
    private static final int REQUESTS = 250;
    private static final List<String> METHODS =
            List.of("GET", "POST", "POST", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "BEFORE", "X");
    private static final List<String> TYPES = List.of(
            "application/json",
            "application/json",
            "application/json",
            "application/json;charset=latin1",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=b",
            "multipart/form-data; boundary=\"",
            "text/plain",
            ";;=",
            "");
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            ":",
            ",",
            "null",
            "true",
            "1",
            "-",
            "e9",
            "\\",
            "\\u0000",
            "\\ud800",
            "\u0000",
            "\u00ff",
            "\r\n",
            "%",
            "%zz",
            "%00",
            "&",
            "=",
            "+",
            "--b\r\n",
            "--b--\r\n",
            "Content-Disposition: form-data; name=\"username\"\r\n\r\n",
            "username=",
            "[a]",
            "{\"user\":",
            "{\"email\":\"a@b\",\"password\":\"",
            "\"username\":",
            "\uFEFF",
            "é",
            "😀",
            " ");

    private final Random random = new Random(SEED);

    static List<String> dialects() {
        return ShippedDialects.names();
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void random_requests_are_answered_without_a_fault(String name) {
        Dialect dialect = ShippedDialects.dialect(name);
        Asked asked = new Asked(dialect);
        try (RunningApp app =
                RunningApp.start(new RunningApp.Parts().mount(dialect).under("/p"))) {
            String good = asked.body(Asked.quoted(asked.han()), Asked.quoted(Asked.PASSWORD));
            String token = Asked.token(
                    app.send(RawRequest.post("/p" + asked.loginPath()).json(good)));
            List<Route> routes = new ArrayList<>();
            for (Endpoint endpoint : dialect.endpoints()) {
                routes.addAll(endpoint.routes());
            }
            for (int i = 0; i < REQUESTS; i++) {
                RawRequest request = request(asked, routes.get(random.nextInt(routes.size())), good, token);
                RawAnswer answer = app.send(request);
                OwnAnswer.checkHarmless(answer, request);
            }
        }
    }

    private RawRequest request(Asked asked, Route route, String good, String token) {
        String method = random.nextInt(3) == 0 ? one(METHODS) : route.method();
        String path = "/p" + route.path();
        if (random.nextInt(6) == 0) {
            path += one(List.of(
                    "/", "x", "?", "?token=%zz", "?token=" + token, "?a=b&&=", "/../", ";a=b", "%20", "?\u00e9"));
        }
        RawRequest request = RawRequest.of(method, path);
        if (random.nextInt(5) > 0) {
            request.header("Content-Type", one(TYPES));
        }
        if (random.nextInt(2) == 0) {
            String header = random.nextBoolean() ? asked.header().name() : "Authorization";
            request.header(header, asked.scheme() + spoilt(token).replaceAll("[\\x00-\\x1f]", ""));
        }
        if (random.nextInt(12) == 0) {
            request.header("X-HTTP-Method-Override", one(METHODS));
        }
        String body = random.nextInt(4) == 0 ? pieces() : spoilt(good);
        return request.body(
                body.getBytes(random.nextInt(5) == 0 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
    }

    private String spoilt(String text) {
        StringBuilder spoilt = new StringBuilder(text);
        for (int i = random.nextInt(4); i > 0 && !spoilt.isEmpty(); i--) {
            int at = random.nextInt(spoilt.length());
            switch (random.nextInt(4)) {
                case 0 -> spoilt.deleteCharAt(at);
                case 1 -> spoilt.insert(at, one(PIECES));
                case 2 -> spoilt.setLength(at);
                default -> spoilt.insert(at, spoilt.substring(0, at));
            }
        }
        return spoilt.toString();
    }

    private String pieces() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(40); i > 0; i--) {
            text.append(one(PIECES));
        }
        return text.toString();
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
