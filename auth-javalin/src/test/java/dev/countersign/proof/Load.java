package dev.countersign.proof;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** As many requests as several clients get answered. */
final class Load {

    private final int clients;
    private final Request request;

    Load(int clients, Request request) {
        this.clients = clients;
        this.request = request;
    }

    /** One request of a client; whether it was answered as it should be. */
    @FunctionalInterface
    interface Request {
        boolean send(int client) throws IOException;
    }

    /** Requests per second; throws if one failed. */
    double run(Duration time) {
        long start = System.nanoTime();
        AtomicLong answered = new AtomicLong();
        AtomicLong failed = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            int number = client;
            threads.add(new Thread(() -> {
                try {
                    while (System.nanoTime() - start < time.toNanos()) {
                        (request.send(number) ? answered : failed).incrementAndGet();
                    }
                } catch (IOException | RuntimeException broken) {
                    failed.incrementAndGet();
                }
            }));
        }
        threads.forEach(Thread::start);
        threads.forEach(Waiting::join);
        if (failed.get() > 0) {
            throw new IllegalStateException(failed + " requests failed");
        }
        return answered.get() * 1e9 / (System.nanoTime() - start);
    }
}
