package dev.countersign.javalin;

import static dev.countersign.javalin.http.Asked.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.countersign.api.LoginApi;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.OwnAnswer;
import dev.countersign.javalin.http.RawAnswer;
import dev.countersign.javalin.http.RawRequest;
import dev.countersign.javalin.http.RunningApp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is sent, every dialect answers in its own words. */
@Tag("slow")
class HostileRequestTest {

    private static final int LARGE_BODY = 300_000;
    private static final Map<String, RunningApp> APPS = new LinkedHashMap<>();

    static List<String> dialects() {
        return ShippedDialects.names();
    }

    private static RunningApp app(String name) {
        return APPS.computeIfAbsent(name, made -> {
            LoginApi mount = new RunningApp.Parts().mount(ShippedDialects.dialect(made));
            LoginApi large = mount.under("/large").withMaxBodyBytes(LARGE_BODY);
            return RunningApp.start(mount, large);
        });
    }

    @AfterAll
    static void stop() {
        APPS.values().forEach(RunningApp::close);
        APPS.clear();
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void hostile_requests_get_the_dialects_own_answer(String name) {
        Dialect dialect = ShippedDialects.dialect(name);
        ImmutableList<HostileRequests.Hostile> all = new HostileRequests(new Asked(dialect)).all();
        SoftAssertions softly = new SoftAssertions();
        for (HostileRequests.Hostile hostile : all) {
            softly.assertThatCode(() -> {
                        RawAnswer answer = app(name).send(hostile.request());
                        OwnAnswer.check(
                                answer, dialect, hostile, hostile.reasons().toArray(Reason[]::new));
                        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
                    })
                    .as(hostile.name().substring(0, Math.min(80, hostile.name().length())))
                    .doesNotThrowAnyException();
        }
        softly.assertAll();
        assertThat(all).hasSizeGreaterThan(100);
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void a_good_login_still_passes_and_its_token_holds(String name) {
        Asked asked = new Asked(ShippedDialects.dialect(name));
        RawAnswer in = app(name).send(asked.goodLogin());
        String token = Asked.token(in);

        assertThat(in.status()).as(in.body()).isEqualTo(200);
        assertThat(app(name).send(asked.me(asked.scheme() + token)).status()).isEqualTo(200);
        assertThat(app(name)
                        .send(RawRequest.post(asked.loginPath())
                                .header("Content-Type", "Application/JSON ; Charset=\"UTF-8\"")
                                .body(asked.body(quoted(asked.han()), quoted(Asked.PASSWORD))))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void two_different_tokens_that_hold_are_refused_and_one_sent_twice_passes(String name) {
        Asked asked = new Asked(ShippedDialects.dialect(name));
        RunningApp app = app(name);
        String token = Asked.token(app.send(asked.goodLogin()));
        String other = token.substring(0, token.length() - 1) + (token.endsWith("A") ? "B" : "A");
        String header = asked.header().name();

        OwnAnswer.check(
                app.send(asked.me(asked.scheme() + token).header(header, asked.scheme() + other)),
                asked.dialect(),
                "two tokens",
                Reason.CONFLICTING_TOKENS);
        assertThat(app.send(asked.me(asked.scheme() + token).header(header, asked.scheme() + token))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void a_password_of_100_kB_is_a_wrong_one_where_such_bodies_are_read(String name) {
        Asked asked = new Asked(ShippedDialects.dialect(name));
        RawRequest request = RawRequest.post("/large" + asked.loginPath())
                .json(asked.body(quoted(asked.han()), quoted("p".repeat(100_000))));

        OwnAnswer.check(app(name).send(request), asked.dialect(), "100 kB", Reason.BAD_CREDENTIALS);
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void an_unknown_path_below_a_prefix_is_the_dialects(String name) {
        Dialect dialect = ShippedDialects.dialect(name);
        for (String path : List.of("/large/nowhere", "/large/", "/large" + new Asked(dialect).loginPath() + "x")) {
            for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
                OwnAnswer.check(
                        app(name).send(RawRequest.of(method, path)), dialect, method + " " + path, Reason.NOT_FOUND);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void a_wrong_method_is_told_the_right_ones(String name) {
        Asked asked = new Asked(ShippedDialects.dialect(name));

        assertThat(app(name).send(RawRequest.get(asked.loginPath())).header("Allow"))
                .isEqualTo("POST");
        assertThat(app(name).send(RawRequest.of("DELETE", asked.mePath())).header("Allow"))
                .startsWith("GET, HEAD");
        RawAnswer head = app(name).send(RawRequest.of("HEAD", asked.loginPath()));
        assertThat(head.status())
                .isEqualTo(asked.dialect()
                        .errors()
                        .answer(Reason.METHOD_NOT_ALLOWED)
                        .template()
                        .status());
    }
}
