package dev.countersign.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.api.LoginApi;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.hashing.HashBudget;
import dev.countersign.hashing.HashLimits;
import dev.countersign.hashing.HashState;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.GatedHasher;
import dev.countersign.javalin.http.OwnAnswer;
import dev.countersign.javalin.http.RawAnswer;
import dev.countersign.javalin.http.RawRequest;
import dev.countersign.javalin.http.RunningApp;
import dev.countersign.password.RawPassword;
import dev.countersign.session.Client;
import dev.countersign.testkit.fake.InMemoryUserStore;
import dev.countersign.testkit.fixture.NamedUsers;
import dev.countersign.throttle.ClientAddress;
import dev.countersign.usecase.LogIn;
import dev.countersign.user.IdentifierKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** More logins than the budget for hashes lets run, held by a hasher that waits for the test. */
@Tag("slow")
class OverloadTest {

    private static final HashLimits LIMITS = new HashLimits(1, Duration.ofSeconds(60), 2, 1000);
    private static final int JETTY_THREADS = 8;

    private final GatedHasher hasher = new GatedHasher();
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private HashBudget budget = HashBudget.of(LIMITS);
    private RunningApp app;

    @AfterEach
    void stop() {
        hasher.open();
        callers.shutdown();
        app.close();
    }

    static List<String> dialects() {
        return ShippedDialects.names();
    }

    private LoginApi mount(String name) {
        InMemoryUserStore users = new InMemoryUserStore();
        NamedUsers.storeIn(users, hasher);
        RunningApp.Parts parts = new RunningApp.Parts(users, hasher);
        parts.budget = budget;
        return parts.mount(ShippedDialects.dialect(name));
    }

    private CompletableFuture<RawAnswer> send(RawRequest request) {
        return CompletableFuture.supplyAsync(() -> app.send(request), callers);
    }

    private void await(Predicate<HashState> condition) throws InterruptedException {
        for (int i = 0; i < 3000 && !condition.test(budget.state()); i++) {
            Thread.sleep(10);
        }
        assertThat(budget.state()).matches(condition);
    }

    /** A login from another address than the test's, which has no connection. */
    private void logInFrom(String address, LoginApi api) {
        CompletableFuture<?> unused = CompletableFuture.runAsync(
                () -> {
                    try (RawPassword raw = RawPassword.of("wrong")) {
                        Client client = new Client("", ClientAddress.of(address));
                        api.auth().logIn(new LogIn.Attempt(IdentifierKind.EITHER, address, raw, client));
                    }
                },
                callers);
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void a_client_with_its_share_is_throttled_in_the_words_of_the_dialect(String name) throws Exception {
        LoginApi api = mount(name);
        app = RunningApp.start(api);
        Asked asked = new Asked(api.dialect());
        hasher.shut();
        CompletableFuture<RawAnswer> running = send(asked.goodLogin());
        await(state -> state.running() == 1);
        CompletableFuture<RawAnswer> waiting = send(asked.goodLogin());
        await(state -> state.waiting() == 1);

        OwnAnswer.checkPassing(app.send(asked.goodLogin()), api.dialect(), Reason.THROTTLED);

        hasher.open();
        assertThat(running.get().status()).isLessThan(300);
        assertThat(waiting.get().status()).isLessThan(300);
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void a_full_queue_is_answered_as_unavailable_in_the_words_of_the_dialect(String name) throws Exception {
        LoginApi api = mount(name);
        app = RunningApp.start(api);
        hasher.shut();
        for (int i = 1; i <= 3; i++) {
            int before = i;
            logInFrom("192.0.2." + i, api);
            await(state -> state.running() + state.waiting() == before);
        }
        OwnAnswer.checkPassing(app.send(new Asked(api.dialect()).goodLogin()), api.dialect(), Reason.UNAVAILABLE);
        assertThat(budget.state().overloaded()).isEqualTo(1);
    }

    @Test
    void logins_that_wait_hold_none_of_the_servers_threads() throws Exception {
        budget = HashBudget.of(LIMITS.withQueue(400));
        LoginApi api = mount("realworld");
        List<String> after = new CopyOnWriteArrayList<>();
        app = RunningApp.start(List.of(api), config -> {
            config.jetty.threadPool = new QueuedThreadPool(JETTY_THREADS);
            // Shorter than the logins wait: their time is bounded by the budget.
            config.http.asyncTimeout = 50;
            config.routes.after(context -> after.add(context.path() + " " + context.statusCode()));
        });
        Asked asked = new Asked(api.dialect());
        String token = Asked.token(app.send(asked.goodLogin()));
        hasher.shut();
        List<CompletableFuture<RawAnswer>> waiting = new ArrayList<>();
        for (int i = 0; i < 4 * JETTY_THREADS; i++) {
            String name = "unknown" + i + "@example.org";
            waiting.add(send(asked.login(Asked.quoted(name), Asked.quoted("wrong password"))));
        }
        await(state -> state.running() + state.waiting() == waiting.size());

        for (int i = 0; i < 10; i++) {
            assertThat(app.send(asked.me(asked.scheme() + token)).status()).isEqualTo(200);
        }
        Thread.sleep(100);
        assertThat(waiting).noneMatch(CompletableFuture::isDone);

        hasher.open();
        for (CompletableFuture<RawAnswer> answer : waiting) {
            assertThat(answer.get().status())
                    .isEqualTo(api.dialect()
                            .errors()
                            .answer(Reason.BAD_CREDENTIALS)
                            .template()
                            .status());
        }
        assertThat(after)
                .as("handlers of the application run after each answer")
                .hasSize(waiting.size() + 11);
    }

    @Test
    void registrations_and_changes_are_refused_alike_and_change_nothing() throws Exception {
        LoginApi api = mount("realworld");
        app = RunningApp.start(api);
        hasher.shut();
        for (int i = 1; i <= 3; i++) {
            int before = i;
            logInFrom("192.0.2." + i, api);
            await(state -> state.running() + state.waiting() == before);
        }
        RawRequest register = RawRequest.post("/api/users")
                .json("{\"user\":{\"username\":\"late\",\"email\":\"late@example.org\","
                        + "\"password\":\"seven blue lanterns\"}}");
        OwnAnswer.checkPassing(app.send(register), api.dialect(), Reason.UNAVAILABLE);
        hasher.open();
        await(state -> state.running() + state.waiting() == 0);
        assertThat(app.send(register).status()).isEqualTo(201);
    }

    @Test
    void a_server_that_stops_answers_the_logins_that_wait() throws Exception {
        LoginApi api = mount("realworld");
        app = RunningApp.start(
                List.of(api), config -> config.jetty.modifyServer(server -> server.setStopTimeout(10_000)));
        Asked asked = new Asked(api.dialect());
        hasher.shut();
        CompletableFuture<RawAnswer> running = send(asked.goodLogin());
        await(state -> state.running() == 1);
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> app.close(), callers);
        Thread.sleep(300);
        hasher.open();
        stopped.get();
        assertThat(running.get().status()).isEqualTo(200);
    }
}
