package dev.countersign.proof;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** What one node costs: logins with hashing, requests with a token, changes; by the processor time and the memory of its process. */
final class NodeLoad {

    private static final int CLIENTS = 4;

    private final Path folder;
    private final Duration each;

    NodeLoad(Path folder, Duration each) {
        this.folder = folder;
        this.each = each;
    }

    /** One request of a client; whether it was answered as it should be. */
    @FunctionalInterface
    private interface Request {
        boolean send(int client) throws IOException;
    }

    /** A table in Markdown. */
    String run() throws IOException {
        StringBuilder table = new StringBuilder(
                "| requests of 4 clients over HTTP, SQLite | per second | processor time of the server for each, ms | memory of the server, MB |\n|---|---|---|---|\n");
        for (int cost : new int[] {10, 12}) {
            Path data = Files.createDirectory(folder.resolve("node" + cost));
            try (ServerProcess server = ServerProcess.start(data, List.of("--bcrypt-cost", Integer.toString(cost)))) {
                Api api = new Api(server.address());
                List<String> tokens = new ArrayList<>();
                for (int client = 0; client < CLIENTS; client++) {
                    tokens.add(api.register("user" + client, email(client), password(client))
                            .token());
                }
                table.append(row(
                        "login, bcrypt cost " + cost,
                        server,
                        client -> api.logIn(email(client), password(client)).isDone()));
                if (cost == 12) {
                    table.append(row(
                            "current user, by token",
                            server,
                            client -> api.me(tokens.get(client)).isDone()));
                    table.append(row(
                            "change of the profile, by token",
                            server,
                            client -> api.change(tokens.get(client), ImmutableMap.of("bio", "now " + System.nanoTime()))
                                    .isDone()));
                }
            }
        }
        return table.toString();
    }

    private static String email(int client) {
        return "user" + client + "@example.org";
    }

    private static String password(int client) {
        return "the long password of user number " + client;
    }

    private String row(String name, ServerProcess server, Request request) {
        load(request, each.dividedBy(2));
        Duration before = server.processorTime();
        long start = System.nanoTime();
        long requests = load(request, each);
        double seconds = (System.nanoTime() - start) / 1e9;
        double millis = server.processorTime().minus(before).toNanos() / 1e6 / requests;
        return String.format(
                Locale.ROOT, "| %s | %,.0f | %.2f | %d |%n", name, requests / seconds, millis, server.resident() >> 20);
    }

    private static long load(Request request, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        AtomicLong answered = new AtomicLong();
        AtomicLong failed = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            int number = client;
            threads.add(new Thread(() -> {
                try {
                    while (System.nanoTime() < end) {
                        (request.send(number) ? answered : failed).incrementAndGet();
                    }
                } catch (IOException broken) {
                    failed.incrementAndGet();
                }
            }));
        }
        threads.forEach(Thread::start);
        threads.forEach(Waiting::join);
        if (failed.get() > 0) {
            throw new IllegalStateException(failed + " requests failed");
        }
        return answered.get();
    }
}
