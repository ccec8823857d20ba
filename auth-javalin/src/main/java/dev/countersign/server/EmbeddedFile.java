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

/** An SQLite file: its address, and how it is made so that only its owner can read it. */
final class EmbeddedFile {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedFile.class);

    private EmbeddedFile() {}

    /** Where it is unless an address is given. */
    static Path file(Path data) {
        return data.resolve("auth.db");
    }

    /** The JDBC address with our settings where it has none: the one that is given, otherwise that of the data folder. */
    static DatabaseUrl url(ServerConfig config) throws ConfigException {
        Optional<DatabaseUrl> given = config.database().url();
        return given.isPresent() ? completed(given.get()) : in(config.data());
    }

    private static DatabaseUrl in(Path data) throws ConfigException {
        try {
            return DatabaseUrl.of(SqliteUrl.of(file(data))).orElseThrow();
        } catch (IllegalArgumentException noFile) {
            throw new ConfigException("the data folder " + data + " cannot be used: " + noFile.getMessage());
        }
    }

    private static DatabaseUrl completed(DatabaseUrl given) throws ConfigException {
        String text = given.revealForConnection();
        String settings = text.contains("?") ? text.substring(text.indexOf('?') + 1) : "";
        for (String setting : Splitter.on('&').omitEmptyStrings().trimResults().split(settings)) {
            String name = setting.split("=", 2)[0].trim().toLowerCase(Locale.ROOT);
            if (Arrays.stream(Pragma.values())
                    .noneMatch(known -> known.getPragmaName().equals(name))) {
                // The driver would take it for a part of the file's name.
                throw new ConfigException(
                        "the database cannot be opened: its address has a setting that SQLite's driver"
                                + " does not know");
            }
        }
        return DatabaseUrl.of(SqliteUrl.completed(text)).orElseThrow();
    }

    /** Makes an empty file, and the data folder if it belongs there. */
    static void make(ServerConfig config, DatabaseFile file) throws ConfigException {
        if (config.database().url().isEmpty()) {
            makeFolder(config.data());
        }
        try {
            // Before the driver does it: its file, and those beside it, get the permissions of this one.
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

    /** Warns if others can use the file. */
    static void warn(DatabaseFile file) throws ConfigException {
        try {
            OwnerOnly.exposure(file.path()).ifPresent(exposure -> LOG.warn("{}", exposure));
        } catch (IOException unusable) {
            throw new ConfigException("the database " + file.path() + " cannot be used: " + FileTrouble.of(unusable));
        }
    }
}
