package dev.countersign.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.countersign.AuthBuilder;
import dev.countersign.AuthFault;
import dev.countersign.api.LoginApi;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.file.DialectReader;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.FailingStore;
import dev.countersign.javalin.http.OpenRequest;
import dev.countersign.javalin.http.RawAnswer;
import dev.countersign.javalin.http.RawRequest;
import dev.countersign.javalin.http.RunningApp;
import dev.countersign.javalin.http.TestSessions;
import dev.countersign.port.PasswordHasher;
import dev.countersign.testkit.fake.InMemoryUserStore;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import dev.countersign.testkit.fixture.MutableClock;
import dev.countersign.testkit.fixture.NamedUsers;
import dev.countersign.throttle.ThrottlePolicy;
import dev.countersign.usecase.Throttle;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page about dialects says which reasons are raised; requests raise exactly those. */
class RaisedReasonsTest {

    private static final String FILE = """
            dialect: raising
            title: Each error says its reason
            token:
              header: {alg: HS256}
              claims: {iss: ISSUER, sub: "${user.uuid}", iat: "${token.issued_at | epoch-seconds}", exp: "${token.expires_at | epoch-seconds}"}
              subject: /sub
              match_claims: [/iss]
              lifetime: 1h
            token_in: [{header: Authorization, scheme: Bearer}]
            refresh_token: {idle: 3h, grace: 1s}
            refresh_token_in: [{body: /refresh}]
            operations:
              login:
                routes: [POST /login]
                media_types: [application/json]
                required_headers: [X-Client]
                constants: {/kind: local}
                fields:
                  identifier: {at: /email, kind: email}
                  password: {at: /password}
                answer: {body: &tokens {token: "${token}", refresh: "${refresh_token}"}}
              refresh:
                routes: [POST /refresh]
                media_types: [application/json]
                answer: {body: *tokens}
              end_session:
                routes: ["DELETE /sessions/{session.id}"]
                answer: {status: 204}
              register:
                routes: [POST /users]
                media_types: [application/json]
                fields:
                  email: {at: /email}
                  password: {at: /password}
                answer: {status: 204}
              me:
                routes: [GET /me]
                answer: {status: 204}
              update:
                routes: [PUT /me]
                media_types: [application/json]
                password_change: without_current_password
                fields:
                  password: {at: /password}
                answer: {status: 204}
            passwords: {minimum: 8}
            field_errors: {messages: {absent: x}}
            errors:
              defaults: {body: {reason: "${error.reason}", fields: "${fields}"}}
              bad_credentials: {}
              missing_token: {}
              bad_request: {}
              fault: {}
            """;

    private final MutableClock clock = new MutableClock();
    private final FailingStore users = new FailingStore(new InMemoryUserStore());
    private final PasswordHasher hasher = PlainPasswordHasher.keepingPasswordsInTheClear();
    private final Set<Reason> raised = new TreeSet<>();

    private static Dialect dialect(String issuer) throws Exception {
        return DialectReader.read("raising.yaml", FILE.replace("ISSUER", issuer), Map.of());
    }

    private static RawRequest login(String email, String password) {
        return RawRequest.post("/login")
                .header("X-Client", "test")
                .json("{\"kind\":\"local\",\"email\":\"" + email + "\",\"password\":\"" + password + "\"}");
    }

    private static RawRequest me(String... authorizations) {
        RawRequest me = RawRequest.get("/me");
        for (String authorization : authorizations) {
            me = me.header("Authorization", "Bearer " + authorization);
        }
        return me;
    }

    private void ask(RunningApp app, RawRequest request) {
        raise(app.send(request));
    }

    private void raise(RawAnswer answer) {
        assertThat(answer.status()).as(answer.toString()).isGreaterThanOrEqualTo(400);
        raised.add(Reason.valueOf(answer.text("/reason").toUpperCase(Locale.ROOT)));
    }

    @Test
    void the_reasons_that_the_page_has_as_raised_are_those_that_requests_raise() throws Exception {
        NamedUsers.storeIn(users, hasher);
        Dialect here = dialect("here");
        KeyMaterial key = DialectServer.newKey(here, clock);
        AuthBuilder auth = DialectServer.builder(here, users, hasher, key, clock)
                .throttle(Throttle.inProcess(clock, new SecureRandom()));
        LoginApi mount = LoginApi.of(TestSessions.add(auth, here, users, clock).build());
        LoginApi elsewhere = DialectServer.mount(dialect("elsewhere"), users, hasher, key, clock)
                .under("/elsewhere");
        RequireLogin guard = RequireLogin.of(mount);
        AuthPlugin plugin =
                AuthPlugin.mounting(ImmutableList.of(mount, elsewhere)).withBodyTimeout(Duration.ofSeconds(1));
        try (RunningApp app = RunningApp.start(plugin, config -> {
            config.routes.before("/admin", guard);
            config.routes.get("/admin", context -> guard.refuse(context, Reason.FORBIDDEN));
        })) {
            RawRequest good = login("han@falcon.example", Asked.PASSWORD);
            String token = Asked.token(app.send(good));
            requests(app);
            slow(app);
            tokens(
                    app,
                    token,
                    Asked.token(app.send(RawRequest.post("/elsewhere/login")
                            .header("X-Client", "test")
                            .json("{\"kind\":\"local\",\"email\":\"han@falcon.example\",\"password\":\""
                                    + Asked.PASSWORD + "\"}"))));
            ask(app, RawRequest.get("/admin").header("Authorization", "Bearer " + token));
            sessions(app, token, good);
            times(app, token, good);
            tooMany(app);
            faults(app, good);
        }
        assertThat(raised).isEqualTo(documented());
    }

    private void requests(RunningApp app) {
        ask(app, login("han@falcon.example", "wrong"));
        ask(app, login("greedo@rodia.example", "shoots too late, always"));
        ask(app, RawRequest.post("/login").json("{}"));
        ask(app, login("a", "b").json("{\"kind\":\"other\"}"));
        ask(app, RawRequest.post("/login").header("X-Client", "a").json("{\"kind\":\"local\"}"));
        ask(app, RawRequest.post("/users").json("{"));
        ask(app, RawRequest.post("/users").header("Content-Type", "text/plain").body("x"));
        ask(app, RawRequest.post("/users").json("{\"email\":\"" + "x".repeat(100_000) + "\"}"));
        ask(app, RawRequest.post("/users").json("{\"email\":\"han@falcon.example\",\"password\":\"a long one\"}"));
        ask(app, RawRequest.get("/login"));
        ask(app, RawRequest.get("/elsewhere/nothing"));
    }

    private void slow(RunningApp app) throws IOException {
        try (OpenRequest request =
                OpenRequest.to(app.port()).json("POST", "/users", 100).send("{")) {
            raise(request.answer(Duration.ofSeconds(20)).orElseThrow());
        }
    }

    private void tokens(RunningApp app, String token, String foreign) {
        ask(app, me());
        ask(app, me(""));
        ask(app, me("a b"));
        ask(app, me("rubbish"));
        ask(app, me(token, foreign));
        ask(app, me(foreign));
        String signature = token.substring(token.lastIndexOf('.') + 1);
        String other = (signature.startsWith("A") ? "B" : "A") + signature.substring(1);
        ask(app, me(token.replace(signature, other)));
    }

    private void sessions(RunningApp app, String token, RawRequest login) {
        ask(app, RawRequest.of("DELETE", "/sessions/none").header("Authorization", "Bearer " + token));
        ask(app, RawRequest.post("/refresh").json("{}"));
        ask(app, refresh("unknown"));
        // A token of the same second has the same text, and would end with the other's session.
        clock.advance(Duration.ofSeconds(1));
        String first = app.send(login).text("/refresh");
        String second = app.send(refresh(first)).text("/refresh");
        clock.advance(Duration.ofSeconds(2));
        ask(app, refresh(first));
        ask(app, refresh(second));
        String idle = app.send(login).text("/refresh");
        clock.advance(Duration.ofHours(3));
        ask(app, refresh(idle));
        clock.advance(Duration.ofHours(-3).minusSeconds(3));
    }

    private static RawRequest refresh(String token) {
        return RawRequest.post("/refresh").json("{\"refresh\":\"" + token + "\"}");
    }

    private void times(RunningApp app, String token, RawRequest login) {
        clock.advance(Duration.ofHours(-2));
        ask(app, me(token));
        clock.advance(Duration.ofHours(4));
        ask(app, me(token));
        String fresh = Asked.token(app.send(login));
        clock.advance(Duration.ofSeconds(5));
        RawAnswer changed = app.send(RawRequest.of("PUT", "/me")
                .header("Authorization", "Bearer " + fresh)
                .json("{\"password\":\"another long one\"}"));
        assertThat(changed.status()).isEqualTo(204);
        ask(app, me(fresh));
    }

    private void tooMany(RunningApp app) {
        for (int i = 0; i <= ThrottlePolicy.DEFAULT.freeForUser(); i++) {
            ask(app, login("boba@fett.example", "wrong"));
        }
        for (int i = 0; i <= ThrottlePolicy.DEFAULT.freeForNetwork(); i++) {
            ask(app, login("trooper" + i + "@empire.example", "wrong"));
        }
    }

    private void faults(RunningApp app, RawRequest login) {
        users.failWith(() -> new IllegalStateException("broken"));
        ask(app, login);
        users.failWith(() -> AuthFault.temporary("later", new IllegalStateException("busy")));
        ask(app, login);
    }

    private static Set<Reason> documented() {
        DialectsPage page = DialectsPage.read();
        return Arrays.stream(Reason.values())
                .filter(reason -> {
                    String text = page.section("errors." + reason.word());
                    return !text.contains("Only for the reasons that fall back to it.");
                })
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
