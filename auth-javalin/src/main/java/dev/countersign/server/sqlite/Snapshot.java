package dev.countersign.server.sqlite;

import static java.util.Objects.requireNonNull;

import dev.countersign.server.config.ConfigException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A consistent copy of a database that others may be writing to. */
public final class Snapshot {

    private static final int FULL = 13;

    private Snapshot() {}

    /**
     * Copies the database as it is at the beginning of the call. Writers are not blocked.
     *
     * @param url the address of the database, for reading
     * @param target an empty file
     * @throws ConfigException if the copy failed, and the target is then to be deleted; the message says why
     */
    public static void into(String url, Path target) throws ConfigException {
        requireNonNull(url, "url");
        requireNonNull(target, "target");

        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
            copy.setString(1, target.toString());
            copy.execute();
        } catch (SQLException failed) {
            throw new ConfigException(
                    (failed.getErrorCode() & 0xff) == FULL
                            ? "the disk of the backup is full: nothing was written"
                            : "the database cannot be copied: " + failed.getMessage());
        }
        QuickCheck.check(target);
    }
}
