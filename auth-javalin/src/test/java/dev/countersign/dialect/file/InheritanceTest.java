package dev.countersign.dialect.file;

import static dev.countersign.dialect.file.SampleFile.problems;
import static dev.countersign.dialect.file.SampleFile.small;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.ErrorCatalogue.ErrorAnswer;
import dev.countersign.dialect.Field;
import dev.countersign.dialect.FieldFlaw;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.ResponseTemplate.Body;
import dev.countersign.template.SlotValue;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every part of an error is inherited by one rule: from the reason it falls back to, in the end from the defaults; null takes it away. */
class InheritanceTest {

    private static final String DEFAULTS = "defaults: {body: {error: \"${error.reason}\", fields: \"${fields}\"}}";

    private static ErrorAnswer answer(Reason reason, String... replaced) {
        return SampleFile.read(small(replaced)).errors().answer(reason);
    }

    private static String header(ErrorAnswer answer, String name) {
        return answer.template().headers().containsKey(name)
                ? answer.template()
                        .headers()
                        .get(name)
                        .fillText(slot -> SlotValue.ABSENT)
                        .orElse("")
                : "none";
    }

    private static String body(ErrorAnswer answer) {
        Body body = answer.template().body();
        return body instanceof Body.OfJson json
                ? json.json().pattern().toString()
                : body instanceof Body.OfText text ? text.text().pattern().toString() : "nothing";
    }

    @Test
    void a_body_has_the_content_type_of_the_reason_it_falls_back_to() {
        String bad = """
                bad_request: {content_type: application/problem+json, body: {a: b}}
                  unparseable_body: {body: {c: d}}
                  not_found: {content_type: text/html, text: nothing here}
                  unsupported_media_type: {content_type: null, body: {e: f}}
                  body_too_large: {content_type: null, text: g}""";
        String[] replaced = {"bad_request: {}", bad};

        assertThat(header(answer(Reason.UNPARSEABLE_BODY, replaced), "Content-Type"))
                .isEqualTo("application/problem+json");
        assertThat(header(answer(Reason.CONFLICTING_TOKENS, replaced), "Content-Type"))
                .isEqualTo("application/problem+json");
        assertThat(header(answer(Reason.NOT_FOUND, replaced), "Content-Type")).isEqualTo("text/html");
        assertThat(header(answer(Reason.UNSUPPORTED_MEDIA_TYPE, replaced), "Content-Type"))
                .isEqualTo("application/json");
        assertThat(header(answer(Reason.BODY_TOO_LARGE, replaced), "Content-Type"))
                .isEqualTo("text/plain; charset=utf-8");
        assertThat(header(answer(Reason.FAULT, replaced), "Content-Type")).isEqualTo("application/json");
    }

    @Test
    void a_content_type_alone_goes_with_an_inherited_body() {
        ErrorAnswer answer = answer(
                Reason.NOT_FOUND, "bad_request: {}", "bad_request: {}\n  not_found: {content_type: application/x}");

        assertThat(header(answer, "Content-Type")).isEqualTo("application/x");
        assertThat(body(answer)).contains("${error.reason}");
    }

    @Test
    void headers_are_inherited_one_by_one_and_null_takes_one_or_all_away() {
        String bad = "bad_request: {headers: {X-A: a, X-B: b}}\n  not_found: {headers: {x-a: null, X-C: c}}\n"
                + "  method_not_allowed: {headers: null}\n  throttled: {headers: {X-B: d, X-All: null}}";
        String[] replaced = {"bad_request: {}", bad, DEFAULTS, DEFAULTS.replace("{body", "{headers: {X-D: e}, body")};
        ErrorAnswer unparseable = answer(Reason.UNPARSEABLE_BODY, replaced);
        assertThat(unparseable.template().headers()).containsOnlyKeys("X-All", "Content-Type", "X-D", "X-A", "X-B");
        ErrorAnswer missing = answer(Reason.NOT_FOUND, replaced);
        assertThat(missing.template().headers()).containsOnlyKeys("X-All", "Content-Type", "X-D", "X-B", "X-C");
        assertThat(answer(Reason.METHOD_NOT_ALLOWED, replaced).template().headers())
                .containsOnlyKeys("Content-Type");
        ErrorAnswer throttled = answer(Reason.THROTTLED, replaced);
        assertThat(throttled.template().headers()).containsOnlyKeys("Content-Type", "X-D", "X-A", "X-B");
        assertThat(header(throttled, "X-B")).isEqualTo("d");
    }

    @Test
    void a_body_and_a_message_are_taken_away_by_null() {
        String bad = "bad_request: {message: Bad., text: \"${error.message}\"}\n  not_found: {text: null}\n"
                + "  method_not_allowed: {body: null}\n  throttled: {message: null}";
        String[] replaced = {"bad_request: {}", bad};

        for (Reason reason : new Reason[] {Reason.NOT_FOUND, Reason.METHOD_NOT_ALLOWED}) {
            ErrorAnswer answer = answer(reason, replaced);
            assertThat(body(answer)).isEqualTo("nothing");
            assertThat(answer.template().headers()).containsOnlyKeys("X-All");
            assertThat(answer.message()).isEqualTo("Bad.");
        }
        assertThat(answer(Reason.THROTTLED, replaced).message()).isEmpty();
        assertThat(body(answer(Reason.THROTTLED, replaced))).isEqualTo("${error.message}");
    }

    @Test
    void defaults_come_last_and_have_a_message_too() {
        String[] replaced = {DEFAULTS, "defaults: {message: No., text: \"${error.message}\", content_type: text/x}"};

        assertThat(answer(Reason.FORBIDDEN, replaced).message()).isEqualTo("No.");
        assertThat(header(answer(Reason.FORBIDDEN, replaced), "Content-Type")).isEqualTo("text/x");
        assertThat(problems(small(DEFAULTS, "defaults: {status: 400}")))
                .containsExactly(
                        "/errors/defaults/status: the status has no default: every reason has one; leave it out");
    }

    @Test
    void a_status_is_the_own_or_that_of_HTTP_or_that_of_the_fallback() {
        String[] replaced = {"bad_request: {}", "bad_request: {status: 418}\n  invalid_fields: {status: 422}"};

        assertThat(answer(Reason.UNPARSEABLE_BODY, replaced).template().status())
                .isEqualTo(418);
        assertThat(answer(Reason.NOT_FOUND, replaced).template().status()).isEqualTo(404);
        assertThat(answer(Reason.DUPLICATE_IDENTIFIER, replaced).template().status())
                .isEqualTo(409);
        assertThat(problems(small("bad_request: {}", "bad_request: {status: null}")))
                .hasSize(1);
    }

    @Test
    void an_answer_takes_away_what_all_answers_have() {
        Dialect dialect = SampleFile.read(small(
                "body: {id: \"${user.uuid}\"}", "headers: {X-All: null}\n      content_type: null\n      body: null"));

        assertThat(dialect.endpoints().get(1).answer().headers()).isEmpty();
        assertThat(dialect.endpoints().get(1).answer().body()).isInstanceOf(Body.Nothing.class);
        assertThat(problems(small("X-All: all", "X-All: null")))
                .containsExactly("/answers/headers/X-All: there is no such header to remove; leave it out");
        assertThat(problems(small("headers: {X-All: all}", "headers: null")))
                .containsExactly("/answers/headers: there are no headers to remove; leave it out");
    }

    @Test
    void a_variant_has_the_same_rule_and_nothing_of_the_other_errors() {
        String variant = """
                error_variants:
                  - header: Accept
                    value: application/x
                    errors:
                      defaults: {content_type: application/x}
                      bad_credentials: {}
                      missing_token: {}
                      bad_request: {headers: {X-A: a}, body: {a: b}}
                      not_found: {headers: {X-A: null}, body: {c: d}}
                      fault: {}
                """;
        Dialect dialect = SampleFile.read(small("bad_request: {}", "bad_request: {headers: {X-B: b}}") + variant);
        ErrorAnswer found = dialect.variants().get(0).errors().answer(Reason.NOT_FOUND);

        assertThat(found.template().headers()).containsOnlyKeys("X-All", "Content-Type");
        assertThat(header(found, "Content-Type")).isEqualTo("application/x");
        assertThat(body(dialect.variants().get(0).errors().answer(Reason.FAULT)))
                .isEqualTo("nothing");
    }

    @Test
    void codes_fall_back_as_messages_do() {
        String texts = "absent: is missing\n    malformed: is odd\n    empty: null\n"
                + "  codes: {malformed: E2, too_short: E3, empty: null}";
        Dialect dialect = SampleFile.read(small("absent: is missing", texts));
        Map<FieldFlaw, String> codes = dialect.fieldErrors().codes();

        assertThat(codes)
                .containsEntry(FieldFlaw.MALFORMED, "E2")
                .containsEntry(FieldFlaw.WRONG_TYPE, "E2")
                .containsEntry(FieldFlaw.TOO_COMMON, "E2")
                .containsEntry(FieldFlaw.LIKE_IDENTIFIER, "E2")
                .containsEntry(FieldFlaw.TOO_SHORT, "E3")
                .containsEntry(FieldFlaw.TOO_MANY_BYTES, "E2")
                .containsEntry(FieldFlaw.ABSENT, "absent")
                .containsEntry(FieldFlaw.NULL_VALUE, "null_value")
                .doesNotContainKey(FieldFlaw.EMPTY);
        Field field = dialect.endpoints().get(0).request().fields().get(0);
        assertThat(field.messages().get(FieldFlaw.WRONG_TYPE)).hasToString("Templateis odd");
        assertThat(field.messages()).doesNotContainKey(FieldFlaw.EMPTY);
    }

    @Test
    void the_message_of_a_flaw_wins_over_that_of_its_fallback_wherever_they_are() {
        String file = small(
                "absent: is missing",
                "absent: is missing\n    malformed: is odd",
                "{at: /password}",
                "{at: /password, messages: {absent: password please}}");
        Map<FieldFlaw, ?> messages = SampleFile.read(file)
                .endpoints()
                .get(0)
                .request()
                .fields()
                .get(1)
                .messages();

        assertThat(messages.get(FieldFlaw.ABSENT)).hasToString("Templatepassword please");
        assertThat(messages.get(FieldFlaw.EMPTY)).hasToString("Templatepassword please");
        assertThat(messages.get(FieldFlaw.MALFORMED)).hasToString("Templateis odd");
        assertThat(messages.get(FieldFlaw.WRONG_TYPE)).hasToString("Templateis odd");
    }
}
