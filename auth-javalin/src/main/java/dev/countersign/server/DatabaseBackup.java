package dev.countersign.server;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.DatabaseUrl;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.files.FileTrouble;
import dev.countersign.server.sqlite.Snapshot;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** A copy of the database and the keys, while the server runs. Only the owner can read it; it appears complete or not at all. */
public final class DatabaseBackup {

    private static final String KEYS = "keys";

    private final ServerConfig config;

    private DatabaseBackup(ServerConfig config) {
        this.config = config;
    }

    /**
     * Starts a backup.
     *
     * @param config the settings, which name the database
     * @return the backup
     * @throws ConfigException if there is no database, or if it is not an SQLite file; the message then has the command that makes the backup
     */
    public static DatabaseBackup of(ServerConfig config) throws ConfigException {
        requireNonNull(config, "config");

        if (!DatabasePlace.isSqlite(config)) {
            throw new ConfigException(advice(config));
        }
        if (DatabasePlace.isMissing(config)) {
            throw new ConfigException("there is no database " + DatabasePlace.of(config)
                    + ": give its folder as --data or its address as --database");
        }
        return new DatabaseBackup(config);
    }

    private static String advice(ServerConfig config) {
        String place = config.database().url().map(DatabaseUrl::place).orElse("");
        String user = config.database().user().map(name -> name + "@").orElse("");
        String address = place.contains("/") ? "postgresql://" + user + place : place;
        return "the database is PostgreSQL, whose own tools make consistent copies while servers run:"
                + System.lineSeparator() + "  pg_dump --format=custom --file=FILE --dbname='" + address + "'"
                + System.lineSeparator()
                + "restore it into an empty database, and start the servers on that:" + System.lineSeparator()
                + "  pg_restore --no-owner --exit-on-error --dbname='postgresql://HOST/EMPTY' FILE"
                + System.lineSeparator()
                + "the keys are in the database, encrypted under the master key: keep a copy of the master key apart";
    }

    /**
     * Copies the database.
     *
     * @param file the new file, which must not exist
     * @return the size of the copy in bytes
     * @throws ConfigException if it exists or cannot be written; nothing is left behind then
     */
    public long database(Path file) throws ConfigException {
        requireNonNull(file, "file");

        try {
            refuseExisting(file);
            Path draft = OwnerOnly.createBeside(file, ".draft");
            // A signal ends the process without running the finally below.
            draft.toFile().deleteOnExit();
            try {
                Snapshot.into(DatabasePool.toRead(config), draft);
                force(draft);
                // Unlike a move, a link never replaces a file that another process created meanwhile.
                Files.createLink(file, draft);
                forceFolder(file);
                return Files.size(file);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException unusable) {
            throw new ConfigException("the backup " + file + " cannot be written: " + FileTrouble.of(unusable));
        }
    }

    /** {@return the folder of the keys, if there is one: a restored database needs it for tokens issued before} */
    public Path keys() {
        return config.data().resolve(KEYS);
    }

    /** {@return whether there are keys in that folder} */
    public boolean hasKeys() {
        return Files.isDirectory(keys());
    }

    /**
     * Checks whether the keys can be copied, before anything is.
     *
     * @param folder the new folder
     * @throws ConfigException if it exists, or there are no keys
     */
    public void checkKeys(Path folder) throws ConfigException {
        requireNonNull(folder, "folder");

        if (!hasKeys()) {
            throw new ConfigException("there is no folder " + keys() + " with keys to copy; leave --keys out");
        }
        try {
            refuseExisting(folder);
        } catch (IOException unusable) {
            throw new ConfigException("the keys cannot be copied to " + folder + ": " + FileTrouble.of(unusable));
        }
    }

    /**
     * Copies the keys.
     *
     * @param folder the new folder, which must not exist
     * @return the number of files
     * @throws ConfigException if it exists or cannot be written; nothing is left behind then
     */
    public int keys(Path folder) throws ConfigException {
        checkKeys(folder);
        try {
            Path draft = Files.createTempDirectory(
                    folder.toAbsolutePath().getParent(), folder.getFileName().toString());
            try {
                int files = copy(draft);
                Files.move(draft, folder);
                forceFolder(folder);
                return files;
            } finally {
                delete(draft);
            }
        } catch (IOException unusable) {
            throw new ConfigException("the keys cannot be copied to " + folder + ": " + FileTrouble.of(unusable));
        }
    }

    private int copy(Path to) throws IOException {
        int files = 0;
        for (Path key : list(keys())) {
            String name = key.getFileName().toString();
            if (Files.isRegularFile(key) && !name.endsWith(".draft") && !name.endsWith(".new")) {
                Path copy = to.resolve(name);
                OwnerOnly.createFile(copy);
                Files.write(copy, Files.readAllBytes(key));
                force(copy);
                files++;
            }
        }
        forceFolder(to.resolve(KEYS));
        return files;
    }

    private static ImmutableList<Path> list(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().collect(ImmutableList.toImmutableList());
        }
    }

    private static void delete(Path draft) throws IOException {
        if (Files.isDirectory(draft)) {
            for (Path file : list(draft)) {
                Files.delete(file);
            }
            Files.delete(draft);
        }
    }

    private static void refuseExisting(Path target) throws FileAlreadyExistsException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(target.toString());
        }
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Makes the name of a new file durable. */
    private static void forceFolder(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
