package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import dev.countersign.server.command.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of a running server change, and no token is refused that should not be. */
@Tag("slow")
final class KeyRotationTest {

    private static final String GOOD = "a password nobody else has";

    @TempDir
    private Path folder;

    private Path config;

    @BeforeEach
    void makeDialect() throws IOException {
        config = RotationLoad.configuration(folder);
    }

    @Test
    void a_rotation_under_load_refuses_no_token_and_a_reader_of_the_public_keys_never_misses_one() throws Exception {
        try (RunningServer server = RunningServer.start(folder, "--config=" + config)) {
            TestUsers.add(folder, "ada@example.com", GOOD);
            String first = signing("standard");
            try (RotationLoad load = RotationLoad.on(server.requests())) {
                assertThat(key("rotate", "standard").code()).isZero();
                RotationLoad.await(
                        Duration.ofSeconds(30), () -> !signing("standard").equals(first));
                load.finish(first, signing("standard"));
            }
        }
    }

    @Test
    void a_retired_key_is_refused_within_seconds() throws Exception {
        try (RunningServer server = RunningServer.start(folder, "--config=" + config)) {
            TestUsers.add(folder, "ada@example.com", GOOD);
            String old = payopToken(server);
            assertThat(payop(server, old)).isEqualTo(200);
            key("rotate", "payop@/pay", "--after", "1s");
            Thread.sleep(1_000);
            // A shared secret is neither named in these tokens nor published.
            RotationLoad.await(Duration.ofSeconds(30), () -> {
                String token = payopToken(server);
                return payop(server, token) == 200 && payop(server, old) == 200;
            });
            assertThat(RotationLoad.published(server.requests())).hasSize(1);
            assertThat(key("retire", "payop@/pay").code()).isZero();
            RotationLoad.await(Duration.ofSeconds(10), () -> payop(server, old) == 401);
            assertThat(payop(server, payopToken(server))).isEqualTo(200);
        }
    }

    @Test
    void a_broken_ring_is_not_used_and_a_repaired_one_is() throws Exception {
        try (RunningServer server = RunningServer.start(folder, "--config=" + config)) {
            TestUsers.add(folder, "ada@example.com", GOOD);
            Path ring = folder.resolve("keys/standard.json");
            String whole = Files.readString(ring);
            for (String broken : List.of("", "{\"keys\":[]}", whole.substring(0, 80))) {
                Files.writeString(ring, broken);
                Thread.sleep(1_200);
                assertThat(server.requests()
                                .me(server.requests().token("ada@example.com", GOOD))
                                .statusCode())
                        .isEqualTo(200);
            }
            Files.delete(ring);
            Thread.sleep(1_200);
            assertThat(server.requests()
                            .me(server.requests().token("ada@example.com", GOOD))
                            .statusCode())
                    .isEqualTo(200);
            OwnerOnly.createOnce(ring, whole);
            key("rotate", "standard", "--after", "0s");
            RotationLoad.await(
                    Duration.ofSeconds(30),
                    () -> RotationLoad.published(server.requests()).size() == 2);
        }
    }

    @Test
    void a_repaired_ring_is_logged_once_also_with_the_same_content() throws Exception {
        try (ChildServer server = ChildServer.start(folder, "--port=0", "--dialects=payop")) {
            Path ring = folder.resolve("keys/payop.json");
            String whole = Files.readString(ring);
            String again = "the keys of payop can be used again, changes are followed";
            Files.writeString(ring, "{");
            RotationLoad.await(
                    Duration.ofSeconds(20),
                    () -> server.errors().contains("the changed keys of payop are not used, the former ones stay"));
            assertThat(server.errors()).doesNotContain(again);
            Files.writeString(ring, whole);
            RotationLoad.await(Duration.ofSeconds(20), () -> server.errors().contains(again));
            Thread.sleep(2_500);
            assertThat(server.errors()).containsOnlyOnce(again);
        }
    }

    private String signing(String mount) {
        return key("list", mount)
                .out()
                .lines()
                .filter(line -> line.contains("\tsigns\t"))
                .map(line -> Splitter.on('\t').splitToList(line).get(1))
                .findFirst()
                .orElseThrow();
    }

    private CommandRun key(String... words) {
        List<String> all = new ArrayList<>(List.of("key"));
        all.addAll(List.of(words));
        all.addAll(List.of("--data=" + folder, "--config=" + config));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private static String payopToken(RunningServer server) {
        return server.requests()
                .post("/pay/v1/users/login", "{\"email\":\"ada@example.com\",\"password\":\"" + GOOD + "\"}")
                .headers()
                .firstValue("token")
                .orElseThrow();
    }

    private static int payop(RunningServer server, String token) {
        return server.requests().get("/pay/v1/users/me", "Bearer " + token).statusCode();
    }
}
