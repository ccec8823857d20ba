package dev.countersign.server;

import dev.countersign.server.config.DatabaseUrl;
import dev.countersign.server.config.ServerConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the configured database is, before it is opened. */
public final class DatabasePlace {

    private DatabasePlace() {}

    /** {@return the name of the database product} */
    public static String vendor(ServerConfig config) {
        return isSqlite(config) ? "SQLite" : "PostgreSQL";
    }

    static boolean isSqlite(ServerConfig config) {
        return config.database().url().map(DatabaseUrl::isSqlite).orElse(true);
    }

    /** {@return the place of the database, without secrets} */
    public static String of(ServerConfig config) {
        return config.database()
                .url()
                .map(DatabaseUrl::place)
                .orElse(EmbeddedDatabase.file(config.data()).toString());
    }

    /** {@return the SQLite file; empty for another database} */
    static Optional<Path> file(ServerConfig config) {
        return isSqlite(config) ? Optional.of(Path.of(of(config))) : Optional.empty();
    }

    /** {@return whether the database is an SQLite file that does not exist} */
    public static boolean isMissing(ServerConfig config) {
        return isSqlite(config) && Files.notExists(Path.of(of(config)));
    }
}
