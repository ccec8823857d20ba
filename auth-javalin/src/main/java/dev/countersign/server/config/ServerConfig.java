package dev.countersign.server.config;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.api.ProxyCheck;
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
 * @param queryTokens whether dialects may read tokens from the query
 * @param registration whether users may register; empty for what each dialect says
 * @param dialectSettings values for settings, applied to every dialect that declares them
 * @param firstNumber the lowest number of a newly registered user
 * @param bcryptCost the cost of new hashes
 * @param maxBody the largest request body in bytes
 * @param requestTimeout the timeout for the head of a request, and then for its body
 * @param sessions the configuration of sessions
 * @param passwordMinimum the minimum length of a password given on the command line, in characters
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
        boolean queryTokens,
        Optional<Boolean> registration,
        ImmutableMap<String, String> dialectSettings,
        UserId firstNumber,
        int bcryptCost,
        int maxBody,
        Duration requestTimeout,
        SessionConfig sessions,
        int passwordMinimum) {

    /** Rejects null components. */
    public ServerConfig {
        requireNonNull(host, "host");
        requireNonNull(tls, "tls");
        requireNonNull(data, "data");
        requireNonNull(database, "database");
        requireNonNull(dialects, "dialects");
        requireNonNull(verify, "verify");
        requireNonNull(leeway, "leeway");
        requireNonNull(registration, "registration");
        requireNonNull(dialectSettings, "dialectSettings");
        requireNonNull(firstNumber, "firstNumber");
        requireNonNull(requestTimeout, "requestTimeout");
        requireNonNull(sessions, "sessions");
    }
}
