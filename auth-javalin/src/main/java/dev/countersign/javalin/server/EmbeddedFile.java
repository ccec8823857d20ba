package dev.countersign.javalin.server;

import dev.countersign.javalin.server.config.ConfigException;
import dev.countersign.jdbi.SqliteUrl;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** The embedded database in the data folder: one file that only its owner can read, and the driver's native library beside it. */
final class EmbeddedFile {

    private static final String NATIVES_SETTING = "org.sqlite.tmpdir";
    // A process loads its library at once; an older one is in memory, or left behind by a process that was killed.
    private static final Duration LOADED = Duration.ofMinutes(1);

    private EmbeddedFile() {}

    /** Where it is. */
    static Path file(Path data) {
        return data.resolve("auth.db");
    }

    /**
     * Makes the folder and the file if they are not there.
     *
     * @param data the data folder
     * @return the JDBC address
     */
    static String in(Path data) throws ConfigException {
        try {
            OwnerOnly.createFolder(data);
            if (!Files.isWritable(data)) {
                throw new ConfigException("the data folder " + data + " cannot be written to");
            }
            // Beside the data rather than in a folder that everybody can write.
            Path natives = data.resolve("native");
            OwnerOnly.createFolder(natives);
            clear(natives);
            if (System.getProperty(NATIVES_SETTING) == null) {
                System.setProperty(NATIVES_SETTING, natives.toAbsolutePath().toString());
            }
            // Before the driver does it: its file, and those beside it, get the permissions of this one.
            Path file = file(data);
            OwnerOnly.createFile(file);
            return SqliteUrl.of(file);
        } catch (IOException unusable) {
            throw new ConfigException("the data folder " + data + " cannot be used: " + unusable);
        } catch (IllegalArgumentException noFile) {
            throw new ConfigException("the data folder " + data + " cannot be used: " + noFile.getMessage());
        }
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
