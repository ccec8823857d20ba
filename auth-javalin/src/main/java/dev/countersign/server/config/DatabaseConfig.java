package dev.countersign.server.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The configuration of the database.
 *
 * @param url the address; empty for an SQLite file in the data folder
 * @param user the user to connect as; empty to use the address
 * @param password the password of that user; empty if there is none or if it is in a file
 * @param passwordFile the file that holds the password; empty if there is none
 * @param pool the maximum number of connections
 * @param poolWait the timeout of a request that waits for a connection
 * @param statementTimeout the timeout of a statement
 * @param connectTimeout the timeout for connecting to one host
 * @param masterKeyFile the file with the master key that encrypts the keys in the database; empty if there is none
 * @param migrateAtStart whether to migrate the tables at the start
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
        Optional<Path> masterKeyFile,
        boolean migrateAtStart) {

    /** Rejects null components. */
    public DatabaseConfig {
        requireNonNull(url, "url");
        requireNonNull(user, "user");
        requireNonNull(password, "password");
        requireNonNull(passwordFile, "passwordFile");
        requireNonNull(poolWait, "poolWait");
        requireNonNull(statementTimeout, "statementTimeout");
        requireNonNull(connectTimeout, "connectTimeout");
        requireNonNull(masterKeyFile, "masterKeyFile");
    }
}
