package dev.countersign.proof;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Locale;

/** The clients of a {@link StormProof}, as a process of their own: StormLoad PORT TOKEN CLIENTS SECONDS, or StormLoad PORT TOKEN CLIENTS crowd. */
final class StormLoad {

    /** Verified requests per second. */
    static final int RATE = 50;

    private static final int WARM_UP_RATE = 800;
    private static final int CROWDS = 3;

    /** Of a crowd, whose own logins fail. */
    static final int WARM_UP_CLIENTS = 8;

    private StormLoad() {}

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        String token = arguments[1];
        int clients = Integer.parseInt(arguments[2]);
        // The first requests of both processes are for their compilers; a server that has run for an hour has had them.
        StormPulse.measure(port, token, WARM_UP_RATE, Duration.ofSeconds(10));
        if (arguments[3].equals("crowd")) {
            crowd(port, token, clients);
        } else {
            storm(port, token, clients, Duration.ofSeconds(Long.parseLong(arguments[3])));
        }
    }

    private static void storm(int port, String token, int clients, Duration time) {
        StormPulse quiet = StormPulse.measure(port, token, RATE, time.dividedBy(2));
        System.out.println("quiet: " + quiet);
        new StormLogins(port).storm(clients, Duration.ofSeconds(8));
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
    private static void crowd(int port, String token, int clients) throws IOException {
        new StormLogins(port).storm(WARM_UP_CLIENTS, Duration.ofSeconds(8));
        for (int i = 1; i <= CROWDS; i++) {
            StormPulse pulse = new StormPulse(port, token, RATE);
            pulse.start();
            StormLogins logins = new StormLogins(port);
            long start = System.nanoTime();
            logins.crowd(clients);
            double seconds = (System.nanoTime() - start) / 1e9;
            pulse.end();
            System.out.println("crowd " + i + ": " + pulse);
            System.out.printf(Locale.ROOT, "logins: %s; the last answer after %.1f s%n", logins, seconds);
            if (i == CROWDS) {
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
