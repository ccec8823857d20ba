package dev.countersign.server;

import com.google.common.base.Splitter;
import dev.countersign.jdbi.SqliteUrl;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.DatabaseUrl;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.files.FileTrouble;
import dev.countersign.server.sqlite.DatabaseFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig.Pragma;

/** The embedded SQLite database: its address, and its creation with permissions for its owner only. */
final class EmbeddedDatabase {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);

    private EmbeddedDatabase() {}

    /** The default place of the file. */
    static Path file(Path data) {
        return data.resolve("auth.db");
    }

    /** The JDBC address, completed with our driver settings: the configured one, otherwise that of the data folder. */
    static DatabaseUrl url(ServerConfig config) throws ConfigException {
        Optional<DatabaseUrl> given = config.database().url();
        String wait = "busy_timeout=" + config.database().statementTimeout().toMillis();
        return given.isPresent() ? completed(given.get(), wait) : in(config.data(), wait);
    }

    // A transaction waits for the write lock when it begins, before any statement has a timeout.
    private static DatabaseUrl in(Path data, String wait) throws ConfigException {
        try {
            return DatabaseUrl.of(SqliteUrl.of(file(data)) + "&" + wait).orElseThrow();
        } catch (IllegalArgumentException noFile) {
            throw new ConfigException("the data folder " + data + " cannot be used: " + noFile.getMessage());
        }
    }

    private static DatabaseUrl completed(DatabaseUrl given, String wait) throws ConfigException {
        String text = given.revealForConnection();
        String settings = text.contains("?") ? text.substring(text.indexOf('?') + 1) : "";
        for (String setting : Splitter.on('&').omitEmptyStrings().trimResults().split(settings)) {
            String name = setting.split("=", 2)[0].trim().toLowerCase(Locale.ROOT);
            if (Arrays.stream(Pragma.values())
                    .noneMatch(known -> known.getPragmaName().equals(name))) {
                // The driver would treat it as a part of the file name.
                throw new ConfigException(
                        "the database cannot be opened: its address has a setting that SQLite's driver"
                                + " does not know");
            }
        }
        String all = settings.isEmpty() ? wait : wait + "&" + settings;
        String place = text.contains("?") ? text.substring(0, text.indexOf('?')) : text;
        // Of a setting that stands twice, the driver takes the last one.
        return DatabaseUrl.of(SqliteUrl.completed(place + "?" + all)).orElseThrow();
    }

    /** Creates an empty file, and the data folder if the file belongs there. */
    static void make(ServerConfig config, DatabaseFile file) throws ConfigException {
        if (config.database().url().isEmpty()) {
            makeFolder(config.data());
        }
        try {
            // Create the file before the driver does: SQLite gives the files next to it the same permissions.
            OwnerOnly.createFile(file.path());
        } catch (IOException unusable) {
            throw new ConfigException("the database " + file.path() + " cannot be made: " + FileTrouble.of(unusable));
        }
    }

    private static void makeFolder(Path data) throws ConfigException {
        try {
            OwnerOnly.createFolder(data);
        } catch (IOException unusable) {
            throw new ConfigException("the data folder " + data + " cannot be used: " + FileTrouble.of(unusable));
        }
    }

    /** Warns if other users of the machine can read or change the file. */
    static void warn(DatabaseFile file) throws ConfigException {
        try {
            OwnerOnly.exposure(file.path()).ifPresent(exposure -> LOG.warn("{}", exposure));
        } catch (IOException unusable) {
            throw new ConfigException("the database " + file.path() + " cannot be used: " + FileTrouble.of(unusable));
        }
    }
}
