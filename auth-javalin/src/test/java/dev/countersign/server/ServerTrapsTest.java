package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Reason;
import dev.countersign.javalin.http.OwnAnswer;
import dev.countersign.javalin.http.RawAnswer;
import dev.countersign.javalin.http.RawRequest;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ConfigLoader;
import dev.countersign.server.config.ServerConfig;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Javalin and Jetty do that only the application they run in can mend. */
class ServerTrapsTest {

    @TempDir
    static Path folder;

    private static AuthServer server;

    @BeforeAll
    static void start() throws ConfigException {
        server = AuthServer.start(config("first", 10), Map.of(), DemoMode.NONE);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static ServerConfig config(String name, int cost) throws ConfigException {
        Map<String, String> environment = Map.of(
                "AUTH_PORT", "0",
                "AUTH_DATA", folder.resolve(name).toString(),
                "AUTH_BCRYPT_COST", Integer.toString(cost));
        return new ConfigLoader(environment).load(Map.of(), Optional.empty());
    }

    private static int port(AuthServer of) {
        return URI.create(of.address()).getPort();
    }

    private static RawAnswer send(RawRequest request) {
        return request.sendTo(port(server));
    }

    private static Dialect dialect(String name) {
        return server.mounts().stream()
                .map(mount -> mount.dialect())
                .filter(dialect -> dialect.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static RawRequest login() {
        return RawRequest.post("/auth/login").json("{\"identifier\":\"nobody\",\"password\":\"a wrong password\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE", "BEFORE", "nonsense"})
    void trap_1_a_header_that_overrides_the_method_is_not_looked_at(String other) {
        OwnAnswer.check(
                send(login().header("X-HTTP-Method-Override", other)),
                dialect("standard"),
                other,
                Reason.BAD_CREDENTIALS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BEFORE", "BEFORE_MATCHED", "AFTER", "QUERY", "TRACE", "PROPFIND", "OPTIONS", "get"})
    void trap_2_methods_that_no_route_has_are_not_allowed(String method) {
        RawAnswer answer = send(RawRequest.of(method, "/auth/me"));

        OwnAnswer.check(answer, dialect("standard"), method, Reason.METHOD_NOT_ALLOWED);
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, PATCH");
        assertThat(answer.body()).contains(method);
    }

    @Test
    void trap_3_head_is_refused_like_get() {
        assertThat(send(RawRequest.of("HEAD", "/auth/me")).status()).isEqualTo(401);
        assertThat(send(RawRequest.of("HEAD", "/.well-known/jwks.json")).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/auth%2Fme",
                "/x/../auth/me",
                "//auth/me",
                "/auth/me;x=1",
                "/%61uth/me",
                "/auth/%2e/me",
                "/auth/me/",
                "/AUTH/me"
            })
    void trap_7_only_the_exact_path_is_a_route(String path) {
        RawAnswer answer = send(RawRequest.get(path));

        assertThat(answer.status()).as(answer.toString()).isIn(400, 404);
        OwnAnswer.checkHarmless(answer, path);
    }

    @Test
    void trap_8_what_Jetty_refuses_by_itself_says_nothing_of_Jetty() {
        RawAnswer large = send(RawRequest.get("/auth/me").header("Authorization", "Bearer " + "a".repeat(20_000)));
        RawAnswer noHost = send(RawRequest.get("/auth/me\u0001"));

        assertThat(large.status()).isEqualTo(431);
        assertThat(noHost.status()).isEqualTo(400);
        for (RawAnswer answer : List.of(large, noHost)) {
            assertThat(answer.body()).isEmpty();
            assertThat(answer.all("Server")).isEmpty();
        }
    }

    @Test
    void trap_9_a_path_that_is_nobodys_is_answered_by_a_dialect_and_not_echoed() {
        RawAnswer answer = send(RawRequest.get("/echo-this-marker"));

        OwnAnswer.check(answer, server.mounts().get(0).dialect(), "nobody's", Reason.NOT_FOUND);
        assertThat(answer.body()).doesNotContain("marker");
        assertThat(send(RawRequest.of("DELETE", "/")).status()).isEqualTo(404);
        assertThat(send(RawRequest.of("BEFORE", "/somewhere")).status()).isEqualTo(404);
    }

    @Test
    void trap_12_a_login_under_way_is_answered_before_the_server_stops() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(1);
        try (AuthServer stopped = AuthServer.start(config("second", 14), Map.of(), DemoMode.NONE)) {
            int port = port(stopped);
            RawRequest.get("/auth/me").sendTo(port);
            CompletableFuture<RawAnswer> answer = CompletableFuture.supplyAsync(() -> login().sendTo(port), clients);
            Thread.sleep(300);
            stopped.close();

            OwnAnswer.check(answer.join(), dialect("standard"), "under way", Reason.BAD_CREDENTIALS);
            assertThatThrownBy(() -> login().sendTo(port)).hasRootCauseInstanceOf(SocketException.class);
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void trap_15_nobody_but_this_machine_is_listened_to_by_default() throws Exception {
        assertThat(new ConfigLoader(Map.of()).load(Map.of(), Optional.empty()).host())
                .isEqualTo("127.0.0.1");
        for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(card.getInetAddresses())) {
                if (address instanceof Inet4Address && !address.isLoopbackAddress()) {
                    assertThatThrownBy(() -> new Socket(address, port(server)).close())
                            .isInstanceOf(SocketException.class);
                }
            }
        }
    }
}
