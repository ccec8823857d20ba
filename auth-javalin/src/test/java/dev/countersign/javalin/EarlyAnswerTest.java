package dev.countersign.javalin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.countersign.api.LoginApi;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.RawAnswer;
import dev.countersign.javalin.http.RunningApp;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer that is known before the whole request has come must still reach a client that sends first and reads then. */
class EarlyAnswerTest {

    private static final int LENGTH = 600_000;
    private static RunningApp app;

    @BeforeAll
    static void start() {
        LoginApi mount = new RunningApp.Parts().mount(ShippedDialects.dialect("realworld"));
        app = RunningApp.start(mount, mount.under("/v1"));
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/users/login, 413",
        "PUT, /api/users/login, 405",
        "PUT, /api/user, 401",
        "POST, /v1/api/nowhere, 404",
    })
    void a_client_that_sends_slowly_gets_the_answer(String method, String path, int status) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), app.port())) {
            OutputStream out = socket.getOutputStream();
            send(out, head(method, path, "Content-Length: " + LENGTH));
            byte[] half = "a".repeat(LENGTH / 2).getBytes(StandardCharsets.UTF_8);
            out.write(half);
            assertNothingCame(socket);
            out.write(half);

            assertThat(read(socket).status()).isEqualTo(status);
        }
    }

    @Test
    void a_body_that_comes_in_chunks_is_read_to_its_end() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), app.port())) {
            OutputStream out = socket.getOutputStream();
            send(out, head("POST", "/api/users/login", "Transfer-Encoding: chunked"));
            String chunk = Integer.toHexString(100_000) + "\r\n" + "a".repeat(100_000) + "\r\n";
            send(out, chunk + chunk);
            assertNothingCame(socket);
            send(out, chunk + "0\r\n\r\n");

            assertThat(read(socket).status()).isEqualTo(413);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 20000000", "Content-Length: 600000\r\nExpect: 100-continue"})
    void nobody_waits_for_a_body_of_megabytes_or_invites_one_that_is_too_large(String headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), app.port())) {
            send(socket.getOutputStream(), head("POST", "/api/users/login", headers));

            assertThat(read(socket).status()).isEqualTo(413);
        }
    }

    private static String head(String method, String path, String headers) {
        return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\n" + headers + "\r\n\r\n";
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void assertNothingCame(Socket socket) throws IOException {
        socket.setSoTimeout(100);
        assertThat(catchThrowable(() -> socket.getInputStream().read())).isInstanceOf(SocketTimeoutException.class);
    }

    private static RawAnswer read(Socket socket) throws IOException {
        socket.setSoTimeout(20_000);
        InputStream in = socket.getInputStream();
        return RawAnswer.parse(in.readAllBytes(), false);
    }
}
