package dev.countersign.javalin;

import com.google.common.collect.ImmutableList;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Endpoint;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.OwnAnswer;
import dev.countersign.javalin.http.RawAnswer;
import dev.countersign.javalin.http.RawRequest;
import dev.countersign.server.RunningServer;
import dev.countersign.server.config.ConfigException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Hostile requests to the standalone server, by kind: every answer must be the dialect's own, or of the HTTP layer without a body; a correct login must work
 * right after. Each comes from a loopback address of its own, so that it reaches what it aims at and not the throttle. HostileProof [REQUESTS [SEED]]
 */
public final class HostileProof {

    private static final String EMAIL = "merchant@example.com";
    private static final String USERNAME = "merchant";
    private static final String SHOWN = "correct horse battery";
    private static final Duration HANG = Duration.ofSeconds(10);
    private static final int NETWORK = 127;

    private final Path folder;
    private final int requests;
    private final long seed;
    private final Map<String, Map<Integer, Integer>> kinds = new TreeMap<>();
    private Duration slowest = Duration.ZERO;
    private int sent;

    HostileProof(Path folder, int requests, long seed) {
        this.folder = folder;
        this.requests = requests;
        this.seed = seed;
    }

    /** Ends with an exception at the first answer that is not the dialect's. */
    public static void main(String[] arguments) throws Exception {
        int requests = arguments.length == 0 ? 10_000 : Integer.parseInt(arguments[0]);
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 20261126;
        Path folder = Files.createTempDirectory("hostile");
        for (String name : ShippedDialects.names()) {
            HostileProof proof = new HostileProof(folder.resolve(name), requests, seed);
            proof.run(name);
            System.out.printf(
                    Locale.ROOT,
                    "%s: %d requests with seed %d, no answer of 5xx or in other words, the slowest after %d ms%n",
                    name,
                    proof.sent,
                    seed,
                    proof.slowest.toMillis());
            proof.kinds.forEach((kind, statuses) -> System.out.println("    " + kind + ": " + statuses));
        }
        System.exit(0);
    }

    /** How many answers there were with each status, by kind of request. */
    Map<String, Map<Integer, Integer>> run(String name) throws IOException, InterruptedException, ConfigException {
        Dialect dialect = ShippedDialects.dialect(name);
        Asked asked = new Asked(dialect);
        Files.createDirectories(folder);
        try (RunningServer server = RunningServer.start(folder.resolve("data"), "--demo=", "--dialects=" + name)) {
            WireClient client = new WireClient(dialect, server.address());
            int port = URI.create(server.address()).getPort();
            String token = client.logIn(EMAIL, USERNAME, SHOWN);
            String good = asked.body(Asked.quoted(EMAIL), Asked.quoted(SHOWN));
            ImmutableList<HostileRequests.Hostile> listed = new HostileRequests(asked).all();
            RandomRequests random = new RandomRequests(asked, "", good, token, new Random(seed));
            RawBytes bytes = new RawBytes(asked, good, new Random(seed));
            for (int i = 0; i < requests; i++) {
                switch (i % 3) {
                    case 0 -> listed(listed.get(i / 3 % listed.size()), dialect, port);
                    case 1 -> send("random", random.next(), dialect, port);
                    default -> malformed(bytes.next(), port);
                }
            }
            // The first token may have been ended by a request that carried it to a logout.
            if (client.me(client.logIn(EMAIL, USERNAME, SHOWN)).statusCode() != 200) {
                throw new AssertionError("a correct login does not work after it all: " + name);
            }
        }
        return kinds;
    }

    private void listed(HostileRequests.Hostile hostile, Dialect dialect, int port) {
        send(hostile.kind(), hostile.request(), dialect, port);
    }

    private void send(String kind, RawRequest request, Dialect dialect, int port) {
        RawAnswer answer = answer(kind, () -> request.sendTo(port, address()));
        OwnAnswer.checkHarmless(answer, request);
        boolean isEmpty = answer.body().isEmpty();
        // Logins and public documents succeed; an empty body is the answer to HEAD, or of the HTTP layer.
        if (answer.status() < 400 || isEmpty) {
            return;
        }
        if (answer.status() != 405 && isForProxies(dialect, request)) {
            OwnAnswer.checkForProxy(answer, dialect, request, Reason.values());
        } else {
            OwnAnswer.check(answer, dialect, request, Reason.values());
        }
    }

    private static boolean isForProxies(Dialect dialect, RawRequest request) {
        return dialect.endpoints().stream()
                .filter(Endpoint::forProxies)
                .flatMap(endpoint -> endpoint.routes().stream())
                .anyMatch(route -> request.target().matches(Pattern.quote(route.path()) + "(\\?.*)?"));
    }

    private void malformed(RawBytes.Malformed malformed, int port) {
        RawAnswer answer = answer(malformed.kind(), () -> malformed.sendTo(port, address()));
        OwnAnswer.checkHarmless(answer, malformed.kind());
    }

    private interface Sending {
        RawAnswer send();
    }

    private RawAnswer answer(String kind, Sending sending) {
        long start = System.nanoTime();
        RawAnswer answer = sending.send();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        if (took.compareTo(HANG) > 0) {
            throw new AssertionError(kind + " was answered after " + took);
        }
        slowest = took.compareTo(slowest) > 0 ? took : slowest;
        kinds.computeIfAbsent(kind, known -> new TreeMap<>()).merge(answer.status(), 1, Integer::sum);
        return answer;
    }

    private InetAddress address() {
        sent++;
        int host = sent + 1;
        try {
            return InetAddress.getByAddress(new byte[] {NETWORK, (byte) (host >> 16), (byte) (host >> 8), (byte) host});
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
