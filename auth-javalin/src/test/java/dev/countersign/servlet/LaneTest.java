package dev.countersign.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.api.LoginApi;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.OpenRequest;
import dev.countersign.javalin.http.OwnAnswer;
import dev.countersign.javalin.http.RawAnswer;
import dev.countersign.javalin.http.RawRequest;
import dev.countersign.javalin.http.RunningApp.Parts;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that may hash a password on a thread of their own, with room for one more. */
class LaneTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final Dialect dialect = ShippedDialects.dialect("payop");
    private final Asked asked = new Asked(dialect);
    private final LoginApi api = new Parts().mount(dialect);
    private final ThreadPoolExecutor lane =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1));
    private final List<OpenRequest> open = new ArrayList<>();
    private PlainJetty server;

    @BeforeEach
    void start() {
        server = PlainJetty.start("/", LoginFilter.of(api).hashingOn(lane).withBodyTimeout(Duration.ofSeconds(1)));
    }

    @AfterEach
    void stop() {
        open.forEach(OpenRequest::close);
        server.close();
        lane.shutdownNow();
    }

    private RawAnswer send(RawRequest request) {
        return request.sendTo(server.port());
    }

    private OpenRequest login(int missing) {
        String body = asked.body(Asked.quoted(asked.han()), Asked.quoted(Asked.PASSWORD));
        OpenRequest request = OpenRequest.to(server.port())
                .head(
                        "POST",
                        asked.loginPath(),
                        "Content-Type: application/json\r\nConnection: close\r\n",
                        body.length())
                .send(body.substring(0, body.length() - missing));
        open.add(request);
        return request;
    }

    private CountDownLatch occupy() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        lane.execute(() -> {
            busy.countDown();
            try {
                release.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        busy.await();
        return release;
    }

    private void awaitQueue(int size) throws InterruptedException {
        for (int i = 0; i < 500 && lane.getQueue().size() != size; i++) {
            Thread.sleep(10);
        }
        assertThat(lane.getQueue()).hasSize(size);
    }

    @Test
    void a_full_lane_answers_in_the_words_of_the_dialect_and_holds_up_nobody_else() throws Exception {
        String token = Asked.token(send(asked.goodLogin()));
        CountDownLatch release = occupy();
        OpenRequest waiting = login(0);
        awaitQueue(1);

        RawAnswer full = send(asked.goodLogin());
        assertThat(full.status()).isEqualTo(503);
        assertThat(full.text("/message"))
                .isEqualTo(dialect.errors().answer(Reason.UNAVAILABLE).message());
        assertThat(send(asked.me(asked.scheme() + token)).status()).isEqualTo(200);

        release.countDown();
        assertThat(waiting.answer(SOON).orElseThrow().status()).isEqualTo(200);
        assertThat(send(asked.goodLogin()).status()).isEqualTo(200);
    }

    @Test
    void slow_bodies_hold_no_thread_of_the_lane_and_are_answered_in_time() throws Exception {
        for (int i = 0; i < 50; i++) {
            login(1);
        }
        assertThat(lane.getActiveCount()).isZero();
        assertThat(send(asked.goodLogin()).status()).isEqualTo(200);
        for (OpenRequest slow : open) {
            OwnAnswer.check(slow.answer(SOON).orElseThrow(), dialect, "slow", Reason.REQUEST_TIMEOUT);
        }
        assertThat(lane.getCompletedTaskCount()).isLessThanOrEqualTo(1);
    }

    @Test
    void a_body_in_pieces_is_read_when_it_comes_in_time() throws Exception {
        String body = asked.body(Asked.quoted(asked.han()), Asked.quoted(Asked.PASSWORD));
        OpenRequest request = login(10);
        for (int i = body.length() - 10; i < body.length(); i++) {
            Thread.sleep(20);
            request.send(body.substring(i, i + 1));
        }
        assertThat(request.answer(SOON).orElseThrow().status()).isEqualTo(200);
    }

    @Test
    void a_client_that_goes_away_costs_nothing_but_its_task() throws Exception {
        CountDownLatch release = occupy();
        login(0).close();
        awaitQueue(1);
        login(5).close();
        release.countDown();
        awaitQueue(0);

        for (int i = 0; i < 3; i++) {
            assertThat(send(asked.goodLogin()).status()).isEqualTo(200);
        }
        assertThat(lane.getLargestPoolSize()).isEqualTo(1);
    }

    @Test
    void several_requests_of_one_connection_are_answered_in_turn() throws IOException {
        String body = asked.body(Asked.quoted(asked.han()), Asked.quoted(Asked.PASSWORD));
        OpenRequest request = OpenRequest.to(server.port());
        open.add(request);
        for (int i = 0; i < 5; i++) {
            request.json("POST", asked.loginPath(), body.length()).send(body);
            assertThat(request.read(SOON)).startsWith("HTTP/1.1 200");
        }
        assertThat(request.send("GET " + asked.mePath() + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                        .answer(SOON)
                        .orElseThrow()
                        .status())
                .isEqualTo(401);
    }

    @Test
    void a_chain_without_asynchronous_processing_is_named() {
        ServletContextHandler context = new ServletContextHandler("/");
        FilterHolder holder = new FilterHolder(LoginFilter.of(api).hashingOn(lane));
        holder.setAsyncSupported(false);
        context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
        context.addServlet(new ServletHolder(new OwnServlet()), "/");
        try (PlainJetty other = PlainJetty.start(context)) {
            RawAnswer answer = asked.goodLogin().sendTo(other.port());
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).contains("LoginFilter.hashingOn needs async-supported");
            assertThat(RawRequest.get(asked.mePath()).sendTo(other.port()).status())
                    .isEqualTo(401);
        }
    }
}
