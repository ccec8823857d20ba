package dev.countersign.api;

import dev.countersign.Auth;
import dev.countersign.AuthBuilder;
import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.file.DialectReader;
import dev.countersign.file.InvalidFileException;
import dev.countersign.json.Json;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import dev.countersign.testkit.fake.InMemorySessionStore;
import dev.countersign.testkit.fake.InMemoryUnitOfWork;
import dev.countersign.testkit.fake.InMemoryUserStore;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import dev.countersign.testkit.fixture.MutableClock;
import dev.countersign.testkit.fixture.NamedUsers;
import dev.countersign.testkit.fixture.SeededRandom;
import dev.countersign.usecase.Sessions;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A login API with sessions over stores in memory, without a server; the named users are in its store. */
final class SessionApi implements AutoCloseable {

    static final String LOGIN = """
            dialect: small
            title: A small one
            token:
              header: {alg: HS256}
              claims: {sub: "${user.uuid}", jti: "${token.id}", exp: "${token.expires_at | epoch-seconds}"}
              subject: /sub
              lifetime: 1h
            refresh_token: {}
            refresh_token_in: [{body: /refresh}]
            token_in: [{header: Authorization, scheme: Bearer}]
            operations:
              login:
                routes: [POST /login]
                media_types: [application/json]
                fields:
                  identifier: {at: /email, kind: email}
                  password: {at: /password}
                answer:
                  body: &tokens
                    access: "${token}"
                    refresh: "${refresh_token | omit}"
                    seconds: "${refresh_token.lifetime | omit}"
              me:
                routes: [GET /me]
                answer:
                  body: {id: "${user.uuid}"}
              refresh:
                routes: [POST /refresh]
                media_types: [application/json]
                answer:
                  body: *tokens
            """;
    static final String ERRORS = """
            field_errors:
              messages:
                absent: is missing
            errors:
              defaults: {body: {error: "${error.reason}"}}
              bad_credentials: {}
              missing_token: {}
              bad_request: {}
              fault: {}
            """;

    /** Every operation on sessions. */
    static final String OPERATIONS = """
            logout:
              routes: ["POST /logout?scope=local"]
              answer: {status: 204}
            logout-others:
              kind: logout
              ends: other_sessions
              routes: ["POST /logout?scope=others"]
              answer: {status: 204}
            logout-all:
              kind: logout
              ends: all_sessions
              routes: [POST /logout]
              answer: {body: {ended: all}}
            forget:
              kind: logout
              by: refresh_token
              routes: [POST /forget]
              media_types: [application/json]
              answer:
                status: 204
                cookies: [{name: fresh, value: "", path: /refresh, max_age: 0s}]
            leave:
              kind: logout
              by: either_token
              routes: [POST /leave]
              media_types: [application/json]
              answer: {status: 204}
            sessions:
              routes: [GET /sessions]
              each:
                id: "${session.id}"
                created: "${session.created_at | epoch-seconds}"
                used: "${session.last_used_at | epoch-seconds}"
                expires: "${session.expires_at | iso}"
                client: "${session.client}"
                current: "${session.current}"
              answer: {body: {sessions: "${sessions}"}}
            end_session:
              routes: ["DELETE /sessions/{session.id}"]
              answer: {status: 204}
            password:
              routes: [POST /password]
              media_types: [application/json]
              fields:
                current_password: {at: /old}
                password: {at: /new}
              answer:
                body: *tokens
            """;

    private final InMemoryUserStore users = new InMemoryUserStore();
    private final PlainPasswordHasher hasher = PlainPasswordHasher.keepingPasswordsInTheClear();
    private final InMemorySessionStore store = new InMemorySessionStore(users.changes());
    private final SeededRandom random = new SeededRandom(7);
    private final KeyRing keys;
    private final Sessions sessions;
    final MutableClock clock = new MutableClock();

    SessionApi() {
        NamedUsers.storeIn(users, hasher);
        this.keys = KeyRing.signingWith(KeyMaterial.generate(SigningAlgorithm.HS256, MutableClock.START, random));
        this.sessions = Sessions.over(store, users.changes(), new InMemoryUnitOfWork(users, store), clock)
                .start();
    }

    /** The small dialect with more operations, and with parts replaced: what, by what, and so on. */
    static String file(String operations, String... replaced) {
        String text = LOGIN + operations.indent(2) + ERRORS;
        for (int i = 0; i < replaced.length; i += 2) {
            if (!text.contains(replaced[i])) {
                throw new IllegalArgumentException("there is no " + replaced[i]);
            }
            text = text.replace(replaced[i], replaced[i + 1]);
        }
        return text;
    }

    LoginApi mount(String file) {
        return mount(file, "small");
    }

    LoginApi mount(String file, String name) {
        return mount(read(file), name);
    }

    LoginApi mount(Dialect dialect, String name) {
        return LoginApi.of(builder(dialect).sessions(sessions, name).build());
    }

    AuthBuilder builder(Dialect dialect) {
        return Auth.builder()
                .users(users)
                .hasher(hasher)
                .dialect(dialect, new JjwtTokenCodec(keys, random), "123456789012345"::equals)
                .clock(clock)
                .random(random);
    }

    static Dialect read(String file) {
        try {
            return DialectReader.read("small.yaml", file, Map.of());
        } catch (InvalidFileException invalid) {
            throw new AssertionError(invalid.getMessage(), invalid);
        }
    }

    static Answer logIn(LoginApi api) {
        return logIn(api, "kessel run in 12 parsecs");
    }

    static Answer logIn(LoginApi api, String password) {
        return api.handle(Request.of("POST", "/login")
                .header("User-Agent", "Falcon/1.0\u0007")
                .json("{\"email\":\"han@falcon.example\",\"password\":\"" + password + "\"}"));
    }

    static Answer refresh(LoginApi api, String token) {
        return api.handle(Request.of("POST", "/refresh").json("{\"refresh\":\"" + token + "\"}"));
    }

    static Request with(String access, String method, String target) {
        return Request.of(method, target).header("Authorization", "Bearer " + access);
    }

    static int me(LoginApi api, String access) {
        return api.handle(with(access, "GET", "/me")).status();
    }

    static String text(Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    static Json json(Answer answer) {
        try {
            return JsonText.read(text(answer));
        } catch (JsonSyntaxException broken) {
            throw new AssertionError(text(answer), broken);
        }
    }

    /** A text in the body; empty if it is absent. */
    static String text(Answer answer, String pointer) {
        return JsonPointer.parse(pointer).in(json(answer)).map(Json::toString).orElse("");
    }

    /** The status and the error's reason. */
    static String refusal(Answer answer) {
        return answer.status() + " " + text(answer, "/error");
    }

    @Override
    public void close() {
        sessions.close();
    }
}
