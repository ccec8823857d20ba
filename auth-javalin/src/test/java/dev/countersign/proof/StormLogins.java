package dev.countersign.proof;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that log in, each with an address and a user of its own. */
final class StormLogins {

    private static final int STORM = 1;
    private static final int CROWD = 2;

    private final int port;
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger wrong = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger throttled = new AtomicInteger();
    private final AtomicInteger others = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();

    StormLogins(int port) {
        this.port = port;
    }

    static String email(int client) {
        return "storm" + client + "@example.org";
    }

    static String password(int client) {
        return "the long password of client " + client;
    }

    /** Registers the users of the clients. */
    static void register(int port, int clients) throws IOException {
        for (int client = 0; client < clients; client++) {
            try (StormWire wire = new StormWire(StormWire.address(STORM, client), port)) {
                StormWire.Answer answer = wire.register("storm" + client, email(client), password(client));
                if (answer.status() != 201) {
                    throw new IOException("nobody could register: " + answer);
                }
            }
        }
    }

    /** Each client logs in again as soon as it has its answer, and waits after a refusal as long as that says. */
    void storm(int clients, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            int client = i;
            threads.add(new Thread(() -> {
                try (StormWire wire = new StormWire(StormWire.address(STORM, client), port)) {
                    while (System.nanoTime() < end) {
                        StormWire.Answer answer = wire.logIn(email(client), password(client));
                        if (System.nanoTime() < end) {
                            count(answer);
                            long left = Math.max(0, (end - System.nanoTime()) / 1_000_000);
                            Waiting.pause(Duration.ofMillis(Math.min(left, answer.retryAfter() * 1000L)));
                        }
                    }
                } catch (IOException broken) {
                    unanswered.incrementAndGet();
                }
            }));
        }
        threads.forEach(Thread::start);
        threads.forEach(Waiting::join);
    }

    /** So many wrong logins at once, each on a connection, from an address and with a name of its own. One thread sends them, so as to leave the processors to the server. */
    void crowd(int clients) throws IOException {
        List<StormWire> wires = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            wires.add(new StormWire(StormWire.address(CROWD, client), port));
        }
        for (int client = 0; client < clients; client++) {
            wires.get(client).sendLogIn("nobody" + client + "@example.org", "wrong password " + client);
        }
        for (StormWire wire : wires) {
            try (wire) {
                count(wire.answer());
            } catch (IOException broken) {
                unanswered.incrementAndGet();
            }
        }
    }

    private void count(StormWire.Answer answer) {
        if (answer.status() == 200) {
            done.incrementAndGet();
        } else if (answer.isRefusal()) {
            (answer.status() == 503 ? refused : throttled).incrementAndGet();
        } else if (answer.status() == 401 || answer.status() == 422 || answer.status() == 403) {
            wrong.incrementAndGet();
        } else {
            others.incrementAndGet();
        }
    }

    int done() {
        return done.get();
    }

    /** Answers that are neither a login, nor a wrong password, nor a refusal in the dialect's form; and connections without an answer. */
    int faults() {
        return others.get() + unanswered.get();
    }

    @Override
    public String toString() {
        return done + " logged in, " + wrong + " wrong passwords, " + refused + " refused with 503 and " + throttled
                + " with 429, " + others + " other answers, " + unanswered + " without an answer";
    }
}
