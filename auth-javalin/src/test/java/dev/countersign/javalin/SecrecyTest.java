package dev.countersign.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import dev.countersign.AuthFault;
import dev.countersign.api.LoginApi;
import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Operation;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.ResponseTemplate;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.FailingStore;
import dev.countersign.javalin.http.RawAnswer;
import dev.countersign.javalin.http.RawRequest;
import dev.countersign.javalin.http.RunningApp;
import dev.countersign.password.RawPassword;
import dev.countersign.testkit.fake.InMemoryUserStore;
import dev.countersign.testkit.fixture.NamedUsers;
import dev.countersign.testkit.fixture.SeededRandom;
import dev.countersign.user.UserKey;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing secret is answered, logged or thrown, whatever happens. */
class SecrecyTest {

    private static final String SENTINEL = "SENTINEL-of-a-password-7f3a";
    private static final FailingStore STORE = new FailingStore(new InMemoryUserStore());
    // Hashes that a search for hashes finds.
    private static final RunningApp.Parts PARTS =
            new RunningApp.Parts(STORE, new BcryptPasswordHasher(10, new SeededRandom(1)));

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    static List<String> dialects() {
        return ShippedDialects.names();
    }

    @BeforeAll
    static void storeUsers() {
        NamedUsers.storeIn(STORE, PARTS.hasher);
    }

    @BeforeEach
    void capture() {
        PrintStream captured = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(captured);
        System.setErr(captured);
    }

    @AfterEach
    void release() {
        System.setOut(out);
        System.setErr(err);
        STORE.failWith(null);
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void a_token_stands_where_its_dialect_puts_it_and_nothing_else_secret_anywhere(String name) {
        Dialect dialect = ShippedDialects.dialect(name);
        Asked asked = new Asked(dialect);
        List<RawAnswer> refused = new ArrayList<>();
        RawAnswer in;
        RawAnswer me;
        String token;
        try (RunningApp app = RunningApp.start(PARTS.mount(dialect))) {
            in = app.send(asked.goodLogin());
            token = Asked.token(in);
            me = app.send(asked.me(asked.scheme() + token));
            refused.add(app.send(asked.login(Asked.quoted(asked.han()), Asked.quoted(SENTINEL))));
            refused.add(app.send(asked.login(Asked.quoted(SENTINEL), Asked.quoted(SENTINEL))));
            refused.add(app.send(asked.login("{\"" + SENTINEL + "\":1}", "[\"" + SENTINEL + "\"]")));
            refused.add(app.send(RawRequest.post(asked.loginPath()).json("{\"" + SENTINEL)));
            refused.add(app.send(asked.me(asked.scheme() + SENTINEL)));
            refused.add(app.send(asked.me(asked.scheme() + token + "x")));
            refused.addAll(faults(app, asked, token));
        }

        assertThat(count(in, token)).isEqualTo(slots(asked.login().answer()));
        assertThat(count(me, token))
                .isEqualTo(slots(asked.endpoint(Operation.ME).orElseThrow().answer())
                        + (dialect.authenticatedHeaders().isEmpty() ? 0 : 1));
        refused.forEach(answer -> {
            assertThat(answer.status()).isGreaterThanOrEqualTo(400);
            assertThat(answer.toString()).doesNotContain(token, SENTINEL, Asked.PASSWORD, "$2b$");
        });
        assertThat(in + "" + me).doesNotContain("$2b$", Asked.PASSWORD, hash());
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .as("what was logged")
                .contains("failed")
                .doesNotContain(token, SENTINEL, Asked.PASSWORD, "$2b$", "eyJ");
    }

    private static List<RawAnswer> faults(RunningApp app, Asked asked, String token) {
        List<RawAnswer> answers = new ArrayList<>();
        List<RuntimeException> failures = List.of(
                new AuthFault("the store is broken", new IllegalStateException("a row")),
                AuthFault.temporary("the store is away", new IllegalStateException("a connection")),
                new IllegalStateException("a store of somebody else's"));
        for (RuntimeException failure : failures) {
            STORE.failWith(() -> failure);
            RawAnswer login = app.send(asked.login(Asked.quoted(asked.han()), Asked.quoted(SENTINEL)));
            answers.add(login);
            answers.add(app.send(asked.me(asked.scheme() + token)));
            Reason reason =
                    failure instanceof AuthFault fault && fault.isTemporary() ? Reason.UNAVAILABLE : Reason.FAULT;
            assertThat(login.status())
                    .isEqualTo(
                            asked.dialect().errors().answer(reason).template().status());
            assertThat(login.all("Retry-After")).hasSize(reason == Reason.UNAVAILABLE ? 1 : 0);
            assertThat(login.body()).doesNotContain("store", "row", "Exception", "connection");
        }
        STORE.failWith(null);
        return answers;
    }

    private static String hash() {
        return Optional.ofNullable(STORE.page(null, 1).get(0))
                .flatMap(user -> STORE.find(new UserKey.ById(user.id())))
                .map(stored -> stored.hash())
                .orElseThrow()
                .revealForStorage();
    }

    private static int count(RawAnswer answer, String token) {
        return Splitter.on(token)
                        .splitToList(answer.headerLines() + answer.body())
                        .size()
                - 1;
    }

    private static int slots(ResponseTemplate answer) {
        int slots = (int) answer.headers().values().stream()
                .filter(value -> value.toString().contains("${token}"))
                .count();
        return answer.body() instanceof ResponseTemplate.Body.OfJson json
                ? slots
                        + Splitter.on("${token}")
                                .splitToList(json.json().toString())
                                .size()
                        - 1
                : slots;
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void secret_types_print_nothing(String name) {
        LoginApi mount = PARTS.mount(ShippedDialects.dialect(name));
        try (RawPassword password = RawPassword.of(SENTINEL)) {
            assertThat(mount + "" + password + mount.routes()).doesNotContain(SENTINEL, "$2b$");
        }
    }
}
