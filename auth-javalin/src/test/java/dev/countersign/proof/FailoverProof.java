package dev.countersign.proof;

import dev.countersign.jdbi.JdbiAuthStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jdbi.v3.core.Jdbi;

/**
 * Two PostgreSQL servers, one the synchronous standby of the other, and a server that knows both. The primary goes away, the standby is
 * promoted, writes resume; then whoever went away comes back as the standby. Clients write all the time.
 */
final class FailoverProof {

    private static final int CLIENTS = 4;
    private static final int LONGEST_MILLIS = 1000;
    /** Registrations and password changes before a primary goes away. */
    private static final int LEAST = 20;
    // Several times as long as a statement may take.
    private static final Duration ALONE = Duration.ofSeconds(20);

    private final WorkFolder work;
    private final int rounds;
    private final Duration alone;
    private final Random random;
    private final Clients clients;
    private final Moment moment;
    private final List<Duration> outages = new ArrayList<>();

    FailoverProof(WorkFolder work, int rounds, int least, Duration alone, long seed) {
        this.work = work;
        this.rounds = rounds;
        this.alone = alone;
        this.random = new Random(seed);
        this.clients = new Clients(CLIENTS, random);
        this.moment = new Moment(random, least);
    }

    /** Runs: {@code [rounds]}. */
    public static void main(String[] arguments) throws IOException {
        Report report = Report.start("failover");
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
        try (WorkFolder work = WorkFolder.create()) {
            report.say(new FailoverProof(work, rounds, LEAST, ALONE, report.seed()).run());
        }
    }

    String run() throws IOException {
        PostgresBinaries binaries = PostgresBinaries.unpack(work.path());
        PostgresNode primary = binaries.newNode(work.path().resolve("one"));
        PostgresNode standby = binaries.newNode(work.path().resolve("two"));
        try {
            primary.start();
            JdbiAuthStores.over(Jdbi.create(primary.url())).migrate();
            standby = primary.makeStandby(standby);
            primary.demandStandby();
            String url = "jdbc:postgresql://127.0.0.1:" + primary.port() + ",127.0.0.1:" + standby.port()
                    + "/postgres?user=postgres";
            Path data = Files.createDirectory(work.path().resolve("auth-data"));
            try (ServerProcess server = ServerProcess.start(data, List.of("--database", url))) {
                for (int round = 0; round < rounds; round++) {
                    clients.start(new Api(server.address()));
                    failOver(primary, standby, round);
                    clients.stop();
                    clients.tally().requireNoSurprise();
                    Audit.ofPostgres(standby.url()).check(clients.accounts());
                    PostgresNode gone = primary;
                    primary = standby;
                    standby = primary.makeStandby(gone);
                    primary.demandStandby();
                }
                clients.start(new Api(server.address()));
                withoutStandby(primary, standby);
            }
        } finally {
            primary.close();
            standby.close();
        }
        return result();
    }

    private void failOver(PostgresNode primary, PostgresNode standby, int round) {
        moment.await(clients.tally(), round);
        long gone = System.nanoTime();
        // Every fourth one does not even refuse connections any more.
        if (round % 4 == 3) {
            primary.freeze();
        } else {
            primary.killAll();
        }
        Waiting.pause(Duration.ofMillis(random.nextInt(LONGEST_MILLIS)));
        standby.promote();
        clients.tally().awaitWrite("writing to the new primary");
        outages.add(Duration.ofNanos(System.nanoTime() - gone));
    }

    /** No standby, no acknowledgement, and no hang; when it is back, all goes on. */
    private void withoutStandby(PostgresNode primary, PostgresNode standby) {
        clients.tally().awaitWrite("writing");
        standby.killAll();
        // Whoever was being answered when it went.
        Waiting.pause(Duration.ofSeconds(3));
        long since = System.nanoTime();
        Waiting.pause(alone);
        if (clients.tally().doneSince(since)) {
            throw new IllegalStateException("a write was acknowledged that only one server has");
        }
        standby.start();
        clients.tally().awaitWrite("writing to both again");
        clients.stop();
        clients.tally().requireNoSurprise();
        Audit.ofPostgres(primary.url()).check(clients.accounts());
    }

    private String result() {
        List<Duration> sorted = outages.stream().sorted().toList();
        return "PostgreSQL with a synchronous standby, " + rounds + " failovers, " + moment + ": " + clients.tally()
                + ", none lost; "
                + clients.tally().unavailable() + " requests answered 503 with Retry-After, the slowest answer took "
                + clients.tally().slowest().toMillis() + " ms; from the loss to the first write "
                + sorted.get(sorted.size() / 2).toMillis() + " ms (median), "
                + sorted.get(sorted.size() - 1).toMillis() + " ms (longest), of which up to "
                + LONGEST_MILLIS + " ms until the standby was promoted";
    }
}
