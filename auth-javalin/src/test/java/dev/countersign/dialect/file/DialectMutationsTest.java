package dev.countersign.dialect.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.countersign.api.LoginApi;
import dev.countersign.dialect.BodyKind;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.Field;
import dev.countersign.dialect.FieldTarget;
import dev.countersign.dialect.Operation;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.Route;
import dev.countersign.file.InvalidFileException;
import dev.countersign.file.Problem;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.RawAnswer;
import dev.countersign.javalin.http.RawRequest;
import dev.countersign.javalin.http.RunningApp;
import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.text.JsonText;
import dev.countersign.user.AttributeChange;
import dev.countersign.user.IdentifierKind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever is wrong with a file is a problem of the file; a file without problems is mounted and answers. */
@Tag("slow")
class DialectMutationsTest {

    private static final long SEED = 20261101;
    private static final int MUTATIONS = 400;
    private static final int MOUNTED = 30;

    @Test
    void a_file_that_passes_is_mounted_and_answers_on_each_of_its_routes() {
        FileMutations mutations = new FileMutations(SEED);
        RunningApp.Parts parts = new RunningApp.Parts();
        int refused = 0;
        int served = 0;
        for (String original : FileMutations.originals()) {
            Map<String, Dialect> passing = new LinkedHashMap<>();
            for (int i = 0; i < MUTATIONS; i++) {
                String text = mutations.mutated(original);
                Optional<Dialect> dialect = read(text);
                refused += dialect.isEmpty() ? 1 : 0;
                if (passing.size() < MOUNTED) {
                    dialect.ifPresent(one -> passing.putIfAbsent(text, one));
                }
            }
            serve(passing, parts);
            served += passing.size();
        }
        assertThat(refused).isGreaterThan(1200);
        assertThat(served).isGreaterThan(200);
    }

    private static Optional<Dialect> read(String text) {
        try {
            return Optional.of(DialectReader.read("mutated.yaml", text, Map.of()));
        } catch (InvalidFileException invalid) {
            assertThat(invalid.problems()).allSatisfy(DialectMutationsTest::checkProblem);
            return Optional.empty();
        } catch (RuntimeException | StackOverflowError fault) {
            throw new AssertionError("reading fails for\n" + text, fault);
        }
    }

    private static void checkProblem(Problem problem) {
        assertThat(problem.line()).isPositive();
        assertThat(problem.found()).isNotBlank();
        assertThat(problem.right()).isNotBlank().doesNotContain("null; ");
        assertThat(problem.toString()).doesNotContain("Exception", "java.", "dev.countersign");
    }

    private static void serve(Map<String, Dialect> passing, RunningApp.Parts parts) {
        List<LoginApi> mounts = new ArrayList<>();
        for (Map.Entry<String, Dialect> one : passing.entrySet()) {
            try {
                mounts.add(parts.mount(one.getValue()).under("/m" + mounts.size()));
            } catch (RuntimeException fault) {
                throw new AssertionError("mounting fails for\n" + one.getKey(), fault);
            }
        }
        try (RunningApp app = RunningApp.start(mounts, config -> {})) {
            int number = 0;
            for (Map.Entry<String, Dialect> one : passing.entrySet()) {
                ask(app, "/m" + number++, one.getValue(), one.getKey());
            }
        }
    }

    private static void ask(RunningApp app, String prefix, Dialect dialect, String text) {
        for (Endpoint endpoint : dialect.endpoints()) {
            for (Route route : endpoint.routes()) {
                RawAnswer answer = app.send(request(route, prefix, endpoint));
                check(answer, dialect, route + " of\n" + text);
                if (endpoint.operation() == Operation.LOGIN && answer.status() < 300) {
                    assertThat(answer.status())
                            .as(text)
                            .isEqualTo(endpoint.answer().status());
                }
            }
        }
    }

    /** A dialect's own answer, and no fault. */
    private static void check(RawAnswer answer, Dialect dialect, String asked) {
        Set<Integer> statuses = new TreeSet<>();
        dialect.endpoints().forEach(endpoint -> statuses.add(endpoint.answer().status()));
        dialect.errors().answers().forEach((reason, error) -> {
            if (reason != Reason.FAULT && reason != Reason.UNAVAILABLE) {
                statuses.add(error.template().status());
            }
        });
        assertThat(answer.all("X-Content-Type-Options"))
                .as("%s%n%s", asked, answer)
                .isNotEmpty();
        assertThat(statuses).as("%s%n%s", asked, answer).contains(answer.status());
    }

    /** A request as the endpoint wants it, for a user who is there. */
    private static RawRequest request(Route route, String prefix, Endpoint endpoint) {
        RawRequest request = RawRequest.of(
                route.method(), route.under(prefix).toString().split(" ", 2)[1].replaceAll("\\{[^}]*}", "x"));
        for (Map.Entry<String, String> header : endpoint.request().headers().entrySet()) {
            request = request.header(header.getKey(), header.getValue().isEmpty() ? "x" : header.getValue());
        }
        if (endpoint.request().mediaTypes().isEmpty() || !endpoint.request().hasBody()) {
            return request;
        }
        JsonObject body = body(endpoint);
        return endpoint.request().mediaTypes().contains(BodyKind.JSON)
                ? request.json(JsonText.write(body))
                : request.header("Content-Type", BodyKind.FORM.mediaType()).body(form("", body));
    }

    private static JsonObject body(Endpoint endpoint) {
        List<AttributeChange> members = new ArrayList<>();
        endpoint.request().constants().forEach((at, json) -> members.add(new AttributeChange(at.segments(), json)));
        for (Field field : endpoint.request().fields()) {
            String value = field.target() == FieldTarget.Named.IDENTIFIER ? name(field.kind()) : Asked.PASSWORD;
            members.add(new AttributeChange(field.at().segments(), new JsonString(value)));
        }
        return AttributeChange.apply(JsonObject.EMPTY, ImmutableList.copyOf(members));
    }

    private static String name(IdentifierKind kind) {
        return kind == IdentifierKind.USERNAME ? "han.solo" : "han@falcon.example";
    }

    private static String form(String prefix, JsonObject object) {
        return object.members().entrySet().stream()
                .map(member -> {
                    String name = prefix.isEmpty() ? member.getKey() : prefix + "[" + member.getKey() + "]";
                    Json value = member.getValue();
                    return value instanceof JsonObject inner
                            ? form(name, inner)
                            : name + "=" + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8);
                })
                .collect(Collectors.joining("&"));
    }
}
