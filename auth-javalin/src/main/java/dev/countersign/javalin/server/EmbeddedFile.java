package dev.countersign.javalin.server;

import com.google.common.base.Splitter;
import dev.countersign.javalin.server.config.ConfigException;
import dev.countersign.javalin.server.config.DatabaseUrl;
import dev.countersign.javalin.server.config.ServerConfig;
import dev.countersign.jdbi.SqliteUrl;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig.Pragma;

/** An SQLite file that is made so that only its owner can read it, and the driver's native library in the data folder. */
final class EmbeddedFile {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedFile.class);
    private static final String NATIVES_SETTING = "org.sqlite.tmpdir";
    // A process loads its library at once; an older one is in memory, or left behind by a process that was killed.
    private static final Duration LOADED = Duration.ofMinutes(1);

    private EmbeddedFile() {}

    /** Where it is unless an address is given. */
    static Path file(Path data) {
        return data.resolve("auth.db");
    }

    /**
     * Makes the file if it is not there: the one of the address that is given, otherwise that in the data folder.
     *
     * @return the JDBC address with our settings where it has none
     */
    static DatabaseUrl ready(ServerConfig config) throws ConfigException {
        Path data = config.data();
        Optional<DatabaseUrl> given = config.database().url();
        DatabaseUrl url = given.isPresent() ? completed(given.get()) : in(data);
        makeFolder(data);
        make(Path.of(url.place()));
        prepareNatives(data);
        return url;
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

    private static void make(Path file) throws ConfigException {
        try {
            // Before the driver does it: its file, and those beside it, get the permissions of this one.
            OwnerOnly.createFile(file);
            OwnerOnly.exposure(file).ifPresent(exposure -> LOG.warn("{}", exposure));
        } catch (IOException unusable) {
            throw new ConfigException("the database " + file + " cannot be made: "
                    + unusable.getClass().getSimpleName());
        }
    }

    private static void makeFolder(Path data) throws ConfigException {
        try {
            OwnerOnly.createFolder(data);
        } catch (IOException unusable) {
            throw unusable(data, unusable);
        }
        if (!Files.isWritable(data)) {
            throw new ConfigException("the data folder " + data + " cannot be written to");
        }
    }

    private static void prepareNatives(Path data) throws ConfigException {
        try {
            // Beside the data rather than in a folder that everybody can write.
            Path natives = data.resolve("native");
            OwnerOnly.createFolder(natives);
            clear(natives);
            if (System.getProperty(NATIVES_SETTING) == null) {
                System.setProperty(NATIVES_SETTING, natives.toAbsolutePath().toString());
            }
        } catch (IOException unusable) {
            throw unusable(data, unusable);
        }
    }

    private static ConfigException unusable(Path data, Exception why) {
        return new ConfigException("the data folder " + data + " cannot be used: " + why);
    }

    /** Processes that run go on: a library that is loaded stays in memory, or cannot be deleted. */
    private static void clear(Path natives) throws IOException {
        Instant before = Instant.now().minus(LOADED);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(natives, "sqlite-*")) {
            for (Path file : left) {
                deleteIfOlder(file, before);
            }
        }
    }

    private static void deleteIfOlder(Path file, Instant before) {
        try {
            if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                Files.deleteIfExists(file);
            }
        } catch (IOException inUse) {
            // The next start may have more luck.
            return;
        }
    }
}
