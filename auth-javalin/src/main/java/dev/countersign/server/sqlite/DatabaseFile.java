package dev.countersign.server.sqlite;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.files.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * An SQLite file and its companion files (write-ahead log, shared memory, journal).
 *
 * @param path the path; symbolic links are followed
 */
public record DatabaseFile(Path path) {

    private static final String JOURNAL = "-journal";
    private static final ImmutableList<String> COMPANIONS = ImmutableList.of("-wal", "-shm", JOURNAL);

    /** Rejects null components. */
    public DatabaseFile {
        requireNonNull(path, "path");
    }

    /** {@return whether the file certainly does not exist} */
    public boolean isMissing() {
        return Files.notExists(path);
    }

    /** The file and its existing companions, by their real paths. */
    ImmutableList<Path> present() throws IOException {
        Path real = path.toRealPath();
        ImmutableList.Builder<Path> present = ImmutableList.<Path>builder().add(real);
        for (String ending : COMPANIONS) {
            Path companion = Path.of(real + ending);
            if (Files.exists(companion)) {
                present.add(companion);
            }
        }
        return present.build();
    }

    /** The files that exist as long as a connection is open; a journal exists only during a transaction. */
    ImmutableList<Path> lasting() throws IOException {
        return present().stream()
                .filter(file -> !file.toString().endsWith(JOURNAL))
                .collect(ImmutableList.toImmutableList());
    }

    /**
     * Refuses files that SQLite would open read-only. It would create the companions with the same permissions, so that the database stays read-only
     * after the file's permissions are fixed.
     *
     * @throws ConfigException if the file, a companion or the folder cannot be written; the message says what to do
     */
    public void checkWritable() throws ConfigException {
        try {
            for (Path file : present()) {
                if (!Files.isReadable(file) || !Files.isWritable(file)) {
                    throw new ConfigException("the database " + refusal(file, "chmod 600 " + file));
                }
            }
            Path folder = path.toRealPath().getParent();
            if (folder != null && (!Files.isWritable(folder) || !Files.isExecutable(folder))) {
                throw new ConfigException("the database's folder " + refusal(folder, "chmod u+rwx " + folder));
            }
        } catch (IOException unreachable) {
            throw new ConfigException("the database " + path + " cannot be reached: " + FileTrouble.of(unreachable));
        }
    }

    private static String refusal(Path file, String remedy) throws IOException {
        if (Files.getFileStore(file).isReadOnly()) {
            return file + " cannot be written, its file system is mounted read-only: mount it for writing";
        }
        String owner = Files.getOwner(file).getName();
        String user = System.getProperty("user.name", "?");
        return owner.equals(user)
                ? file + " cannot be written (" + permissions(file) + "): run " + remedy
                : file + " belongs to " + owner + " and cannot be written by " + user + " (" + permissions(file)
                        + "): run this as " + owner + ", or chown it";
    }

    private static String permissions(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                : "read-only";
    }
}
