package dev.countersign.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.server.RunningServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTPS as curl, OpenSSL's client and the JDK's client see it. */
@Tag("slow")
class TlsTest {

    private static final String LOGIN = "{\"identifier\":\"nobody\",\"password\":\"a wrong password\"}";

    @TempDir
    private static Path folder;

    private static Certificates certificates;
    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        certificates = Certificates.in(folder).issue("ec", "ec -pkeyopt ec_paramgen_curve:P-256", 20);
        server = RunningServer.start(folder.resolve("data"), certificates.flags("ec", "--demo"));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static String port(RunningServer of) {
        return String.valueOf(URI.create(of.address()).getPort());
    }

    private static Program curl(String... options) throws Exception {
        String[] command = new String[options.length + 10];
        String[] always = {
            "curl",
            "-sS",
            "--cacert",
            "ca.pem",
            "-H",
            "Content-Type: application/json",
            "-d",
            LOGIN,
            "-w",
            " %{http_version} %{http_code}"
        };
        System.arraycopy(always, 0, command, 0, 10);
        System.arraycopy(options, 0, command, 10, options.length);
        return Program.run(folder, command);
    }

    @ParameterizedTest
    @CsvSource({
        "--http1.1, 1.1 401",
        "--http2, 2 401",
        "--tlsv1.3, 2 401",
        "--no-alpn, 1.1 401",
    })
    void curl_logs_in_by_either_protocol(String option, String seen) throws Exception {
        Program curl = curl(option, server.address() + "/auth/login");
        assertThat(curl.output()).endsWith(" " + seen).contains("credentials");
        assertThat(curl.code()).isZero();
    }

    @Test
    void curl_reaches_it_with_tls_1_2() throws Exception {
        Program curl = curl("--tlsv1.2", "--tls-max", "1.2", server.address() + "/auth/login");
        assertThat(curl.output()).endsWith(" 2 401");
    }

    @Test
    void curl_does_not_reach_it_with_tls_1_1_nor_without_tls() throws Exception {
        Program old = curl("--tls-max", "1.1", "--ciphers", "DEFAULT@SECLEVEL=0", server.address() + "/auth/login");
        assertThat(old.code()).as(old.output()).isEqualTo(35);
        Program plain = curl(server.address().replace("https:", "http:") + "/auth/login");
        assertThat(plain.code()).as(plain.output()).isNotZero();
    }

    @Test
    void curl_without_the_authority_does_not_trust_it() throws Exception {
        assertThat(Program.run(folder, "curl", "-sS", server.address()).code()).isEqualTo(60);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void the_client_of_openssl_verifies_the_chain_and_chooses_http_2(String version) throws Exception {
        Program client = Program.run(
                folder,
                "openssl",
                "s_client",
                version,
                "-alpn",
                "h2,http/1.1",
                "-CAfile",
                "ca.pem",
                "-verify_return_error",
                "-servername",
                "localhost",
                "-connect",
                "127.0.0.1:" + port(server));
        assertThat(client.output())
                .contains("ALPN protocol: h2", "Verify return code: 0 (ok)", "1 s:CN = Authority", "0 s:CN = ec");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-tls1",
                "-tls1_1",
                "-tls1_2 -cipher ECDHE-ECDSA-AES128-SHA256",
                "-tls1_2 -cipher ECDHE-ECDSA-AES256-SHA",
                "-tls1_2 -cipher AES128-GCM-SHA256"
            })
    void old_versions_and_weak_ciphers_are_refused(String options) throws Exception {
        String[] words = ("openssl s_client -connect 127.0.0.1:" + port(server) + " " + options + "@SECLEVEL=0")
                .replaceFirst("^(.*-tls1(_1)?)@", "$1 -cipher ALL@")
                .split(" ");
        Program client = Program.run(folder, words);
        assertThat(client.output()).contains("alert", "no peer certificate available");
        assertThat(client.code()).isNotZero();
    }

    @Test
    void the_client_of_the_jdk_speaks_http_2() throws Exception {
        HttpClient client =
                HttpClient.newBuilder().sslContext(certificates.trusting()).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + "/auth/login"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(LOGIN))
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Server")).isEmpty();
        // HSTS would concern every port of the host, so it is left to the operator.
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
    }

    @Test
    void a_body_beyond_the_limit_is_refused_by_http_2_and_the_connection_stays() throws Exception {
        HttpClient client =
                HttpClient.newBuilder().sslContext(certificates.trusting()).build();
        for (int size : new int[] {20_000, 300_000, 100}) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + "/auth/login"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"identifier\":\"" + "x".repeat(size) + "\",\"password\":\"y\"}"))
                    .build();
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(size > 16_384 ? 413 : 401);
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        }
    }

    @Test
    void the_printed_commands_work_as_they_are() throws Exception {
        String announced = server.announced();
        assertThat(announced).endsWith("Listening on " + server.address() + "\n");
        assertThat(server.address()).startsWith("https://127.0.0.1:");
        String curl = announced
                .lines()
                .filter(line -> line.startsWith("  curl"))
                .findFirst()
                .orElseThrow();
        Program run = Program.run(folder, "sh", "-c", curl + " --cacert ca.pem");
        assertThat(run.output()).contains("HTTP/2 200", "access_token");
    }
}
