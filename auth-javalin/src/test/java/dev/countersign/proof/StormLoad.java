package dev.countersign.proof;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Locale;

/** The clients of a {@link StormProof}, as a process of their own: StormLoad PORT TOKEN CLIENTS WARM_UP_SECONDS SECONDS, or crowd ROUNDS for SECONDS. */
final class StormLoad {

    /** Verified requests per second. */
    static final int RATE = 50;

    /** Those who log in before a crowd, whose own logins fail. */
    static final int WARM_UP_CLIENTS = 8;

    private static final int WARM_UP_RATE = 800;

    private final int port;
    private final String token;
    private final int clients;

    private StormLoad(int port, String token, int clients) {
        this.port = port;
        this.token = token;
        this.clients = clients;
    }

    public static void main(String[] arguments) throws IOException {
        StormLoad load = new StormLoad(Integer.parseInt(arguments[0]), arguments[1], Integer.parseInt(arguments[2]));
        Duration warmUp = Duration.ofSeconds(Long.parseLong(arguments[3]));
        boolean crowd = arguments[4].equals("crowd");
        // The first requests of both processes are for their compilers; a server that has run for an hour has had them.
        StormPulse.measure(load.port, load.token, WARM_UP_RATE, warmUp);
        new StormLogins(load.port).storm(crowd ? WARM_UP_CLIENTS : load.clients, warmUp);
        if (crowd) {
            load.crowds(Integer.parseInt(arguments[5]));
        } else {
            load.storm(Duration.ofSeconds(Long.parseLong(arguments[4])));
        }
    }

    private void storm(Duration time) {
        StormPulse quiet = StormPulse.measure(port, token, RATE, time.dividedBy(2));
        System.out.println("quiet: " + quiet);
        StormPulse pulse = new StormPulse(port, token, RATE);
        pulse.start();
        StormLogins logins = new StormLogins(port);
        logins.storm(clients, time);
        pulse.end();
        System.out.println("storm: " + pulse);
        System.out.println("logins: " + logins);
        result(logins.done() * 1e9 / time.toNanos(), pulse, logins);
    }

    /** The first crowd meets a server whose code for logins is not compiled yet; what counts is the last. */
    private void crowds(int rounds) throws IOException {
        for (int i = 1; i <= rounds; i++) {
            StormPulse pulse = new StormPulse(port, token, RATE);
            pulse.start();
            StormLogins logins = new StormLogins(port);
            long start = System.nanoTime();
            logins.crowd(clients);
            double seconds = (System.nanoTime() - start) / 1e9;
            pulse.end();
            System.out.println("crowd " + i + ": " + pulse);
            System.out.printf(Locale.ROOT, "logins: %s; the last answer after %.1f s%n", logins, seconds);
            if (i == rounds) {
                try (StormWire wire = new StormWire(InetAddress.getLoopbackAddress(), port)) {
                    System.out.println("afterwards: " + wire.me(token).status());
                }
                result(logins.done() / seconds, pulse, logins);
            }
        }
    }

    private static void result(double perSecond, StormPulse pulse, StormLogins logins) {
        System.out.printf(
                Locale.ROOT,
                "= %.3f %.3f %.3f %d%n",
                perSecond,
                pulse.millis(0.99),
                pulse.millis(1),
                logins.faults() + pulse.failed());
    }
}
