package dev.countersign.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.Field;
import dev.countersign.dialect.FieldTarget;
import dev.countersign.dialect.Operation;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.RunningApp.Parts;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.text.JsonText;
import dev.countersign.throttle.ThrottlePolicy;
import dev.countersign.user.AttributeChange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each shipped dialect answers to a login that has to wait. */
class ThrottledAnswersTest {

    private static Request login(LoginApi api, String name) {
        Endpoint endpoint = api.dialect().endpoints().stream()
                .filter(one -> one.operation() == Operation.LOGIN)
                .findFirst()
                .orElseThrow();
        List<AttributeChange> values = new ArrayList<>();
        endpoint.request().constants().forEach((at, json) -> values.add(new AttributeChange(at.segments(), json)));
        for (Field field : endpoint.request().fields()) {
            if (field.target() == FieldTarget.Named.IDENTIFIER || field.target() == FieldTarget.Named.PASSWORD) {
                values.add(new AttributeChange(
                        field.at().segments(),
                        new JsonString(field.target() == FieldTarget.Named.IDENTIFIER ? name : "a wrong password")));
            }
        }
        Request request = Request.of("POST", endpoint.routes().get(0).path());
        for (Map.Entry<String, String> header : endpoint.request().headers().entrySet()) {
            request = request.header(header.getKey(), header.getValue().isEmpty() ? "any" : header.getValue());
        }
        String body = JsonText.write(AttributeChange.apply(JsonObject.EMPTY, values));
        RequestHead head = request.json(
                        AttributeChange.apply(JsonObject.EMPTY, values).toString())
                .head();
        return new Request(
                new RequestHead(head.method(), head.path(), head.query(), head.headers(), head.length(), "192.0.2.1"),
                Body.of(body));
    }

    private static Answer afterFailures(LoginApi api, int failures, String names) {
        for (int i = 0; i < failures; i++) {
            assertThat(api.handle(login(api, names.replace("#", Integer.toString(i))))
                            .status())
                    .isLessThan(500)
                    .isNotEqualTo(429);
        }
        return api.handle(login(api, names.replace("#", "last")));
    }

    private static String text(Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "analogue | 429 | is one too many | 429 | is one too many",
                "expressa | 429 | Too many requests. | 429 | Too many requests.",
                "payop | 429 | Too many requests from ip | 429 | Too many requests from ip",
                "realworld | 429 | is one too many | 429 | is one too many",
                "smarterselect | 401 | Your account is locked. | 429 | Too Many Requests",
                "standard | 429 | try again in 1 seconds | 429 | Try again in 1 seconds",
                "testpress | 429 | Expected available in 1 seconds. | 429 | Expected available in 1 seconds.",
            })
    void a_user_and_a_network_that_have_to_wait_are_told_so(
            String dialect, int ofUser, String user, int ofNetwork, String network) {
        Answer locked = afterFailures(
                new Parts().waiting().mount(ShippedDialects.dialect(dialect)),
                ThrottlePolicy.DEFAULT.freeForUser(),
                "nobody@example.com");
        assertThat(locked.status()).isEqualTo(ofUser);
        assertThat(text(locked)).contains(user);
        assertThat(locked.headers().first("Retry-After")).contains("1");

        Answer throttled = afterFailures(
                new Parts().waiting().mount(ShippedDialects.dialect(dialect)),
                ThrottlePolicy.DEFAULT.freeForNetwork(),
                "nobody#@example.com");
        assertThat(throttled.status()).isEqualTo(ofNetwork);
        assertThat(text(throttled)).contains(network);
        assertThat(throttled.headers().first("Retry-After")).contains("1");
    }

    @Test
    void every_shipped_dialect_is_listed_above() {
        assertThat(ShippedDialects.names())
                .containsExactlyInAnyOrder(
                        "analogue", "expressa", "payop", "realworld", "smarterselect", "standard", "testpress");
    }
}
