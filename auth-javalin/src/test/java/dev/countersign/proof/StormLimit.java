package dev.countersign.proof;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** How many bcrypt hashes this machine verifies when it does nothing else: StormLimit COST THREADS SECONDS. Prints hashes per second. */
final class StormLimit {

    private StormLimit() {}

    public static void main(String[] arguments) {
        int cost = Integer.parseInt(arguments[0]);
        int threads = Integer.parseInt(arguments[1]);
        long nanos = (long) (Double.parseDouble(arguments[2]) * 1e9);
        char[] hash = BCrypt.withDefaults().hashToChar(cost, "a password".toCharArray());
        run(hash, threads, nanos / 4);
        System.out.println(run(hash, threads, nanos));
    }

    private static double run(char[] hash, int threads, long nanos) {
        AtomicLong done = new AtomicLong();
        AtomicLong spent = new AtomicLong();
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            all.add(new Thread(() -> {
                long start = System.nanoTime();
                while (System.nanoTime() - start < nanos) {
                    if (!BCrypt.verifyer().verify("another password".toCharArray(), hash).verified) {
                        done.incrementAndGet();
                    }
                }
                spent.addAndGet(System.nanoTime() - start);
            }));
        }
        all.forEach(Thread::start);
        all.forEach(Waiting::join);
        return done.get() * 1e9 / (spent.get() / (double) threads);
    }
}
