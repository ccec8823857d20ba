package dev.countersign.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.api.LoginApi;
import dev.countersign.dialect.BodyKind;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Operation;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.Route;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.OwnAnswer;
import dev.countersign.javalin.http.RawAnswer;
import dev.countersign.javalin.http.RawRequest;
import dev.countersign.javalin.http.RunningApp;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names, bodies and headers made of one piece over and over: what is recursive or quadratic anywhere breaks on them. */
class HostileShapesTest {

    private static final long SEED = 20261101;
    private static final int SHAPES = 120;
    private static final int LARGE = 1 << 20;
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final List<String> PIECES = List.of(
            "[a]",
            "a[",
            "]",
            "a[b]",
            "[[",
            "%5Ba%5D",
            "&",
            "=",
            "a=1&",
            "a",
            "+",
            "%",
            "%61",
            "{\"a\":",
            "{\"a\":{},",
            "[",
            "{",
            "\"\\u0061\",",
            "9",
            "1e9,",
            "-",
            "\\",
            "\"",
            "\\\"",
            "\u0301",
            "\ud83d\ude00",
            "é",
            " ",
            "\t",
            "\r\n",
            ",",
            ";",
            "~1",
            "/",
            "../",
            ".",
            "--b\r\n",
            "--b\r\nContent-Disposition: form-data; name=\"[a]\"\r\n\r\n\r\n",
            "Content-Disposition: form-data; ",
            "name=\"",
            "a; ");

    static List<String> dialects() {
        return ShippedDialects.names();
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void whatever_is_repeated_is_refused_without_a_fault_and_soon(String name) {
        Random random = new Random(SEED);
        Dialect dialect = ShippedDialects.dialect(name);
        Asked asked = new Asked(dialect);
        LoginApi mount = new RunningApp.Parts().mount(dialect).under("/p").withMaxBodyBytes(LARGE);
        List<Route> routes = dialect.endpoints().stream()
                .filter(endpoint -> endpoint.operation().hasFields())
                .flatMap(endpoint -> endpoint.routes().stream())
                .toList();
        try (RunningApp app = RunningApp.start(mount)) {
            String token = Asked.token(app.send(RawRequest.post("/p" + asked.loginPath())
                    .json(asked.body(Asked.quoted(asked.han()), Asked.quoted(Asked.PASSWORD)))));
            for (int i = 0; i < SHAPES; i++) {
                // One in ten as large as bodies may be.
                String shape = shape(random, i % 10 == 0 ? LARGE - 1000 : 1 + random.nextInt(16_000));
                Route route = routes.get(random.nextInt(routes.size()));
                RawRequest request = RawRequest.of(route.method(), "/p" + route.path())
                        .header(asked.header().name(), asked.scheme() + token)
                        .header("Content-Type", type(random));
                check(app, i, request.body(body(random, shape)));
                check(app, i, headed(random, asked, shape(random, random.nextInt(3000))));
            }
        }
    }

    private static void check(RunningApp app, int number, RawRequest request) {
        long start = System.nanoTime();
        RawAnswer answer = app.send(request);
        OwnAnswer.checkHarmless(answer, number + " " + request);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("%s %s", number, request)
                .isLessThan(LONG);
    }

    private static String shape(Random random, int length) {
        StringBuilder shape = new StringBuilder();
        String piece = one(random);
        String other = random.nextBoolean() ? piece : piece + one(random);
        while (shape.length() < length) {
            shape.append(other);
        }
        return shape.substring(0, Math.min(shape.length(), length));
    }

    private static String one(Random random) {
        return PIECES.get(random.nextInt(PIECES.size()));
    }

    private static String type(Random random) {
        return List.of(
                        "application/json",
                        "application/x-www-form-urlencoded",
                        "application/x-www-form-urlencoded",
                        "multipart/form-data; boundary=b")
                .get(random.nextInt(4));
    }

    private static String body(Random random, String shape) {
        return switch (random.nextInt(6)) {
            case 0 -> shape + "=1";
            case 1 -> "a" + shape + "=1";
            case 2 -> "{\"" + shape + "\":1}";
            case 3 -> "{\"a\":\"" + shape + "\"}";
            case 4 -> "--b\r\nContent-Disposition: form-data; name=\"" + shape + "\"\r\n\r\n" + shape + "\r\n--b--\r\n";
            default -> shape;
        };
    }

    private static RawRequest headed(Random random, Asked asked, String shape) {
        String safe = shape.replaceAll("[\\r\\n\u0000]", "");
        String path = "/p" + asked.mePath();
        return switch (random.nextInt(6)) {
            case 0 -> RawRequest.get(path).header("Authorization", asked.scheme() + safe);
            case 1 -> RawRequest.get(path).header("Authorization", "Token token=\"x\", " + safe);
            case 2 -> RawRequest.get(path).header("Cookie", safe);
            case 3 -> RawRequest.get(path + "?" + safe.replaceAll("[^!-~]", ""));
            case 4 -> RawRequest.get("/p/" + safe.replaceAll("[^!-~]|[?#]", ""));
            default -> RawRequest.post(path).header("Content-Type", safe).body(safe);
        };
    }

    static List<String> formDialects() {
        return ShippedDialects.names().stream()
                .filter(name -> new Asked(ShippedDialects.dialect(name))
                        .endpoint(Operation.LOGIN)
                        .orElseThrow()
                        .request()
                        .mediaTypes()
                        .contains(BodyKind.FORM))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("formDialects")
    void a_form_of_many_fields_or_of_deep_names_is_no_work(String name) {
        Asked asked = new Asked(ShippedDialects.dialect(name));
        LoginApi mount = new RunningApp.Parts().mount(asked.dialect()).withMaxBodyBytes(LARGE);
        String deep = "[a]".repeat(1600);
        String part = "--b\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n1\r\n";
        try (RunningApp app = RunningApp.start(mount)) {
            for (String body : List.of(
                    "a=1&".repeat(200_000),
                    "&".repeat(LARGE),
                    deep + "=1",
                    "a" + deep + "=1",
                    "a" + deep + deep + "=1&b=2",
                    "a[" + "b".repeat(500_000) + "]=1",
                    "a" + "[b]".repeat(300_000) + "=1",
                    "a" + "[".repeat(1_000_000) + "=1")) {
                checkForm(app, asked, "application/x-www-form-urlencoded", body);
            }
            for (String field : List.of(deep, "a" + deep, "a[b]".repeat(1000))) {
                checkForm(app, asked, "multipart/form-data; boundary=b", part.formatted(field) + "--b--\r\n");
            }
            checkForm(
                    app,
                    asked,
                    "multipart/form-data; boundary=b",
                    part.formatted("a").repeat(15_000) + "--b--\r\n");
        }
    }

    private static void checkForm(RunningApp app, Asked asked, String type, String body) {
        long start = System.nanoTime();
        RawAnswer answer = app.send(
                RawRequest.post(asked.loginPath()).header("Content-Type", type).body(body));
        String shown = body.substring(0, 20);
        Reason collapsed = asked.login().request().collapsed();
        OwnAnswer.check(
                answer,
                asked.dialect(),
                shown,
                Reason.UNPARSEABLE_BODY,
                collapsed == null ? Reason.INVALID_FIELDS : collapsed);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).as(shown).isLessThan(LONG);
    }
}
