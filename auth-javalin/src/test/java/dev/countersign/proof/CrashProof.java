package dev.countersign.proof;

import dev.countersign.jdbi.JdbiAuthStores;
import dev.countersign.jdbi.SqliteUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jdbi.v3.core.Jdbi;

/** Kills the server, or its database, at random moments while clients write; then looks whether all they were told is there. */
final class CrashProof {

    private static final int CLIENTS = 4;
    /** Registrations and password changes before something is killed. */
    private static final int LEAST = 20;

    private final WorkFolder work;
    private final int rounds;
    private final Clients clients;
    private final Moment moment;

    CrashProof(WorkFolder work, int rounds, int least, long seed) {
        this.work = work;
        this.rounds = rounds;
        Random random = new Random(seed);
        this.clients = new Clients(CLIENTS, random);
        this.moment = new Moment(random, least);
    }

    /** Runs all three, or those that are named: {@code [rounds] [sqlite|postgresql|database]...}. */
    public static void main(String[] arguments) throws IOException {
        Report report = Report.start("crash");
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
        List<String> parts = List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
        for (String part : parts.isEmpty() ? List.of("sqlite", "postgresql", "database") : parts) {
            try (WorkFolder work = WorkFolder.create()) {
                CrashProof proof = new CrashProof(work, rounds, LEAST, report.seed());
                switch (part) {
                    case "sqlite" -> report.say(proof.serverOnSqlite());
                    case "postgresql" -> report.say(proof.serverOnPostgres());
                    case "database" -> report.say(proof.database());
                    default -> throw new IllegalArgumentException("sqlite, postgresql or database, not " + part);
                }
            }
        }
    }

    /** The server is killed; the database is a file. */
    String serverOnSqlite() throws IOException {
        Path data = Files.createDirectory(work.path().resolve("auth-data"));
        String url = SqliteUrl.of(data.resolve("auth.db"));
        // Made here, so that the first audit finds tables even if the first server is killed early.
        JdbiAuthStores.over(Jdbi.create(url)).migrate();
        killServers(data, List.of(), Audit.ofSqlite(url));
        return result("SQLite", "server");
    }

    /** The server is killed; the database goes on. */
    String serverOnPostgres() throws IOException {
        try (PostgresNode node =
                PostgresBinaries.unpack(work.path()).newNode(work.path().resolve("node"))) {
            node.start();
            JdbiAuthStores.over(Jdbi.create(node.url())).migrate();
            killServers(
                    Files.createDirectory(work.path().resolve("auth-data")),
                    List.of("--database", url(node)),
                    Audit.ofPostgres(node.url()));
        }
        return result("PostgreSQL", "server");
    }

    private void killServers(Path data, List<String> arguments, Audit audit) throws IOException {
        for (int round = 0; round < rounds; round++) {
            try (ServerProcess server = ServerProcess.start(data, arguments)) {
                audit.check(clients.accounts());
                clients.start(new Api(server.address()));
                moment.await(clients.tally(), round);
                clients.expectEnd();
                server.kill();
                clients.stop();
            }
            clients.tally().requireNoSurprise();
        }
        try (ServerProcess server = ServerProcess.start(data, arguments)) {
            audit.check(clients.accounts());
            logIn(new Api(server.address()), 20);
        }
    }

    /** The database is killed; the server goes on. */
    String database() throws IOException {
        Path data = Files.createDirectory(work.path().resolve("auth-data"));
        try (PostgresNode node =
                PostgresBinaries.unpack(work.path()).newNode(work.path().resolve("node"))) {
            node.start();
            try (ServerProcess server = ServerProcess.start(data, List.of("--database", url(node)))) {
                Audit audit = Audit.ofPostgres(node.url());
                for (int round = 0; round < rounds; round++) {
                    clients.start(new Api(server.address()));
                    moment.await(clients.tally(), round);
                    node.kill();
                    node.start();
                    clients.tally().awaitWrite("writing again");
                    clients.stop();
                    clients.tally().requireNoSurprise();
                    audit.check(clients.accounts());
                }
                logIn(new Api(server.address()), 20);
            }
        }
        return result("PostgreSQL", "database") + "; " + clients.tally().unavailable()
                + " requests answered 503 with Retry-After, the slowest answer took "
                + clients.tally().slowest().toMillis() + " ms";
    }

    // Nothing but the address: the server's own settings have to do.
    private static String url(PostgresNode node) {
        return "jdbc:postgresql://127.0.0.1:" + node.port() + "/postgres?user=postgres";
    }

    private void logIn(Api api, int number) throws IOException {
        for (Account account : clients.accounts().stream()
                .filter(account -> account.pending().isEmpty())
                .limit(number)
                .toList()) {
            Api.Answer answer = api.logIn(
                    account.email(), account.password(account.acknowledged().orElseThrow()));
            if (!answer.isDone()) {
                throw new IllegalStateException(account.username() + " cannot log in: " + answer);
            }
        }
    }

    private String result(String vendor, String killed) {
        return vendor + ", " + killed + " killed " + rounds + " times, " + moment + ": " + clients.tally()
                + ", none lost, nothing half there";
    }
}
