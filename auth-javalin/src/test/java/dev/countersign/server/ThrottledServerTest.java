package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The throttle of a running server, with clients from several loopback addresses. */
@Tag("slow")
final class ThrottledServerTest {

    private static final String GOOD = "a password nobody else has";
    private static final String EMAIL = "ada@example.com";
    private static final String ATTACKER = "127.0.0.2";
    private static final String HOME = "127.0.0.3";
    private static final String HOTEL = "127.0.0.4";
    private static final int FREE = 10;

    @TempDir
    private Path folder;

    private RunningServer server(String... flags) throws Exception {
        String[] all = new String[flags.length + 2];
        all[0] = "--dialects=standard,realworld@/rw";
        all[1] = "--registration=true";
        System.arraycopy(flags, 0, all, 2, flags.length);
        return RunningServer.start(folder, all);
    }

    /** Logs in from an address, with further header lines; returns the answer as text. */
    private static String logIn(RunningServer server, String from, String password, String... headers)
            throws IOException {
        URI address = URI.create(server.address());
        String body = "{\"identifier\":\"" + EMAIL + "\",\"password\":\"" + password + "\"}";
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
            socket.setSoTimeout(30_000);
            StringBuilder request =
                    new StringBuilder("POST /auth/login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n");
            for (String header : headers) {
                request.append(header).append("\r\n");
            }
            request.append("\r\n").append(body);
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.substring(9, 12));
    }

    private static void fail(RunningServer server, String from, int times, String... headers) throws IOException {
        for (int i = 0; i < times; i++) {
            assertThat(status(logIn(server, from, "wrong password", headers))).isEqualTo(401);
        }
    }

    private static void register(RunningServer server) {
        assertThat(server.requests().register("/rw", EMAIL, "ada", GOOD).statusCode())
                .isEqualTo(201);
    }

    @Test
    void a_victim_gets_in_from_a_known_address_while_others_wait() throws Exception {
        try (RunningServer server = server()) {
            register(server);
            assertThat(status(logIn(server, HOME, GOOD))).isEqualTo(200);
            fail(server, ATTACKER, FREE);
            String waiting = logIn(server, ATTACKER, GOOD);
            assertThat(status(waiting)).isEqualTo(429);
            assertThat(waiting)
                    .containsPattern("(?i)Retry-After: [1-9]")
                    .contains("account-locked", "try again in 1 seconds");
            assertThat(status(logIn(server, HOTEL, GOOD))).isEqualTo(429);
            assertThat(status(logIn(server, HOME, GOOD))).isEqualTo(200);
        }
    }

    @Test
    void a_wait_ends_by_itself() throws Exception {
        try (RunningServer server = server()) {
            register(server);
            fail(server, ATTACKER, FREE);
            assertThat(status(logIn(server, HOTEL, GOOD))).isEqualTo(429);
            Thread.sleep(1100);
            assertThat(status(logIn(server, HOTEL, GOOD))).isEqualTo(200);
        }
    }

    @Test
    void every_dialect_answers_that_it_has_to_wait_in_its_own_words() throws Exception {
        try (RunningServer server = server()) {
            register(server);
            fail(server, ATTACKER, FREE);
            var answer = server.requests()
                    .post(
                            "/rw/api/users/login",
                            "{\"user\":{\"email\":\"" + EMAIL + "\",\"password\":\"" + GOOD + "\"}}");
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValueAsLong("Retry-After")).hasValue(1);
            assertThat(answer.body()).contains("is one too many");
        }
    }

    @Test
    void a_restart_forgets_nothing() throws Exception {
        try (RunningServer server = server()) {
            register(server);
            assertThat(status(logIn(server, HOME, GOOD))).isEqualTo(200);
            fail(server, ATTACKER, FREE);
            for (int waited = 1; waited <= 2; waited++) {
                Thread.sleep(waited * 1000L + 100);
                fail(server, ATTACKER, 1);
            }
        }
        try (RunningServer server = server()) {
            assertThat(status(logIn(server, HOTEL, GOOD))).isEqualTo(429);
            assertThat(status(logIn(server, HOME, GOOD))).isEqualTo(200);
        }
    }

    @Test
    void nodes_share_the_counts() throws Exception {
        String database = "--database=" + Postgres.freshDatabase();
        try (RunningServer one = server(database);
                RunningServer other = server(database)) {
            register(one);
            assertThat(status(logIn(one, HOME, GOOD))).isEqualTo(200);
            fail(one, ATTACKER, FREE / 2);
            fail(other, ATTACKER, FREE / 2);
            assertThat(status(logIn(one, HOTEL, GOOD))).isEqualTo(429);
            assertThat(status(logIn(other, HOTEL, GOOD))).isEqualTo(429);
            assertThat(status(logIn(other, HOME, GOOD))).isEqualTo(200);
        }
    }

    @Test
    void a_client_behind_a_trusted_proxy_is_the_one_in_the_header() throws Exception {
        try (RunningServer server = server("--trusted-proxies=127.0.0.0/30")) {
            register(server);
            String victim = "X-Forwarded-For: 198.51.100.7";
            assertThat(status(logIn(server, "127.0.0.2", GOOD, victim))).isEqualTo(200);
            fail(server, "127.0.0.2", FREE, "X-Forwarded-For: 198.51.100.7, 192.0.2.66");
            assertThat(status(logIn(server, "127.0.0.2", GOOD, "X-Forwarded-For: 192.0.2.66")))
                    .isEqualTo(429);
            assertThat(status(logIn(server, "127.0.0.2", GOOD, "Forwarded: for=198.51.100.7")))
                    .isEqualTo(429);
            // From a peer that is no proxy the header is ignored.
            assertThat(status(logIn(server, "127.0.0.9", GOOD, victim))).isEqualTo(429);
            assertThat(status(logIn(server, "127.0.0.2", GOOD, victim))).isEqualTo(200);
        }
    }

    @Test
    void without_a_trusted_proxy_the_header_is_ignored() throws Exception {
        try (RunningServer server = server()) {
            register(server);
            for (int i = 0; i < FREE; i++) {
                fail(server, ATTACKER, 1, "X-Forwarded-For: 192.0.2." + i, "Forwarded: for=192.0.2." + i);
            }
            assertThat(status(logIn(server, ATTACKER, GOOD, "X-Forwarded-For: 192.0.2.99")))
                    .isEqualTo(429);
        }
    }

    @Test
    void a_server_without_the_throttle_lets_everything_through() throws Exception {
        try (RunningServer server = server("--throttle=false")) {
            register(server);
            fail(server, ATTACKER, FREE + 5);
            assertThat(status(logIn(server, ATTACKER, GOOD))).isEqualTo(200);
        }
    }
}
