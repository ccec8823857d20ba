package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.OpenRequest;
import dev.countersign.javalin.http.OwnAnswer;
import dev.countersign.javalin.http.RawAnswer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that take their time with the standalone server. */
@Tag("slow")
class SlowClientsTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String LOGIN = "{\"identifier\":\"nobody\",\"password\":\"a wrong password\"}";

    @TempDir
    private Path data;

    private RunningServer server(String timeout) throws Exception {
        return RunningServer.start(data, "--dialects=standard", "--request-timeout=" + timeout);
    }

    private static int port(RunningServer server) {
        String announced = server.announced().strip();
        return URI.create(announced.substring(announced.lastIndexOf(' ') + 1)).getPort();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "G", "POST /auth/login HTTP/1.1\r\nHost: x\r\nX-", "\r\n\r\n", "GET /auth/me HTTP/1.1\r\n"})
    void the_head_of_a_request_has_a_deadline_even_if_bytes_keep_coming(String begun) throws Exception {
        try (RunningServer server = server("1s");
                OpenRequest request = OpenRequest.to(port(server))) {
            long start = System.nanoTime();
            request.send(begun).trickle(Duration.ofMillis(200));

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofSeconds(1), SOON);
        }
    }

    @Test
    void a_client_that_says_nothing_is_left() throws Exception {
        try (RunningServer server = server("1s");
                OpenRequest request = OpenRequest.to(port(server))) {
            assertThat(request.answer(SOON)).isEmpty();
        }
    }

    @Test
    void a_head_after_another_request_has_a_deadline_too_and_a_connection_may_rest() throws Exception {
        String me = "GET /auth/me HTTP/1.1\r\nHost: x\r\n\r\n";
        try (RunningServer server = server("1s");
                OpenRequest request = OpenRequest.to(port(server))) {
            for (int i = 0; i < 3; i++) {
                assertThat(request.send(me).read(SOON)).startsWith("HTTP/1.1 401");
                Thread.sleep(1500);
            }
            assertThat(request.send("POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: " + LOGIN.length() + "\r\n\r\n" + LOGIN)
                            .read(SOON))
                    .startsWith("HTTP/1.1 401");
            Thread.sleep(1500);
            long start = System.nanoTime();
            request.send("GET /auth/me HTT").trickle(Duration.ofMillis(200));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofSeconds(1), SOON);
        }
    }

    @Test
    void a_head_in_pieces_is_read_when_it_comes_in_time() throws Exception {
        try (RunningServer server = server("5s");
                OpenRequest request = OpenRequest.to(port(server))) {
            for (String piece : Splitter.fixedLength(4).split("GET /auth/me HTTP/1.1\r\nHost: x\r\n\r\n")) {
                request.send(piece);
                Thread.sleep(20);
            }
            assertThat(request.read(SOON)).startsWith("HTTP/1.1 401");
        }
    }

    @Test
    void the_setting_bounds_bodies_too() throws Exception {
        try (RunningServer server = server("1s");
                OpenRequest request = OpenRequest.to(port(server))) {
            RawAnswer answer = request.json("POST", "/auth/login", 100)
                    .trickle(Duration.ofMillis(100))
                    .answer(SOON)
                    .orElseThrow();
            OwnAnswer.check(answer, ShippedDialects.dialect("standard"), "slow", Reason.REQUEST_TIMEOUT);
        }
    }

    @Test
    void files_are_left_for_the_database_when_clients_take_all_connections() throws Exception {
        List<OpenRequest> open = new ArrayList<>();
        try (ChildServer server = ChildServer.startWithFiles(
                400, data, "--port", "0", "--dialects", "standard", "--request-timeout", "2s")) {
            int port = URI.create(server.address()).getPort();
            for (int i = 0; i < 500; i++) {
                open.add(OpenRequest.to(port));
            }
            assertThat(new Requests(server.address()).login("nobody", "x").statusCode())
                    .isEqualTo(401);
            assertThat(server.errors()).doesNotContain("Too many open files");
        } finally {
            open.forEach(OpenRequest::close);
        }
    }

    @Test
    void a_login_whose_body_is_still_coming_is_answered_before_the_server_stops() throws Exception {
        ExecutorService stopping = Executors.newFixedThreadPool(1);
        try (RunningServer server = server("10s");
                OpenRequest request = OpenRequest.to(port(server))) {
            request.json("POST", "/auth/login", LOGIN.length()).send(LOGIN.substring(0, 10));
            Thread.sleep(300);
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close, stopping);
            Thread.sleep(300);
            request.send(LOGIN.substring(10));

            RawAnswer answer = request.answer(SOON).orElseThrow();
            OwnAnswer.check(answer, ShippedDialects.dialect("standard"), "slow", Reason.BAD_CREDENTIALS);
            stopped.join();
        } finally {
            stopping.shutdownNow();
        }
    }
}
