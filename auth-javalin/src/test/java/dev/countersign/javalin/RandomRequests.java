package dev.countersign.javalin;

import com.google.common.collect.ImmutableList;
import dev.countersign.dialect.Route;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.RawRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Random requests near the good ones of a dialect. */
final class RandomRequests {

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

    private final Random random;
    private final Asked asked;
    private final String prefix;
    private final String good;
    private final String token;
    private final ImmutableList<Route> routes;

    /** Requests below a prefix, around a login that succeeds and a token that holds. */
    RandomRequests(Asked asked, String prefix, String good, String token, Random random) {
        this.asked = asked;
        this.prefix = prefix;
        this.good = good;
        this.token = token;
        this.random = random;
        this.routes = asked.dialect().endpoints().stream()
                .flatMap(endpoint -> endpoint.routes().stream())
                .collect(ImmutableList.toImmutableList());
    }

    /** A request to one of the routes. */
    RawRequest next() {
        Route route = routes.get(random.nextInt(routes.size()));
        String method = random.nextInt(3) == 0 ? one(METHODS) : route.method();
        String path = prefix + route.path();
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
