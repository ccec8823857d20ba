package dev.countersign.server.sqlite;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects that the SQLite file of a running server was deleted, replaced, made read-only or damaged. SQLite itself keeps writing to a deleted file, and
 * those changes are lost at the next start. Thread-safe.
 */
public final class FileWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

    /** The state of the file. */
    enum State {
        /** Reads and writes are possible. */
        FINE,
        /** Its permissions forbid writing; reads are possible. */
        READ_ONLY,
        /** SQLite found corrupt data; nothing more is written. */
        DAMAGED,
        /** The file or a companion was deleted or replaced. */
        GONE
    }

    private final DatabaseFile file;
    private final Connection keeper;
    private final Map<Path, Object> identities;
    private final AtomicReference<State> state = new AtomicReference<>(State.FINE);
    private volatile boolean damaged;

    private FileWatch(DatabaseFile file, Connection keeper, Map<Path, Object> identities) {
        this.file = file;
        this.keeper = keeper;
        this.identities = identities;
    }

    /**
     * Opens the file and keeps one connection open until {@link #close}. So the companions persist, and no other file gets this one's inode.
     *
     * @param file the file
     * @param url its address with settings
     * @return the watch
     * @throws SQLException if the file cannot be opened
     */
    public static FileWatch open(DatabaseFile file, String url) throws SQLException {
        requireNonNull(file, "file");
        requireNonNull(url, "url");

        Connection keeper = DriverManager.getConnection(url);
        try (Statement statement = keeper.createStatement()) {
            // SQLite creates the companions at the first read.
            statement.executeQuery("SELECT count(*) FROM sqlite_master").close();
            return new FileWatch(file, keeper, identities(file));
        } catch (SQLException unusable) {
            keeper.close();
            throw unusable;
        }
    }

    private static Map<Path, Object> identities(DatabaseFile file) {
        Map<Path, Object> identities = new HashMap<>();
        try {
            for (Path path : file.lasting()) {
                Object identity = identity(path);
                if (identity != null) {
                    identities.put(path, identity);
                }
            }
        } catch (IOException gone) {
            // The next check detects it.
            return identities;
        }
        return identities;
    }

    /** A file's identity, or null if the file does not exist or the system has no identities. */
    private static @Nullable Object identity(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (IOException gone) {
            return null;
        }
    }

    /** Checks the file, and logs a change of its state. */
    State check() {
        State now = current();
        State before = state.getAndSet(now);
        if (now != before) {
            log(now);
        }
        return now;
    }

    private State current() {
        for (Map.Entry<Path, Object> known : identities.entrySet()) {
            if (!known.getValue().equals(identity(known.getKey()))) {
                return State.GONE;
            }
        }
        if (damaged) {
            return State.DAMAGED;
        }
        return Files.isWritable(file.path()) ? State.FINE : State.READ_ONLY;
    }

    private void log(State now) {
        switch (now) {
            case FINE -> LOG.info("the database {} can be used as before", file.path());
            case READ_ONLY ->
                LOG.error(
                        "the database {} has become read-only: requests that write are answered with 503 until it is writable"
                                + " again (chmod 600 {})",
                        file.path(),
                        file.path());
            case DAMAGED ->
                LOG.error(
                        "the database {} is damaged: nothing more is written, and requests that write are answered with 503. Stop"
                                + " the server, run auth-server db check, and restore a backup",
                        file.path());
            case GONE ->
                LOG.error(
                        "the database {} was deleted or replaced: every request is answered with 503. Put back the original files"
                                + " ({}), or stop the server, restore a backup and start it again",
                        file.path(),
                        identities.keySet());
        }
    }

    /** Records that SQLite found corrupt data; from now on nothing is written. */
    void noteDamage() {
        damaged = true;
    }

    @Override
    public void close() throws SQLException {
        keeper.close();
    }

    @Override
    public String toString() {
        return file.path().toString();
    }
}
