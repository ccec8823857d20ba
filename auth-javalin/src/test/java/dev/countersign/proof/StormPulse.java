package dev.countersign.proof;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests with a token at a fixed rate. Each has an intended start, from which its time counts: one that had to wait for the one before it is not spared that.
 */
final class StormPulse {

    private static final int CONNECTIONS = 8;

    private final int port;
    private final String token;
    private final int perSecond;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicInteger failed = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private final List<List<Long>> nanos = new ArrayList<>();

    StormPulse(int port, String token, int perSecond) {
        this.port = port;
        this.token = token;
        this.perSecond = perSecond;
    }

    /** Measures for so long, beside whatever else happens. */
    static StormPulse measure(int port, String token, int perSecond, Duration time) {
        StormPulse pulse = new StormPulse(port, token, perSecond);
        pulse.start();
        Waiting.pause(time);
        pulse.end();
        return pulse;
    }

    void start() {
        long begin = System.nanoTime();
        for (int i = 0; i < CONNECTIONS; i++) {
            int number = i;
            List<Long> own = new ArrayList<>();
            nanos.add(own);
            Thread thread = new Thread(() -> beat(number, begin, own));
            threads.add(thread);
            thread.start();
        }
    }

    private void beat(int number, long begin, List<Long> own) {
        long interval = TimeUnit.SECONDS.toNanos(1) * CONNECTIONS / perSecond;
        long intended = begin + interval * number / CONNECTIONS;
        try (StormWire wire = new StormWire(InetAddress.getLoopbackAddress(), port)) {
            while (!ended.get()) {
                for (long left = intended - System.nanoTime(); left > 0; left = intended - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                if (wire.me(token).status() != 200) {
                    failed.incrementAndGet();
                }
                own.add(System.nanoTime() - intended);
                intended += interval;
            }
        } catch (IOException broken) {
            failed.incrementAndGet();
        }
    }

    void end() {
        ended.set(true);
        threads.forEach(Waiting::join);
    }

    int failed() {
        return failed.get();
    }

    int requests() {
        return nanos.stream().mapToInt(List::size).sum();
    }

    /** The milliseconds that this share of the requests did not exceed. */
    double millis(double share) {
        long[] sorted = nanos.stream()
                .flatMap(List::stream)
                .mapToLong(each -> each)
                .sorted()
                .toArray();
        return sorted.length == 0
                ? Double.NaN
                : sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))] / 1e6;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d verified requests: p50 %.1f ms, p99 %.1f ms, max %.1f ms, %d failed",
                requests(),
                millis(0.5),
                millis(0.99),
                millis(1),
                failed());
    }
}
