package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.Resources;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
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

/** Logs in at each node all the time, and shows each token to every node and to a reader of the public keys. */
final class RotationLoad implements AutoCloseable {

    static final String GOOD = "a password nobody else has";
    // Far below the tokens' lifetime, so that a slow machine refuses none that has expired.
    private static final Duration SHOWN = Duration.ofSeconds(2);

    private final List<Requests> nodes;
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();
    private final Set<String> signers = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean done = new AtomicBoolean();
    private final ExecutorService clients = Executors.newCachedThreadPool();
    private final List<Future<?>> running = new ArrayList<>();
    private final List<Reader> readers;

    private RotationLoad(List<Requests> nodes) {
        this.nodes = nodes;
        this.readers = nodes.stream().map(node -> new Reader(node.address())).toList();
    }

    static RotationLoad on(Requests... nodes) {
        RotationLoad load = new RotationLoad(List.of(nodes));
        for (int i = 0; i < Math.max(2, nodes.length); i++) {
            Requests node = nodes[i % nodes.length];
            load.running.add(load.clients.submit(() -> load.run(node)));
        }
        return load;
    }

    /** A dialect whose tokens and published keys are short-lived, and one with a shared secret. */
    static Path configuration(Path folder) throws IOException {
        String standard = Resources.toString(
                Resources.getResource("dev/countersign/dialect/file/standard.yaml"), StandardCharsets.UTF_8);
        Files.writeString(
                folder.resolve("quick.yaml"),
                standard.replace("max-age=300", "max-age=1").replace("lifetime: 15m", "lifetime: 10s"));
        return Files.writeString(
                folder.resolve("auth.yaml"), "dialects:\n  - {file: quick.yaml}\n  - {name: payop, prefix: /pay}\n");
    }

    private Void run(Requests node) throws Exception {
        while (!done.get()) {
            String token = node.token("ada@example.com", GOOD);
            signers.add(SignedJWT.parse(token).getHeader().getKeyID());
            Instant end = Instant.now().plus(SHOWN);
            do {
                for (Requests other : nodes) {
                    HttpResponse<String> me = other.me(token);
                    if (me.statusCode() != 200) {
                        refused.add(other.address() + " " + me.statusCode() + " " + me.body());
                    }
                }
                for (Reader reader : readers) {
                    reader.verify(token, refused);
                }
                Thread.sleep(100);
            } while (Instant.now().isBefore(end) && !done.get());
        }
        return null;
    }

    /** Waits until the new key has taken over and the former one is gone; not one token was refused. */
    void finish(String first, String second) throws Exception {
        await(Duration.ofSeconds(30), () -> signers.contains(second));
        for (Requests node : nodes) {
            await(Duration.ofSeconds(60), () -> published(node).equals(List.of(second)));
        }
        Thread.sleep(500);
        done.set(true);
        for (Future<?> client : running) {
            client.get();
        }
        assertThat(refused).isEmpty();
        assertThat(signers).containsExactlyInAnyOrder(first, second);
        assertThat(readers).allSatisfy(reader -> assertThat(reader.fetched).isGreaterThan(10));
    }

    static List<String> published(Requests requests) {
        try {
            return JWKSet.parse(requests.get("/.well-known/jwks.json").body()).getKeys().stream()
                    .map(JWK::getKeyID)
                    .toList();
        } catch (ParseException broken) {
            throw new AssertionError(broken);
        }
    }

    static void await(Duration most, BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plus(most);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("in time").isBefore(end);
            Thread.sleep(100);
        }
    }

    @Override
    public void close() {
        done.set(true);
        clients.shutdownNow();
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
            } catch (BadJOSEException missing) {
                refused.add("reader: " + missing.getMessage());
            }
        }
    }
}
