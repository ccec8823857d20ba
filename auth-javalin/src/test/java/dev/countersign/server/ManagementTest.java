package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.server.config.ConfigException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The management port of a real server. */
class ManagementTest {

    private static final Pattern READY_LINE = Pattern.compile("(?m)^Management on (http://127\\.0\\.0\\.1:\\d+)$");
    private static final String EMAIL = "merchant@example.com";
    private static final String GOOD = "correct horse battery";

    @TempDir
    private Path folder;

    private RunningServer start(String... flags) throws ConfigException {
        return RunningServer.start(folder.resolve("data"), flags);
    }

    private static String management(RunningServer server) {
        Matcher line = READY_LINE.matcher(server.announced());
        assertThat(line.find()).isTrue();
        return line.group(1);
    }

    private static HttpResponse<String> get(String url) {
        return Requests.send(HttpRequest.newBuilder(URI.create(url)));
    }

    private static double metric(String text, String series) {
        return text.lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    void there_is_none_unless_it_is_configured() throws Exception {
        try (RunningServer server = start("--dialects=standard")) {
            assertThat(server.announced()).doesNotContain("Management");
            assertThat(get(server.address() + "/metrics").statusCode()).isEqualTo(404);
            assertThat(get(server.address() + "/health/ready").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void it_tells_health_with_a_reason_for_each_part() throws Exception {
        try (RunningServer server = start("--dialects=standard", "--management-port=0")) {
            String url = management(server);
            assertThat(get(url + "/health/live").body()).isEqualTo("{\"status\":\"up\"}");
            HttpResponse<String> ready = get(url + "/health/ready");
            assertThat(ready.statusCode()).isEqualTo(200);
            for (String part : List.of("store", "changes", "clock", "keys")) {
                assertThat(ready.body())
                        .containsPattern("\"name\":\"" + part + "\",\"status\":\"up\",\"reason\":\"[^\"]+\"");
            }
            assertThat(ready.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(get(server.address() + "/health/ready").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void a_port_that_is_taken_is_reported_with_the_setting_to_change() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> start("--dialects=standard", "--management-port=" + taken.getLocalPort())
                            .close())
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("another process listens on port " + taken.getLocalPort())
                    .hasMessageContaining("give another --management-port");
        }
    }

    @Test
    void other_paths_and_methods_are_refused() throws Exception {
        try (RunningServer server = start("--dialects=standard", "--management-port=0")) {
            String url = management(server);
            assertThat(get(url + "/").statusCode()).isEqualTo(404);
            assertThat(get(url + "/auth/login").statusCode()).isEqualTo(404);
            HttpResponse<String> posted = Requests.send(HttpRequest.newBuilder(URI.create(url + "/metrics"))
                    .POST(HttpRequest.BodyPublishers.ofString("x")));
            assertThat(posted.statusCode()).isEqualTo(405);
            assertThat(posted.headers().firstValue("Allow")).hasValue("GET, HEAD");
        }
    }

    @Test
    void tokens_are_counted_by_login_api_and_result() throws Exception {
        try (RunningServer server = start("--demo=", "--management-port=0")) {
            String url = management(server);
            String token = server.requests().token(EMAIL, GOOD);
            assertThat(server.requests().me(token).statusCode()).isEqualTo(200);
            assertThat(server.requests().me(token + "x").statusCode()).isEqualTo(401);
            String text = get(url + "/metrics").body();
            assertThat(metric(text, "countersign_tokens_total{mount=\"standard\",result=\"valid\"}"))
                    .isEqualTo(1);
            assertThat(metric(text, "countersign_tokens_total{mount=\"standard\",result=\"refused\"}"))
                    .isEqualTo(1);
            assertThat(metric(text, "countersign_tokens_total{mount=\"payop\",result=\"valid\"}"))
                    .isZero();
            assertThat(metric(text, "hikaricp_connections_max{pool=\"countersign\"}"))
                    .isEqualTo(9);
            double transactions = metric(text, "countersign_store_seconds_count");
            assertThat(transactions).isGreaterThanOrEqualTo(3);
            assertThat(metric(text, "countersign_store_seconds_sum") / transactions)
                    .isBetween(1e-6, 5.0);
            assertThat(text).doesNotContain("hikaricp_connections_usage");
        }
    }

    @Test
    void logins_are_counted_by_login_api_and_outcome_and_hashes_by_the_budget() throws Exception {
        try (RunningServer server = start("--demo=", "--management-port=0")) {
            String url = management(server);
            assertThat(server.requests().login(EMAIL, GOOD).statusCode()).isEqualTo(200);
            assertThat(server.requests().login(EMAIL, "a wrong password").statusCode())
                    .isEqualTo(401);
            assertThat(server.requests().login("nobody@example.com", GOOD).statusCode())
                    .isEqualTo(401);
            String text = get(url + "/metrics").body();
            for (String outcome : List.of("succeeded", "wrong_password", "unknown_user")) {
                assertThat(metric(text, "countersign_logins_total{mount=\"standard\",outcome=\"" + outcome + "\"}"))
                        .as(outcome)
                        .isEqualTo(1);
            }
            assertThat(metric(text, "countersign_logins_total{mount=\"payop\",outcome=\"succeeded\"}"))
                    .isZero();
            assertThat(metric(text, "countersign_hashes_done_total")).isGreaterThanOrEqualTo(3);
            assertThat(metric(text, "countersign_events_total{kind=\"login_refused\"}"))
                    .isEqualTo(2);
        }
    }

    @Test
    void nothing_that_a_client_sends_becomes_a_time_series() throws Exception {
        try (RunningServer server = start("--demo=", "--management-port=0")) {
            String url = management(server);
            long before = series(url);
            for (int i = 0; i < 20; i++) {
                get(server.address() + "/path" + i + "?q=" + i);
                server.requests().login("nobody" + i + "@example.com", GOOD);
                server.requests().me("token" + i);
            }
            assertThat(series(url)).isEqualTo(before);
        }
    }

    private static long series(String url) {
        // The machine's own series, such as those of memory pools, come and go.
        return get(url + "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("countersign_") && !line.startsWith("countersign_stored_hashes"))
                .count();
    }

    @Test
    void a_ring_that_cannot_be_read_is_told() throws Exception {
        try (RunningServer server = start("--dialects=standard", "--management-port=0")) {
            String url = management(server);
            Path ring;
            try (var files = Files.list(folder.resolve("data/keys"))) {
                ring = files.findFirst().orElseThrow();
            }
            Files.writeString(ring, "damaged");
            long end = System.nanoTime() + 20_000_000_000L;
            String body = get(url + "/health/ready").body();
            while (!body.contains("\"name\":\"keys\",\"status\":\"degraded\"") && System.nanoTime() < end) {
                Thread.sleep(100);
                body = get(url + "/health/ready").body();
            }
            assertThat(body).contains("\"name\":\"keys\",\"status\":\"degraded\"");
            assertThat(get(url + "/health/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void the_public_port_is_refused() {
        assertThatThrownBy(() -> start("--dialects=standard", "--port=18080", "--management-port=18080"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("management_port is 18080, the public port");
        assertThat(folder.resolve("data")).doesNotExist();
    }
}
