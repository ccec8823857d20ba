package dev.countersign.server.config;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.api.CorsPolicy;
import dev.countersign.api.ProxyCheck;
import dev.countersign.api.TrustedProxies;
import dev.countersign.hashing.HashLimits;
import dev.countersign.user.UserId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The configuration of the server.
 *
 * @param host the address to listen on
 * @param port the port to listen on; 0 for any free one
 * @param tls the files for TLS; empty for plain HTTP
 * @param data the folder of the embedded database and the keys
 * @param database the database
 * @param dialects the dialects to mount; empty for all that are mounted by default
 * @param verify the route for reverse proxies of every mount that has none of its own; empty for none
 * @param leeway the accepted difference of other clocks; empty for what each dialect says
 * @param cors which pages of other origins may use every mount that says nothing of its own; empty for none
 * @param queryTokens whether dialects may read tokens from the query
 * @param registration whether users may register; empty for what each dialect says
 * @param dialectSettings values for settings, applied to every dialect that declares them
 * @param firstNumber the lowest number of a newly registered user
 * @param bcryptCost the cost of new hashes
 * @param bcrypt what computes bcrypt
 * @param hashing the limits of hashing
 * @param maxBody the largest request body in bytes
 * @param requestTimeout the timeout for the head of a request, and then for its body
 * @param sessions the configuration of sessions
 * @param throttle whether logins wait after failures
 * @param proxies the trusted reverse proxies
 * @param events where security events go
 * @param management the management port
 * @param passwords the configuration of passwords
 */
public record ServerConfig(
        String host,
        int port,
        Optional<TlsConfig> tls,
        Path data,
        DatabaseConfig database,
        ImmutableList<MountConfig> dialects,
        Optional<ProxyCheck> verify,
        Optional<Duration> leeway,
        Optional<CorsPolicy> cors,
        boolean queryTokens,
        Optional<Boolean> registration,
        ImmutableMap<String, String> dialectSettings,
        UserId firstNumber,
        int bcryptCost,
        Bcrypt bcrypt,
        HashLimits hashing,
        int maxBody,
        Duration requestTimeout,
        SessionConfig sessions,
        boolean throttle,
        TrustedProxies proxies,
        EventConfig events,
        ManagementConfig management,
        PasswordConfig passwords) {

    /** Rejects null components. */
    public ServerConfig {
        requireNonNull(host, "host");
        requireNonNull(tls, "tls");
        requireNonNull(data, "data");
        requireNonNull(database, "database");
        requireNonNull(dialects, "dialects");
        requireNonNull(verify, "verify");
        requireNonNull(leeway, "leeway");
        requireNonNull(cors, "cors");
        requireNonNull(registration, "registration");
        requireNonNull(dialectSettings, "dialectSettings");
        requireNonNull(firstNumber, "firstNumber");
        requireNonNull(bcrypt, "bcrypt");
        requireNonNull(hashing, "hashing");
        requireNonNull(requestTimeout, "requestTimeout");
        requireNonNull(sessions, "sessions");
        requireNonNull(proxies, "proxies");
        requireNonNull(events, "events");
        requireNonNull(management, "management");
        requireNonNull(passwords, "passwords");
    }
}
