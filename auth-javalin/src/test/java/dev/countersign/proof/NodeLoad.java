package dev.countersign.proof;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one node costs: logins with hashing, requests with a token, changes; by the processor time and the memory of its process. */
final class NodeLoad {

    static final String LOGIN = "login, bcrypt cost ";
    static final String TOKEN = "current user, by token";
    static final String CHANGE = "change of the profile, by token";
    private static final int CLIENTS = 4;

    private final Path folder;
    private final Duration each;

    NodeLoad(Path folder, Duration each) {
        this.folder = folder;
        this.each = each;
    }

    /** On SQLite, and on PostgreSQL. */
    List<NodeRow> run(PostgresNode node) throws IOException {
        List<NodeRow> rows = new ArrayList<>(load(10, List.of(), Optional.empty(), "SQLite"));
        rows.addAll(load(12, List.of(), Optional.empty(), "SQLite"));
        String url = "jdbc:postgresql://127.0.0.1:" + node.port() + "/postgres?user=postgres";
        rows.addAll(load(12, List.of("--database", url), Optional.of(node), "PostgreSQL"));
        return rows;
    }

    private List<NodeRow> load(int cost, List<String> database, Optional<PostgresNode> node, String name)
            throws IOException {
        Path data = Files.createDirectory(folder.resolve("node" + cost + name));
        List<String> arguments = new ArrayList<>(database);
        arguments.addAll(List.of("--bcrypt-cost", Integer.toString(cost)));
        List<NodeRow> rows = new ArrayList<>();
        try (ServerProcess server = ServerProcess.startToStay(data, arguments)) {
            Api api = new Api(server.address());
            List<String> tokens = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                tokens.add(api.register("user" + client, email(client), password(client))
                        .token());
            }
            Costs costs = new Costs(server, node, name);
            rows.add(costs.of(
                    LOGIN + cost,
                    client -> api.logIn(email(client), password(client)).isDone()));
            if (cost == 12) {
                rows.add(costs.of(TOKEN, client -> api.me(tokens.get(client)).isDone()));
                rows.add(costs.of(
                        CHANGE,
                        client -> api.change(tokens.get(client), ImmutableMap.of("bio", "now " + System.nanoTime()))
                                .isDone()));
            }
        }
        return rows;
    }

    private static String email(int client) {
        return "user" + client + "@example.org";
    }

    private static String password(int client) {
        return "the long password of user number " + client;
    }

    /** Measures one server, and the database behind it if that is a process of its own. */
    private final class Costs {

        private final ServerProcess server;
        private final Optional<PostgresNode> node;
        private final String name;

        Costs(ServerProcess server, Optional<PostgresNode> node, String name) {
            this.server = server;
            this.node = node;
            this.name = name;
        }

        NodeRow of(String request, Load.Request send) {
            Load load = new Load(CLIENTS, send);
            load.run(each.dividedBy(2));
            Duration before = server.processorTime();
            Duration databaseBefore = databaseTime();
            double perSecond = load.run(each);
            double requests = perSecond * each.toMillis() / 1e3;
            return new NodeRow(
                    request,
                    name,
                    perSecond,
                    server.processorTime().minus(before).toNanos() / 1e6 / requests,
                    databaseTime().minus(databaseBefore).toNanos() / 1e6 / requests,
                    server.resident());
        }

        private Duration databaseTime() {
            return node.map(PostgresNode::processorTime).orElse(Duration.ZERO);
        }
    }
}
