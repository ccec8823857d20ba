package dev.countersign.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.javalin.http.OpenRequest;
import dev.countersign.server.RunningServer;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that take their time, or too much of it, over TLS. */
@Tag("slow")
class TlsSlowClientsTest {

    private static final Duration DEADLINE = Duration.ofSeconds(3);
    private static final Duration SOON = Duration.ofSeconds(25);
    private static final Duration OFTEN = Duration.ofMillis(200);
    private static final int ENHANCE_YOUR_CALM = 11;
    private static final String LOGIN = "{\"identifier\":\"nobody\",\"password\":\"a wrong password\"}";

    @TempDir
    private static Path folder;

    private static Certificates certificates;
    private static RunningServer server;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        certificates = Certificates.in(folder).issue("ec", "ec -pkeyopt ec_paramgen_curve:P-256", 20);
        server = RunningServer.start(
                folder.resolve("data"), certificates.flags("ec", "--request-timeout=" + DEADLINE.toSeconds() + "s"));
        port = URI.create(server.address()).getPort();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static Http2Client http2() throws Exception {
        return Http2Client.connect(certificates.trusting(), port);
    }

    @Test
    void a_client_without_a_handshake_is_left() throws Exception {
        try (OpenRequest silent = OpenRequest.to(port)) {
            assertThat(silent.answer(SOON)).isEmpty();
        }
    }

    @Test
    void a_handshake_has_a_deadline_even_if_bytes_keep_coming() throws Exception {
        // A record of a handshake with the length of 512 bytes, which come one by one.
        try (OpenRequest slow = OpenRequest.to(port)) {
            long start = System.nanoTime();
            slow.send("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u007f").trickle(OFTEN);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET /auth/me HTTP/1.1\r\nHost: x\r\nX-"})
    void a_head_of_http_1_1_has_a_deadline_over_tls(String begun) throws Exception {
        try (SSLSocket socket =
                (SSLSocket) certificates.trusting().getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.startHandshake();
            socket.setSoTimeout((int) OFTEN.toMillis());
            long start = System.nanoTime();
            socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
            trickle(socket, begun.isEmpty() ? "" : "x");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
        }
    }

    /** Sends a text every so often until the connection has ended. */
    private static void trickle(SSLSocket socket, String text) {
        boolean open = true;
        while (open) {
            try {
                open = socket.getInputStream().read() >= 0;
            } catch (SocketTimeoutException nothingYet) {
                open = isSent(socket, text);
            } catch (IOException reset) {
                open = false;
            }
        }
    }

    private static boolean isSent(SSLSocket socket, String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    @Test
    void an_http_2_client_that_says_nothing_is_left() throws Exception {
        try (Http2Client client = http2()) {
            assertThat(client.untilClosed(OFTEN, () -> {})).isLessThan(SOON);
        }
    }

    @Test
    void pings_are_no_request() throws Exception {
        try (Http2Client client = http2().begin()) {
            assertThat(client.untilClosed(OFTEN, client::ping)).isLessThan(SOON);
        }
    }

    @Test
    void a_head_of_http_2_that_never_ends_is_no_request() throws Exception {
        try (Http2Client client = http2().begin().halfHead(1)) {
            // The length of a frame that comes byte by byte.
            assertThat(client.untilClosed(OFTEN, () -> client.raw((byte) 0))).isLessThan(SOON);
        }
    }

    @Test
    void a_connection_of_http_2_may_rest_between_requests() throws Exception {
        try (Http2Client client = http2().begin()) {
            for (int stream = 1; stream < 6; stream += 2) {
                assertThat(client.get(stream, "/auth/me").await(Http2Client.HEADERS, stream, SOON))
                        .isNotNull();
                Thread.sleep(DEADLINE.toMillis() + 500);
            }
        }
    }

    @Test
    void a_late_body_is_answered_while_other_requests_of_the_connection_go_on() throws Exception {
        try (Http2Client client = http2().begin()) {
            client.post(1, "/auth/login").frame(Http2Client.DATA, 0, 1, (byte) '{');
            client.get(3, "/auth/me");
            assertThat(client.await(Http2Client.HEADERS, 3, SOON)).isNotNull();
            Http2Client.Frame late = client.await(Http2Client.DATA, 1, SOON);
            assertThat(late).isNotNull();
            assertThat(new String(late.payload(), StandardCharsets.UTF_8)).contains("408");
            client.get(5, "/auth/me");
            assertThat(client.await(Http2Client.HEADERS, 5, SOON)).isNotNull();
        }
    }

    @Test
    void a_body_in_pieces_is_read() throws Exception {
        try (Http2Client client = http2().begin()) {
            client.post(1, "/auth/login");
            byte[] body = LOGIN.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < body.length; i++) {
                client.frame(Http2Client.DATA, i == body.length - 1 ? 1 : 0, 1, body[i]);
            }
            Http2Client.Frame answer = client.await(Http2Client.DATA, 1, SOON);
            assertThat(answer).isNotNull();
            assertThat(new String(answer.payload(), StandardCharsets.UTF_8)).contains("401");
        }
    }

    @Test
    void clients_that_take_no_answers_occupy_no_threads() throws Exception {
        List<Http2Client> stuck = new ArrayList<>();
        try {
            for (int i = 0; i < 6; i++) {
                Http2Client client = http2().beginWithoutWindow();
                stuck.add(client);
                for (int stream = 1; stream < 180; stream += 2) {
                    client.get(stream, "/auth/me");
                }
            }
            Thread.sleep(1000);
            long start = System.nanoTime();
            try (Http2Client other = http2().begin()) {
                assertThat(other.get(1, "/auth/me").await(Http2Client.HEADERS, 1, SOON))
                        .isNotNull();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            assertThat(Thread.getAllStackTraces().values().stream()
                            .filter(trace -> Arrays.stream(trace)
                                    .anyMatch(frame -> frame.getClassName().endsWith("HttpOutput"))))
                    .isEmpty();
        } finally {
            for (Http2Client client : stuck) {
                client.close();
            }
        }
    }

    @Test
    void rapid_resets_end_the_connection() throws Exception {
        try (Http2Client client = http2().begin()) {
            try {
                for (int stream = 1; stream < 1000; stream += 2) {
                    client.get(stream, "/auth/me").reset(stream);
                }
            } catch (IOException closed) {
                // The server closed the connection meanwhile.
            }
            Http2Client.Frame end = client.await(Http2Client.GO_AWAY, 0, SOON);
            assertThat(end == null ? ENHANCE_YOUR_CALM : end.error()).isEqualTo(ENHANCE_YOUR_CALM);
        }
        try (Http2Client other = http2().begin()) {
            assertThat(other.get(1, "/auth/me").await(Http2Client.HEADERS, 1, SOON))
                    .isNotNull();
        }
    }
}
