package dev.countersign.proof;

import dev.countersign.server.Requests;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Two servers, each a process, on one PostgreSQL. How long after a logout at one of them is the token refused by the other? How many successors has a
 * refresh token that is presented to both at once? RevocationProof [ROUNDS [pgbouncer]]; with {@code pgbouncer}, the servers reach the database through
 * a PgBouncer in transaction mode, where LISTEN does not work.
 */
final class RevocationProof {

    /** What the documentation promises. */
    static final Duration DELAY = Duration.ofSeconds(1);

    private static final String GOOD = "a password nobody else has";
    private static final int CLIENTS = 8;
    private static final Duration HANG = Duration.ofSeconds(60);

    private final WorkFolder work;
    private final int rounds;
    private final boolean throughBouncer;

    RevocationProof(WorkFolder work, int rounds, boolean throughBouncer) {
        this.work = work;
        this.rounds = rounds;
        this.throughBouncer = throughBouncer;
    }

    /** Ends with 1 if a token outlived the delay, or a refresh token had two successors. */
    public static void main(String[] arguments) throws Exception {
        Report report = Report.start("RevocationProof");
        int rounds = arguments.length == 0 ? 200 : Integer.parseInt(arguments[0]);
        boolean bouncer = Arrays.asList(arguments).contains("pgbouncer");
        Result result;
        try (WorkFolder work = WorkFolder.create()) {
            result = new RevocationProof(work, rounds, bouncer).run();
        }
        report.say(Report.load());
        report.say(result.text(bouncer ? "PostgreSQL behind PgBouncer in transaction mode" : "PostgreSQL"));
        System.exit(result.isKept() ? 0 : 1);
    }

    /**
     * What was seen.
     *
     * @param delays the time from the answer to a logout until the other server refused the token, sorted
     * @param mostSuccessors the most successors of one refresh token
     */
    record Result(List<Duration> delays, int mostSuccessors) {

        boolean isKept() {
            return delays.get(delays.size() - 1).compareTo(DELAY) <= 0 && mostSuccessors == 1;
        }

        String text(String database) {
            return String.format(
                    Locale.ROOT,
                    "%s: %d logouts at one server, refused by the other after %d ms (median), %d ms (at most); %d refresh tokens"
                            + " presented %d times at both, successors of each: %d",
                    database,
                    delays.size(),
                    delays.get(delays.size() / 2).toMillis(),
                    delays.get(delays.size() - 1).toMillis(),
                    delays.size() / 4,
                    CLIENTS,
                    mostSuccessors);
        }
    }

    Result run() throws Exception {
        try (PostgresNode database =
                PostgresBinaries.unpack(work.path()).newNode(work.path().resolve("node"))) {
            database.start();
            if (!throughBouncer) {
                return between(database.url());
            }
            try (PgBouncer bouncer = PgBouncer.start(work.path(), database.port())) {
                return between(bouncer.url());
            }
        }
    }

    private Result between(String url) throws Exception {
        List<String> arguments = List.of("--database", url, "--dialects", "standard,realworld@/rw");
        Path first = Files.createDirectories(work.path().resolve("a/data"));
        Path second = work.path().resolve("b/data");
        try (ServerProcess a = ServerProcess.start(first, arguments)) {
            // Both sign with the same keys.
            WorkFolder.copy(first, second);
            try (ServerProcess b = ServerProcess.start(second, arguments)) {
                List<Requests> servers = List.of(
                        new Requests(a.address().toString()),
                        new Requests(b.address().toString()));
                HttpResponse<String> registered = servers.get(0).register("/rw", "ada@example.com", "ada", GOOD);
                if (registered.statusCode() != 201) {
                    throw new IOException(registered.statusCode() + " " + registered.body());
                }
                return new Result(delays(servers), mostSuccessors(servers));
            }
        }
    }

    private List<Duration> delays(List<Requests> servers) throws IOException {
        List<Duration> delays = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Requests here = servers.get(round % 2);
            Requests there = servers.get(1 - round % 2);
            String token = here.token("ada", GOOD);
            expect(200, there.me(token));
            expect(204, here.post("/auth/logout", "Bearer " + token, "{}"));
            long start = System.nanoTime();
            expect(401, here.me(token));
            while (there.me(token).statusCode() == 200 && System.nanoTime() - start < HANG.toNanos()) {
                Waiting.pause(Duration.ofMillis(2));
            }
            delays.add(Duration.ofNanos(System.nanoTime() - start));
            expect(401, there.me(token));
        }
        return delays.stream().sorted().toList();
    }

    private int mostSuccessors(List<Requests> servers) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            int most = 0;
            for (int round = 0; round < rounds / 4; round++) {
                String spent = Requests.text(servers.get(0).login("ada", GOOD), "/refresh_token");
                most = Math.max(most, successors(servers, spent, clients).size());
            }
            return most;
        } finally {
            clients.shutdownNow();
        }
    }

    private static Set<String> successors(List<Requests> servers, String spent, ExecutorService clients)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<Future<String>> answers = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            Requests server = servers.get(client % 2);
            answers.add(clients.submit(() -> {
                HttpResponse<String> answer = server.post("/auth/refresh", "{\"refresh_token\":\"" + spent + "\"}");
                expect(200, answer);
                return Requests.text(answer, "/refresh_token");
            }));
        }
        Set<String> successors = new HashSet<>();
        for (Future<String> answer : answers) {
            successors.add(answer.get(HANG.toSeconds(), TimeUnit.SECONDS));
        }
        return successors;
    }

    private static void expect(int status, HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() != status) {
            throw new IOException(
                    answer.uri() + " answered " + answer.statusCode() + " instead of " + status + ": " + answer.body());
        }
    }
}
