package dev.countersign.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.file.DialectReader;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.OpenRequest;
import dev.countersign.javalin.http.RawAnswer;
import dev.countersign.javalin.http.RawRequest;
import dev.countersign.javalin.http.RunningApp;
import dev.countersign.jdbi.JdbiAuthStores;
import dev.countersign.jdbi.SqliteUrl;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import dev.countersign.testkit.fixture.NamedUsers;
import dev.countersign.user.Identifier;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserKey;
import dev.countersign.user.UserStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users who change themselves over HTTP, in a real file, by a dialect whose tokens end with the password. */
class OwnChangesTest {

    private static final String BOUND = ", cred: \"${token.credential}\"";
    private static final String FILE = """
            dialect: mine
            title: Mine
            token:
              header: {alg: HS256, typ: JWT}
              claims: {sub: "${user.id}", name: "${user.username}", iat: "${token.issued_at | epoch-seconds}",
                exp: "${token.expires_at | epoch-seconds}"MORE}
              subject: /sub
              lifetime: 1h
            token_in: [{header: Authorization, scheme: Bearer}]
            operations:
              login:
                routes: ["POST /in"]
                invalid_fields_as: bad_request
                media_types: [application/json]
                fields: {identifier: {at: /user, kind: either}, password: {at: /password}}
                answer: {body: {token: "${token}"}}
              me:
                routes: ["GET /me"]
                answer: {body: {email: "${user.email}"}}
              update:
                routes: ["PUT /me"]
                invalid_fields_as: bad_request
                media_types: [application/json]
                fields:
                  email: {at: /email, optional: true}
                  username: {at: /name, optional: true}
                  password: {at: /password, optional: true}
                  attributes.note: {at: /note, optional: true}
                password_change: without_current_password
                answer: {body: {token: "${token}", note: "${user.attributes.note}"}}
            errors:
              defaults: {body: {error: "${error.reason}"}}
              bad_credentials: {status: 401}
              missing_token: {status: 401}
              bad_request: {status: 400}
              fault: {status: 500}
              unavailable: {status: 503}
            """;
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private RunningApp.Parts parts = new RunningApp.Parts();

    @BeforeEach
    void store() {
        JdbiAuthStores stores = JdbiAuthStores.over(Jdbi.create(SqliteUrl.of(folder.resolve("auth.db"))));
        stores.migrate();
        parts = new RunningApp.Parts(stores.users(), PlainPasswordHasher.keepingPasswordsInTheClear());
        NamedUsers.storeIn(parts.users, parts.hasher);
    }

    private RunningApp start(String claim) throws Exception {
        Dialect dialect = DialectReader.read("mine.yaml", FILE.replace("MORE", claim), Map.of());
        return RunningApp.start(parts.mount(dialect));
    }

    private static RawAnswer login(RunningApp app) {
        return app.send(RawRequest.post("/in")
                .json("{\"user\":\"han.solo\",\"password\":" + Asked.quoted(Asked.PASSWORD) + "}"));
    }

    private static RawAnswer me(RunningApp app, String token) {
        return app.send(RawRequest.get("/me").header("Authorization", "Bearer " + token));
    }

    private static RawAnswer update(RunningApp app, String token, String body) {
        return app.send(RawRequest.of("PUT", "/me")
                .header("Authorization", "Bearer " + token)
                .json(body));
    }

    private StoredUser han() {
        return parts.users
                .find(new UserKey.ByUsername(Identifier.typed("han.solo")))
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", BOUND})
    void who_changes_the_own_password_gets_a_token_that_holds_and_the_former_ends(String claim) throws Exception {
        try (RunningApp app = start(claim)) {
            String before = Asked.token(login(app));
            RawAnswer changed = update(app, before, "{\"password\":\"a long password of mine\"}");
            assertThat(changed.status()).isEqualTo(200);
            String after = Asked.token(changed);
            assertThat(me(app, before).status()).isEqualTo(401);
            assertThat(me(app, after).status()).isEqualTo(200);
            assertThat(Asked.token(update(app, after, "{\"note\":\"x\"}"))).isEqualTo(after);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "disabled", "deleted"})
    void a_body_that_ends_after_its_token_was_revoked_changes_nothing(String how) throws Exception {
        try (RunningApp app = start("")) {
            String stolen = Asked.token(login(app));
            String body = "{\"email\":\"thief@example.com\",\"password\":\"a password of a thief\"}";
            try (OpenRequest held = OpenRequest.to(app.port())
                    .head(
                            "PUT",
                            "/me",
                            "Content-Type: application/json\r\nConnection: close\r\nAuthorization: Bearer " + stolen
                                    + "\r\n",
                            body.length())
                    .send(body.substring(0, 1))) {
                Thread.sleep(300);
                revoke(app, stolen, how);
                assertThat(held.send(body.substring(1))
                                .answer(SOON)
                                .orElseThrow()
                                .status())
                        .isEqualTo(401);
            }
            if (!how.equals("deleted")) {
                User user = han().user();
                assertThat(String.valueOf(user.email())).isEqualToIgnoringCase("han@falcon.example");
            }
        }
    }

    private void revoke(RunningApp app, String token, String how) {
        User user = han().user();
        switch (how) {
            case "password" ->
                assertThat(update(app, token, "{\"password\":\"a long password of mine\"}")
                                .status())
                        .isEqualTo(200);
            case "disabled" ->
                parts.users.update(user.toBuilder().status(UserStatus.DISABLED).build(), null);
            default -> parts.users.delete(user.id());
        }
    }

    @Test
    void ten_changes_of_one_user_at_once_are_all_made_or_refused_in_the_words_of_the_dialect() throws Exception {
        try (RunningApp app = start("")) {
            String token = Asked.token(login(app));
            ExecutorService clients = Executors.newFixedThreadPool(10);
            List<Callable<RawAnswer>> changes = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                String note = "{\"note\":\"n" + i + "\"}";
                changes.add(() -> update(app, token, note));
            }
            try {
                int made = 0;
                for (Future<RawAnswer> answer : clients.invokeAll(changes)) {
                    assertThat(answer.get().status()).isIn(200, 503);
                    made += answer.get().status() == 200 ? 1 : 0;
                }
                assertThat(made).isGreaterThan(9);
            } finally {
                clients.shutdownNow();
            }
        }
    }

    @Test
    void an_attribute_that_would_make_tokens_too_long_is_refused_where_it_is_stored() throws Exception {
        String claims = ", note: \"${user.attributes.note}\"";
        try (RunningApp app = start(claims)) {
            String token = Asked.token(login(app));
            RawAnswer refused = update(app, token, "{\"note\":\"" + "n".repeat(9000) + "\"}");
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body()).contains("error");
            assertThat(login(app).status()).isEqualTo(200);
            assertThat(update(app, token, "{\"note\":\"short\"}").status()).isEqualTo(200);
        }
    }
}
