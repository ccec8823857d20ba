package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.Resources;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.countersign.server.command.CommandRun;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of a running server change, and no token is refused that should not be. */
@Tag("slow")
final class KeyRotationTest {

    private static final String GOOD = "a password nobody else has";
    private static final Duration LIFE = Duration.ofSeconds(4);

    @TempDir
    private Path folder;

    private Path config;

    @BeforeEach
    void makeDialect() throws IOException {
        String standard = Resources.toString(
                Resources.getResource("dev/countersign/dialect/file/standard.yaml"), StandardCharsets.UTF_8);
        Files.writeString(
                folder.resolve("quick.yaml"),
                standard.replace("max-age=300", "max-age=1").replace("lifetime: 15m", "lifetime: 4s"));
        config = Files.writeString(
                folder.resolve("auth.yaml"), "dialects:\n  - {file: quick.yaml}\n  - {name: payop, prefix: /pay}\n");
    }

    @Test
    void a_rotation_under_load_refuses_no_token_and_a_reader_of_the_public_keys_never_misses_one() throws Exception {
        try (RunningServer server = RunningServer.start(folder, "--config=" + config)) {
            TestUsers.add(folder, "ada@example.com", GOOD);
            Requests requests = server.requests();
            Reader reader = new Reader(requests.address());
            Queue<String> refused = new ConcurrentLinkedQueue<>();
            Set<String> signers = ConcurrentHashMap.newKeySet();
            AtomicBoolean done = new AtomicBoolean();
            ExecutorService clients = Executors.newFixedThreadPool(2);
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                running.add(clients.submit(() -> {
                    while (!done.get()) {
                        String token = requests.token("ada@example.com", GOOD);
                        signers.add(SignedJWT.parse(token).getHeader().getKeyID());
                        Instant dead = Instant.now().plus(LIFE).minusSeconds(2);
                        do {
                            HttpResponse<String> me = requests.me(token);
                            if (me.statusCode() != 200) {
                                refused.add(me.statusCode() + " " + me.body());
                            }
                            reader.verify(token, refused);
                            Thread.sleep(50);
                        } while (Instant.now().isBefore(dead) && !done.get());
                    }
                    return null;
                }));
            }
            String first = signing("standard");
            CommandRun rotation = key("rotate", "standard");
            assertThat(rotation.code()).as(rotation.err()).isZero();
            await(Duration.ofSeconds(5), () -> published(requests).size() == 2);
            await(Duration.ofSeconds(20), () -> !signing("standard").equals(first));
            String second = signing("standard");
            await(Duration.ofSeconds(5), () -> signers.contains(second));
            await(Duration.ofSeconds(20), () -> published(requests).equals(List.of(second)));
            Thread.sleep(500);
            done.set(true);
            for (Future<?> client : running) {
                client.get();
            }
            clients.shutdown();
            assertThat(refused).isEmpty();
            assertThat(signers).containsExactlyInAnyOrder(first, second);
            assertThat(reader.fetched).isGreaterThan(10);
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
            await(Duration.ofSeconds(3), () -> {
                String token = payopToken(server);
                return payop(server, token) == 200 && payop(server, old) == 200;
            });
            assertThat(published(server.requests())).hasSize(1);
            assertThat(key("retire", "payop@/pay").code()).isZero();
            await(Duration.ofSeconds(3), () -> payop(server, old) == 401);
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
            await(Duration.ofSeconds(3), () -> published(server.requests()).size() == 2);
        }
    }

    private String signing(String mount) {
        return key("list", mount)
                .out()
                .lines()
                .filter(line -> line.contains("\tsigns\t"))
                .map(line -> line.split("\t")[1])
                .findFirst()
                .orElseThrow();
    }

    private CommandRun key(String... words) {
        List<String> all = new ArrayList<>(List.of("key"));
        all.addAll(List.of(words));
        all.addAll(List.of("--data=" + folder, "--config=" + config));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private static List<String> published(Requests requests) {
        try {
            return JWKSet.parse(requests.get("/.well-known/jwks.json").body()).getKeys().stream()
                    .map(JWK::getKeyID)
                    .toList();
        } catch (java.text.ParseException broken) {
            throw new AssertionError(broken);
        }
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

    private static void await(Duration most, BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plus(most);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("in time").isBefore(end);
            Thread.sleep(100);
        }
    }

    /** Another service: keeps the public keys for as long as their answer allows, and never fetches them because of a token. */
    private static final class Reader {

        private final URI address;
        private JWKSet kept = new JWKSet();
        private Instant until = Instant.MIN;
        private int fetched;

        Reader(String server) {
            this.address = URI.create(server + "/.well-known/jwks.json");
        }

        private synchronized JWKSet keys() throws Exception {
            if (!Instant.now().isBefore(until)) {
                kept = JWKSet.load(address.toURL());
                until = Instant.now().plusSeconds(1);
                fetched++;
            }
            return kept;
        }

        void verify(String token, Queue<String> refused) throws Exception {
            JWKSet keys = keys();
            JWKSource<SecurityContext> source = (selector, context) -> selector.select(keys);
            DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
            processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
            processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, source));
            try {
                processor.process(token, null);
            } catch (com.nimbusds.jose.proc.BadJOSEException missing) {
                refused.add("reader: " + missing.getMessage());
            }
        }
    }
}
