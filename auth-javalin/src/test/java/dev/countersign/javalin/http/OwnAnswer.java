package dev.countersign.javalin.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.ErrorCatalogue.ErrorAnswer;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.ResponseTemplate.Body;
import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import dev.countersign.template.SlotValue;
import dev.countersign.template.Slots;
import java.util.Arrays;

/** Tells whether an answer is the dialect's own. */
public final class OwnAnswer {

    private static final Slots NOTHING = name -> SlotValue.ABSENT;

    private OwnAnswer() {}

    /** Asserts that an answer is what the dialect writes for one of these reasons. */
    public static void check(RawAnswer answer, Dialect dialect, Object request, Reason... reasons) {
        checkHarmless(answer, request);
        assertThat(Arrays.stream(reasons).map(dialect.errors()::answer))
                .as("%s is answered %s %s", request, answer, Arrays.toString(reasons))
                .anyMatch(expected -> matches(answer, expected));
    }

    /** Asserts the same of the answer to a reverse proxy, which has no status but 401 and 403 for whatever is refused. */
    public static void checkForProxy(RawAnswer answer, Dialect dialect, Object request, Reason... reasons) {
        checkHarmless(answer, request);
        assertThat(answer.status()).as("%s is answered %s", request, answer).isIn(401, 403);
        assertThat(Arrays.stream(reasons).map(dialect.errors()::answer))
                .as("%s is answered %s %s", request, answer, Arrays.toString(reasons))
                .anyMatch(expected -> hasContent(answer, expected));
    }

    /** Asserts that a refusal that passes is what the dialect writes for its reason, and says when to try again. */
    public static void checkPassing(RawAnswer answer, Dialect dialect, Reason reason) {
        assertThat(matches(answer, dialect.errors().answer(reason)))
                .as("%s is answered %s", reason, answer)
                .isTrue();
        assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
        assertThat(answer.body()).doesNotContain("Exception", "dev.countersign.", "Fault");
    }

    /** Asserts that nothing of the inside shows. */
    public static void checkHarmless(RawAnswer answer, Object request) {
        assertThat(answer.status()).as("%s is answered %s", request, answer).isLessThan(500);
        assertThat(answer.body())
                .as("answer to %s", request)
                .doesNotContain(
                        "Exception", "dev.countersign", "io.javalin", "org.eclipse", "\tat ", "plain-new-", "$2b$");
    }

    private static boolean matches(RawAnswer answer, ErrorAnswer expected) {
        return answer.status() == expected.template().status() && hasContent(answer, expected);
    }

    private static boolean hasContent(RawAnswer answer, ErrorAnswer expected) {
        String type = expected.template().headers().containsKey("Content-Type")
                ? expected.template()
                        .headers()
                        .get("Content-Type")
                        .fillText(NOTHING)
                        .orElse("")
                : "";
        return answer.header("Content-Type").replace("; ", ";").equals(type.replace("; ", ";"))
                && hasForm(answer, expected.template().body());
    }

    private static boolean hasForm(RawAnswer answer, Body body) {
        if (body instanceof Body.OfJson json) {
            return hasForm(answer.json(), json.json().pattern());
        }
        return (body instanceof Body.Nothing) == answer.body().isEmpty();
    }

    private static boolean hasForm(Json found, Json pattern) {
        return pattern instanceof JsonObject wanted
                ? found instanceof JsonObject object
                        && wanted.members().keySet().equals(object.members().keySet())
                : found.typeName().equals(pattern.typeName())
                        || pattern.toString().startsWith("${");
    }
}
