package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.dialect.file.ShippedDialects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own shows. */
@Tag("slow")
final class ProcessTest {

    private static final String GOOD = "a password nobody else has";

    @TempDir
    private Path data;

    @Test
    void a_server_that_is_told_to_stop_answers_the_login_under_way() throws Exception {
        TestUsers.add(data, "ada@example.com", GOOD);
        ExecutorService clients = Executors.newSingleThreadExecutor();
        try (ChildServer server =
                ChildServer.start(data, "--port", "0", "--dialects", "standard", "--bcrypt-cost", "13")) {
            Requests requests = new Requests(server.address());
            // An unknown name costs a hash of the configured cost: half a second or more.
            Future<HttpResponse<String>> login = clients.submit(() -> requests.login("nobody", GOOD));
            Thread.sleep(300);
            server.process().destroy();
            assertThat(login.get().statusCode()).isEqualTo(401);
            assertThat(server.exitCode()).isEqualTo(143);
            assertThat(server.errors()).isEmpty();
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void a_server_goes_on_when_nobody_reads_what_it_prints() throws Exception {
        int port = freePort();
        try (ChildServer server = ChildServer.launch(
                data, Map.of("AUTH_PORT", String.valueOf(port)), "--dialects", "standard", "--demo")) {
            server.process().getInputStream().close();
            Requests requests = new Requests("http://127.0.0.1:" + port);
            await(() -> requests.get("/auth/me").statusCode() == 401);
            assertThat(server.process().isAlive()).isTrue();
        }
    }

    @Test
    void nothing_secret_is_printed_or_logged() throws Exception {
        String secret = "0123456789-abcdefghijklmnopqrstuvwxyz-ABC";
        Path config = Files.writeString(data.resolve("config.yaml"), """
                registration: true
                dialects:
                  - standard
                  - expressa
                  - {name: payop, signing_key: {variable: PAYOP_KEY}}
                """);
        try (ChildServer server = ChildServer.launch(
                        data, Map.of("PAYOP_KEY", secret, "AUTH_PORT", "0"), "--config", config.toString())
                .ready()) {
            Requests requests = new Requests(server.address());
            List<String> secrets = new ArrayList<>(List.of(secret, GOOD, "$2a$", "$2b$"));
            requests.post(
                    "/auth/register",
                    "{\"email\":\"ada@example.com\",\"username\":\"ada\",\"password\":\"" + GOOD + "\"}");
            String body = "{\"email\":\"ada@example.com\",\"password\":\"" + GOOD + "\"}";
            secrets.add(requests.token("ada", GOOD));
            secrets.add(Requests.text(requests.post("/users/login", body), "/token"));
            secrets.add(requests.post("/v1/users/login", body)
                    .headers()
                    .firstValue("token")
                    .orElseThrow());
            for (String token : secrets.subList(4, 7)) {
                requests.me(token);
                requests.get("/users/me?token=" + token);
                raw(server.address(), "GET /users/me?token=" + token + "%2 HTTP/1.1\r\nHost: a\r\n\r\n");
                raw(server.address(), "GET /%2e%2e/users/me?token=" + token + " HTTP/1.1\r\nHost: a\r\n\r\n");
                raw(server.address(), "GET /auth/me HTTP/1.1\r\nHost: a\r\nAuthorization Bearer " + token + "\r\n\r\n");
                requests.get("/v1/users/me", "Bearer " + token);
                requests.get("/nowhere?token=" + token);
            }
            requests.login("ada", "wrong " + GOOD);
            requests.post("/auth/login", "{\"password\":\"" + GOOD);
            Files.delete(data.resolve("auth.db"));
            requests.login("ada", GOOD);
            for (String word : secrets) {
                assertThat(String.join("\n", server.printed())).doesNotContain(word);
                assertThat(server.logged()).doesNotContain(word);
            }
        }
    }

    @Test
    void a_demonstration_for_this_machine_is_no_cause_for_a_warning() throws Exception {
        try (ChildServer server =
                ChildServer.start(data, "--port", "0", "--dialects", "standard", "--demo", "--host", "::1")) {
            assertThat(server.address()).startsWith("http://[::1]:");
            assertThat(server.errors()).isEmpty();
        }
    }

    @Test
    void a_password_that_comes_through_a_pipe_is_taken() throws Exception {
        try (ChildServer command = ChildServer.command("user", "add", "--username", "ada", "--data", data.toString())) {
            command.process().getOutputStream().write((GOOD + "\n").getBytes(StandardCharsets.UTF_8));
            command.process().getOutputStream().flush();
            assertThat(command.exitCode()).isZero();
            assertThat(command.errors()).isEmpty();
        }
        try (RunningServer server = RunningServer.start(data, "--dialects=standard")) {
            assertThat(server.requests().login("ada", GOOD).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void what_show_prints_into_a_pipe_is_the_file_byte_for_byte() throws Exception {
        try (ChildServer command = ChildServer.command("dialect", "show", "payop")) {
            String shown = new String(command.process().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(command.exitCode()).isZero();
            assertThat(shown).isEqualTo(ShippedDialects.text("payop"));
        }
    }

    private static void raw(String address, String request) throws IOException {
        URI to = URI.create(address);
        try (Socket socket = new Socket(to.getHost(), to.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }
    }

    private interface Question {
        boolean isYes() throws Exception;
    }

    private static void await(Question question) throws Exception {
        for (int i = 0; i < 300; i++) {
            try {
                if (question.isYes()) {
                    return;
                }
            } catch (UncheckedIOException notYet) {
                assertThat(notYet).hasCauseInstanceOf(ConnectException.class);
            }
            Thread.sleep(100);
        }
        throw new AssertionError("not within thirty seconds");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
