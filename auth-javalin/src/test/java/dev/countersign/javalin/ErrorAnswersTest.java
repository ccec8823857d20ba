package dev.countersign.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.api.LoginApi;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.ErrorCatalogue.ErrorAnswer;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.ResponseTemplate.Body;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.json.text.JsonText;
import dev.countersign.port.PasswordHasher;
import dev.countersign.port.UserStore;
import dev.countersign.template.SlotValue;
import dev.countersign.template.Slots;
import dev.countersign.template.Template;
import dev.countersign.testkit.fake.InMemoryUserStore;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import dev.countersign.testkit.fixture.MutableClock;
import dev.countersign.testkit.fixture.NamedUsers;
import java.lang.reflect.Proxy;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Documented errors that no request brings about by itself, and what holds for all errors of a dialect. */
class ErrorAnswersTest {

    private static final String CHALLENGE = "WWW-Authenticate";

    static List<String> names() {
        return ShippedDialects.names();
    }

    private static ErrorAnswer answer(String dialect, Reason reason) {
        return ShippedDialects.dialect(dialect).errors().answer(reason);
    }

    private static String body(ErrorAnswer answer) {
        Slots slots = name -> switch (name.toString()) {
            case "error.message" -> SlotValue.of(answer.message());
            case "error.retry_after" -> SlotValue.of(42);
            default -> SlotValue.ABSENT;
        };
        return JsonText.write(((Body.OfJson) answer.template().body()).json().fill(slots));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "smarterselect | ACCOUNT_LOCKED | 401 | {\"error\":\"Your account is locked.\"}",
                "testpress | THROTTLED | 429 | {\"detail\":\"Request was throttled. Expected available in 42 seconds.\"}",
                "payop | THROTTLED | 429 | {\"message\":\"Too many requests from ip\"}",
                "payop | FORBIDDEN | 403 | {\"message\":\"Access denied.\"}",
                "payop | FAULT | 500 | {\"message\":\"Something went wrong, try again or contact support.\"}"
            })
    void a_documented_error_is_in_the_catalogue(String dialect, Reason reason, int status, String body) {
        ErrorAnswer answer = answer(dialect, reason);

        assertThat(answer.template().status()).isEqualTo(status);
        assertThat(body(answer)).isEqualTo(body);
    }

    @ParameterizedTest
    @CsvSource({
        "smarterselect,false",
        "analogue,false",
        "expressa,false",
        "testpress,true",
        "payop,false",
        "realworld,false",
        "standard,true"
    })
    void every_401_has_a_challenge_or_none_has(String name, boolean challenged) {
        Dialect dialect = ShippedDialects.dialect(name);
        dialect.errors().answers().forEach((reason, answer) -> {
            Map<String, Template> headers = answer.template().headers();
            if (answer.template().status() == 401) {
                assertThat(headers.containsKey(CHALLENGE)).as("%s", reason).isEqualTo(challenged);
            }
            assertThat(challenged || !headers.containsKey(CHALLENGE))
                    .as("%s", reason)
                    .isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("names")
    void no_error_is_without_a_body_or_stored(String name) {
        ShippedDialects.dialect(name).errors().answers().forEach((reason, answer) -> {
            assertThat(answer.template().body()).as("%s", reason).isInstanceOf(Body.OfJson.class);
            assertThat(answer.template().status()).as("%s", reason).isBetween(400, 599);
            assertThat(Optional.ofNullable(answer.template().headers().get("Cache-Control")))
                    .as("%s", reason)
                    .contains(Template.ofText("no-store"));
        });
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_broken_store_is_a_fault_in_the_words_of_the_dialect(String name) throws Exception {
        MutableClock clock = new MutableClock();
        InMemoryUserStore working = new InMemoryUserStore();
        AtomicBoolean broken = new AtomicBoolean();
        UserStore users = (UserStore) Proxy.newProxyInstance(
                UserStore.class.getClassLoader(), new Class<?>[] {UserStore.class}, (proxy, method, arguments) -> {
                    if (broken.get()) {
                        throw new IllegalStateException("the disk has the secret detail");
                    }
                    return method.invoke(working, arguments);
                });
        PasswordHasher hasher = PlainPasswordHasher.keepingPasswordsInTheClear();
        NamedUsers.storeIn(users, hasher);
        Dialect dialect = ShippedDialects.dialect(name);
        LoginApi mount = DialectServer.mount(dialect, users, hasher, DialectServer.newKey(dialect, clock), clock);
        try (DialectServer.Served server = DialectServer.serve(mount)) {
            WireClient client = new WireClient(dialect, server.address().toString());
            String token = client.logIn("Han@Falcon.example", "han.solo", "kessel run in 12 parsecs");
            broken.set(true);

            HttpResponse<String> answer = client.me(token);

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).isEqualTo(body(dialect.errors().answer(Reason.FAULT)));
        }
    }

    @Test
    void reasons_that_the_standard_tells_apart_for_bearer_tokens_are_told_apart() {
        String standard = ShippedDialects.names().get(0);

        assertThat(answer(standard, Reason.CONFLICTING_TOKENS).template().status())
                .isEqualTo(400);
        assertThat(answer(standard, Reason.FORBIDDEN)
                        .template()
                        .headers()
                        .get(CHALLENGE)
                        .toString())
                .contains("insufficient_scope");
    }
}
