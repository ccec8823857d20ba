package dev.countersign.server;

import dev.countersign.port.ThrottleStore;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.throttle.ThrottleKeys;
import dev.countersign.throttle.ThrottlePolicy;
import dev.countersign.usecase.Throttle;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Assembles the throttle of all mounts. */
final class LoginThrottle {

    private static final Logger LOG = LoggerFactory.getLogger(LoginThrottle.class);

    private LoginThrottle() {}

    static Throttle of(ServerConfig config, ThrottleStore store, KeyRings keys, InstantSource clock) {
        if (!config.throttle()) {
            LOG.warn("throttle is false: passwords can be guessed as fast as they can be checked");
            return Throttle.unlimitedGuesses();
        }
        return Throttle.over(
                store, ThrottleKeys.of(secret(keys)), ThrottlePolicy.DEFAULT, clock, FaultLog.ofThrottle(clock));
    }

    /** The first mount's secret, which all nodes share. Without a mount that signs, the names and addresses are digested without one. */
    private static byte[] secret(KeyRings keys) {
        return keys.all().isEmpty()
                ? "countersign throttle without a secret".getBytes(StandardCharsets.UTF_8)
                : keys.all().get(0).get().deriveSecret("throttle");
    }

    /** Warns where clients may be behind a proxy that nobody named: they would all count as one client. */
    static void warnOfProxies(ServerConfig config, ListeningPort port) {
        if (config.throttle() && !port.isPrivate() && config.proxies().isEmpty()) {
            LOG.warn("listening beyond this machine, and no proxy is named: behind a proxy all clients count as one"
                    + " address; name it with --trusted-proxies (docs/proxies.md), or --trusted-proxies 127.0.0.1 if"
                    + " clients connect directly");
        }
    }
}
