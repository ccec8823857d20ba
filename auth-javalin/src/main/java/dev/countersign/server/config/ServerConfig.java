package dev.countersign.server.config;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.user.UserId;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the server was told.
 *
 * @param host the address to listen on
 * @param port the port to listen on; 0 for any free one
 * @param data the folder of the embedded database and the keys
 * @param database the database
 * @param dialects the dialects to mount; empty for all that are mounted by default
 * @param queryTokens whether tokens may be taken from the query
 * @param dialectSettings values for settings of every dialect that has them
 * @param firstNumber the lowest number of a user who registers
 * @param bcryptCost the cost of new hashes
 * @param maxBody the largest request body in bytes
 * @param requestTimeout how long the head of a request may take to arrive, and then its body
 * @param passwordMinimum the fewest characters of a password given on the command line
 */
public record ServerConfig(
        String host,
        int port,
        Path data,
        DatabaseConfig database,
        ImmutableList<MountConfig> dialects,
        boolean queryTokens,
        ImmutableMap<String, String> dialectSettings,
        UserId firstNumber,
        int bcryptCost,
        int maxBody,
        Duration requestTimeout,
        int passwordMinimum) {

    /** Refuses what is missing. */
    public ServerConfig {
        requireNonNull(host, "host");
        requireNonNull(data, "data");
        requireNonNull(database, "database");
        requireNonNull(dialects, "dialects");
        requireNonNull(dialectSettings, "dialectSettings");
        requireNonNull(firstNumber, "firstNumber");
        requireNonNull(requestTimeout, "requestTimeout");
    }
}
