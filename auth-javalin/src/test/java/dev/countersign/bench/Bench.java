package dev.countersign.bench;

import at.favre.lib.crypto.bcrypt.BCrypt;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import dev.countersign.bench.Contender.Guarded;
import dev.countersign.bench.Contender.Login;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Measures this server and others side by side: Bench [ROUNDS [SECONDS [DOCS]]]. In each round every server takes its turn at each measurement of so many seconds; the
 * table has the medians of the rounds. With the folder of the documentation, the result is written there.
 */
final class Bench {

    private static final int USERS = 1000;
    private static final int CLIENTS = 64;
    private static final int PACED_CLIENTS = 16;
    private static final int PACE = 50;
    private static final int STARTS = 5;
    private static final String PASSWORD = "the same thousand users";

    private final Path folder;
    private final int rounds;
    private final Duration turn;
    private final List<Contender> contenders;
    private final Optional<Path> docs;
    private final Map<String, RunningServer> servers = new LinkedHashMap<>();
    private final List<Entry> entries = new ArrayList<>();

    private Bench(Path folder, int rounds, Duration turn, List<Contender> contenders, Optional<Path> docs) {
        this.folder = folder;
        this.rounds = rounds;
        this.turn = turn;
        this.contenders = contenders;
        this.docs = docs;
    }

    public static void main(String[] arguments) throws IOException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        List<String> options = Splitter.on(' ').omitEmptyStrings().splitToList(System.getProperty("bench.options", ""));
        List<Contender> contenders = Contenders.all(
                Path.of(System.getProperty("bench.server", "")),
                options,
                Path.of(System.getProperty("bench.peers", "")));
        Path folder = Files.createTempDirectory("countersign-bench");
        Optional<Path> docs = arguments.length > 2 ? Optional.of(Path.of(arguments[2])) : Optional.empty();
        Bench bench = new Bench(folder, rounds, Duration.ofSeconds(seconds), contenders, docs);
        Runtime.getRuntime().addShutdownHook(new Thread(bench::end));
        bench.run();
    }

    private void run() throws IOException {
        System.err.println(contenders.size() + " contenders, about " + minutes() + " minutes");
        Path users = users();
        for (Contender contender : contenders) {
            entries.add(entry(contender, users));
        }
        for (int round = 0; round < rounds; round++) {
            System.err.println("round " + (round + 1));
            each(this::currentUser);
            each(this::manyTokens);
            each(this::guarded);
            each(this::logins);
            each(this::pace);
        }
        for (Entry entry : entries) {
            entry.note(Column.RESIDENT, (double) entry.server().resident());
        }
        servers.values().forEach(RunningServer::close);
        for (int start = 0; start < STARTS; start++) {
            start(users);
        }
        String table = new BenchTable(entries).text();
        System.out.print(table);
        if (docs.isPresent()) {
            BenchPage.write(docs.get(), table, new BenchPlot(entries).svg());
        }
    }

    private int minutes() {
        long turns = (9L * rounds + 6) * contenders.size();
        return (int) (2 + contenders.size() / 2 + turns * turn.toSeconds() / 60);
    }

    /** A step that measures one contender. */
    private interface Step {
        void measure(Entry entry) throws IOException;
    }

    private void each(Step step) throws IOException {
        for (Entry entry : entries) {
            step.measure(entry);
        }
    }

    /** All users have the same password and the same hash; nobody computes it more often than with others. */
    private Path users() throws IOException {
        String hash = BCrypt.withDefaults().hashToString(10, PASSWORD.toCharArray());
        Files.write(folder.resolve("users.csv"), lines("email,password_hash", ",", hash));
        return Files.write(folder.resolve("users.txt"), lines("", "\t", hash));
    }

    private static List<String> lines(String head, String between, String hash) {
        ImmutableList.Builder<String> lines = ImmutableList.builder();
        if (!head.isEmpty()) {
            lines.add(head);
        }
        IntStream.range(0, USERS).forEach(user -> lines.add(email(user) + between + hash));
        return lines.build();
    }

    private static String email(int user) {
        return "user" + user + "@example.org";
    }

    private Entry entry(Contender contender, Path users) throws IOException {
        RunningServer server = servers.get(contender.server());
        if (server == null) {
            Path data = Files.createDirectories(folder.resolve("data" + servers.size()));
            server = start(contender, data, users);
            servers.put(contender.server(), server);
        }
        Entry entry = new Entry(contender, server, calls(contender, server));
        warmUp(entry);
        return entry;
    }

    private RunningServer start(Contender contender, Path data, Path users) throws IOException {
        List<String> command = contender.command(data, users);
        if (contender.server().equals(Contenders.OURS)) {
            List<String> java = command.subList(0, command.indexOf("serve"));
            run(java, "db", "migrate", "--data", data.toString());
            run(java, "user", "import", folder.resolve("users.csv").toString(), "--data", data.toString());
        }
        return RunningServer.start(command, folder.resolve("log.txt"));
    }

    private static void run(List<String> java, String... arguments) throws IOException {
        Process process = new ProcessBuilder(ImmutableList.<String>builder()
                        .addAll(java)
                        .add(arguments)
                        .build())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(said);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Logs everybody in, and checks that the server tells right from wrong. */
    private static List<Call> calls(Contender contender, RunningServer server) throws IOException {
        Login login = contender.login();
        if (login == null) {
            return List.of(Call.get(contender.me(), "", "email"));
        }
        check(server, login.call(email(0), "another password", 0, ""), 400, 401, 403, 422);
        check(server, Call.get(contender.me(), login.header() + "a.b.c", ""), 401);
        ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors() * 2);
        try {
            List<Future<Call>> all = new ArrayList<>();
            for (int user = 0; user < USERS; user++) {
                int number = user;
                all.add(threads.submit(() -> logIn(contender, login, server, number)));
            }
            ImmutableList.Builder<Call> calls = ImmutableList.builder();
            for (Future<Call> each : all) {
                calls.add(each.get());
            }
            return calls.build();
        } catch (ExecutionException failed) {
            throw new IOException(contender.name(), failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Call logIn(Contender contender, Login login, RunningServer server, int user) throws IOException {
        Wire wire = check(server, login.call(email(user), PASSWORD, 0, ""), 200, 201);
        String token = login.header() + login.tokenIn(wire.body());
        check(server, Call.get(contender.me(), token, ""), 200);
        return Call.get(contender.me(), token, email(user));
    }

    private static Wire check(RunningServer server, Call call, Integer... expected) throws IOException {
        Wire answer = Traffic.ask(server.port(), call);
        if (!List.of(expected).contains(answer.status())) {
            throw new IOException("expected " + List.of(expected) + ", not " + answer.status() + " " + answer.body());
        }
        return answer;
    }

    /** Until two turns in a row are alike, so that the compilers have done their work. */
    private void warmUp(Entry entry) throws IOException {
        double last = 0;
        for (int i = 0; i < 10; i++) {
            double rate = closed(entry, entry.me(), CLIENTS).perSecond();
            if (i > 1 && Math.abs(rate - last) < 0.05 * last) {
                break;
            }
            last = rate;
        }
        if (entry.contender().login() != null) {
            closed(entry, logInCalls(entry), CLIENTS);
            settle(entry);
        }
    }

    private Times closed(Entry entry, List<Call> calls, int clients) throws IOException {
        try (Traffic traffic = new Traffic(entry.server().port())) {
            Traffic.Stream stream = traffic.closed(calls, clients);
            traffic.run(turn);
            return checked(entry, stream.times());
        }
    }

    private static Times checked(Entry entry, Times times) {
        if (times.wrong() > 0) {
            System.err.println(entry.contender().name() + ": " + times.wrong() + " wrong or missing answers");
        }
        return times;
    }

    private static List<Call> logInCalls(Entry entry) {
        Login login = entry.contender().login();
        return login == null
                ? List.of()
                : IntStream.range(0, USERS)
                        .mapToObj(user -> login.call(email(user), PASSWORD, 200, login.token()))
                        .toList();
    }

    private void currentUser(Entry entry) throws IOException {
        entry.note(Column.ME, closed(entry, entry.me().subList(0, 1), CLIENTS).perSecond());
    }

    private void manyTokens(Entry entry) throws IOException {
        if (entry.me().size() > 1) {
            entry.note(Column.ME_OF_MANY, closed(entry, entry.me(), CLIENTS).perSecond());
        }
    }

    private void guarded(Entry entry) throws IOException {
        Guarded guarded = entry.contender().guarded();
        if (guarded != null) {
            List<Call> calls = entry.me().stream()
                    .map(me -> me.to(entry.contender().me(), guarded.path(), guarded.status()))
                    .toList();
            entry.note(Column.GUARDED, closed(entry, calls, CLIENTS).perSecond());
        }
    }

    /** Waits until a server has ended the logins whose clients have gone, so that they disturb no other measurement. */
    private static void settle(Entry entry) {
        for (int i = 0; i < 40; i++) {
            Duration before = entry.server().processorTime();
            try {
                Thread.sleep(250);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
            if (entry.server().processorTime().minus(before).toMillis() < 25) {
                return;
            }
        }
    }

    private void logins(Entry entry) throws IOException {
        if (entry.contender().login() != null) {
            Times alone = closed(entry, logInCalls(entry), 1);
            entry.note(Column.LOGIN, alone.millis(0.5));
            entry.note(Column.LOGINS, closed(entry, logInCalls(entry), CLIENTS).perSecond());
            settle(entry);
        }
    }

    private void pace(Entry entry) throws IOException {
        entry.note(Column.QUIET, paced(entry, 0));
        if (entry.contender().login() != null) {
            entry.note(Column.STORM, paced(entry, CLIENTS));
            settle(entry);
        }
    }

    private double paced(Entry entry, int logins) throws IOException {
        try (Traffic traffic = new Traffic(entry.server().port())) {
            Traffic.Stream verified = traffic.paced(entry.me(), PACE, PACED_CLIENTS);
            if (logins > 0) {
                traffic.closed(logInCalls(entry), logins);
            }
            traffic.run(turn.multipliedBy(2));
            return checked(entry, verified.times()).millis(0.99);
        }
    }

    /** Starts each server once, with its users in place where it keeps them. */
    private void start(Path users) throws IOException {
        Path one =
                Files.write(folder.resolve("one.txt"), Files.readAllLines(users).subList(0, 1));
        int number = 0;
        for (String name : servers.keySet()) {
            Contender contender = contenders.stream()
                    .filter(each -> each.server().equals(name))
                    .findFirst()
                    .orElseThrow();
            Path data = folder.resolve("data" + number++);
            boolean isOurs = name.equals(Contenders.OURS);
            Path place = isOurs ? data : Files.createTempDirectory(folder, "start");
            try (RunningServer server = RunningServer.start(contender.command(place, one), folder.resolve("log.txt"))) {
                double millis = server.startTime().toNanos() / 1e6;
                entries.stream()
                        .filter(entry -> entry.contender().server().equals(name))
                        .forEach(entry -> entry.note(Column.START, millis));
            }
        }
    }

    private void end() {
        servers.values().forEach(RunningServer::close);
        try {
            MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
        } catch (IOException left) {
            System.err.println("some files are left in " + folder);
        }
    }

    static String number(String format, double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value);
    }
}
