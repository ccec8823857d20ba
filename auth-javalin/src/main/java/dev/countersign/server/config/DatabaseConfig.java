package dev.countersign.server.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What the server was told about its database.
 *
 * @param url the address; empty for an SQLite file in the data folder
 * @param user the user to connect as; empty for what the address says
 * @param password the password of that user; empty if there is none or if it is in a file
 * @param passwordFile the file that holds the password; empty if there is none
 * @param pool the most connections at once
 * @param poolWait how long a request waits for a connection
 * @param statementTimeout how long a statement may take
 * @param connectTimeout how long a host may take to accept a connection
 * @param migrateAtStart whether to run the scripts of the schema at the start
 */
public record DatabaseConfig(
        Optional<DatabaseUrl> url,
        Optional<String> user,
        Optional<DatabasePassword> password,
        Optional<Path> passwordFile,
        int pool,
        Duration poolWait,
        Duration statementTimeout,
        Duration connectTimeout,
        boolean migrateAtStart) {

    /** Refuses what is missing. */
    public DatabaseConfig {
        requireNonNull(url, "url");
        requireNonNull(user, "user");
        requireNonNull(password, "password");
        requireNonNull(passwordFile, "passwordFile");
        requireNonNull(poolWait, "poolWait");
        requireNonNull(statementTimeout, "statementTimeout");
        requireNonNull(connectTimeout, "connectTimeout");
    }
}
