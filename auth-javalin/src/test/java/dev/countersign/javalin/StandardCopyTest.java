package dev.countersign.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.file.DialectReader;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.RawAnswer;
import dev.countersign.javalin.http.RawRequest;
import dev.countersign.javalin.http.RunningApp;
import dev.countersign.javalin.http.RunningApp.Parts;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dialect {@code standard} where reverse proxies ask, and copies of it that ask for the current password. */
class StandardCopyTest {

    private static final String IDENTIFIERS = """
                  email: {at: /email, optional: true}
                  username: {at: /username, optional: true}
            """;
    private static final String NAME = "      attributes.name: ";
    private static final String UPDATE = """
              update:
                routes:
                  - PATCH /auth/me
                media_types: [application/json]
                fields:
            """;
    private static final String CURRENT = "      current_password: {at: /current_password}\n";
    private static final String OWN_OPERATION = """
              change_identifiers:
                kind: update
                routes:
                  - POST /auth/identifiers
                media_types: [application/json]
                fields:
            """;

    private final Parts parts = new Parts();

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "Bearer a b"})
    void a_refusal_that_a_proxy_gets_with_another_status_does_not_name_its_own(String value) {
        try (RunningApp app = RunningApp.start(parts.mount(ShippedDialects.dialect("standard")))) {
            RawAnswer own = app.send(RawRequest.get("/auth/me").header("Authorization", value));
            RawAnswer check = app.send(RawRequest.get("/auth/verify").header("Authorization", value));
            assertThat(own.status()).isEqualTo(400);
            assertThat(check.status()).isEqualTo(401);
            assertThat(check.body())
                    .isEqualTo(own.body())
                    .contains("carries no single access token")
                    .doesNotContain("\"status\"");
        }
    }

    @Test
    void a_copy_asks_for_the_current_password_in_every_update() throws Exception {
        try (RunningApp app = start(UPDATE + IDENTIFIERS, UPDATE + IDENTIFIERS + CURRENT)) {
            String token = token(app);
            RawRequest patch = RawRequest.of("PATCH", "/auth/me").header("Authorization", "Bearer " + token);
            assertAsks(app, patch);
            assertThat(app.send(patch.json("{\"name\":\"Han\"}")).status()).isEqualTo(422);
        }
    }

    @Test
    void a_copy_asks_for_the_current_password_only_where_identifiers_change() throws Exception {
        String own = OWN_OPERATION + IDENTIFIERS + CURRENT + "    answer: {status: 204}\n\n";
        try (RunningApp app = start(UPDATE + IDENTIFIERS, own + UPDATE)) {
            String token = token(app);
            assertAsks(app, RawRequest.post("/auth/identifiers").header("Authorization", "Bearer " + token));
            RawRequest patch = RawRequest.of("PATCH", "/auth/me").header("Authorization", "Bearer " + token);
            assertThat(app.send(patch.json("{\"name\":\"Han\",\"email\":\"thief@example.com\"}"))
                            .status())
                    .isEqualTo(200);
            assertThat(email(app, token)).isEqualTo("han@example.com");
        }
    }

    private RunningApp start(String from, String to) throws Exception {
        String text = ShippedDialects.text("standard");
        assertThat(text).contains(from + NAME);
        Dialect copy = DialectReader.read("copy.yaml", text.replace(from, to), Map.of());
        return RunningApp.start(parts.mount(copy));
    }

    private String token(RunningApp app) {
        return Asked.token(app.send(new Asked(ShippedDialects.dialect("standard")).goodLogin()));
    }

    private static String email(RunningApp app, String token) {
        return app.send(RawRequest.get("/auth/me").header("Authorization", "Bearer " + token))
                .text("/email");
    }

    private static void assertAsks(RunningApp app, RawRequest change) {
        RawAnswer absent = app.send(change.json("{\"email\":\"thief@example.com\"}"));
        RawAnswer wrong =
                app.send(change.json("{\"email\":\"thief@example.com\",\"current_password\":\"not it at all\"}"));
        RawAnswer right = app.send(change.json(
                "{\"email\":\"han@example.com\",\"current_password\":" + Asked.quoted(Asked.PASSWORD) + "}"));
        assertThat(absent.status()).isEqualTo(422);
        assertThat(absent.body()).contains("#/current_password");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body()).contains("is not the current password");
        assertThat(right.status()).as(right.body()).isIn(200, 204);
    }
}
