package dev.countersign.server.sqlite;

import static java.util.Objects.requireNonNull;

import dev.countersign.server.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/** Checks that a file is an undamaged SQLite database before anything is written to it. */
public final class QuickCheck {

    // Takes a fraction of a second; of larger files only the first pages are checked, and db check does the rest.
    private static final long MAX_BYTES = 64L << 20;
    private static final int CORRUPT = 11;
    private static final int NOTADB = 26;

    private QuickCheck() {}

    /**
     * Checks the file over a read-only connection.
     *
     * @param file the file
     * @throws ConfigException if the file is damaged or not a database; the message says what to do
     */
    public static void check(Path file) throws ConfigException {
        requireNonNull(file, "file");

        SQLiteConfig reading = new SQLiteConfig();
        reading.setReadOnly(true);
        reading.setBusyTimeout(5000);
        try (Connection connection = reading.createConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            boolean whole = Files.size(file) <= MAX_BYTES;
            try (ResultSet found = statement.executeQuery(
                    whole ? "PRAGMA quick_check(1)" : "SELECT 'ok' FROM (SELECT count(*) FROM sqlite_master)")) {
                String first = found.next() ? found.getString(1) : "ok";
                if (!first.equals("ok")) {
                    throw damaged(
                            file,
                            first.strip().lines().reduce((one, next) -> next).orElse(""));
                }
            }
        } catch (SQLException refused) {
            int code = refused.getErrorCode() & 0xff;
            if (code == NOTADB) {
                throw new ConfigException(
                        "the file " + file + " is not an SQLite database, or its beginning is damaged: name"
                                + " another one, or restore a backup; nothing was changed");
            }
            if (code == CORRUPT) {
                throw damaged(file, "a page is corrupt");
            }
            // The next connection reports other errors, and may recover what a read-only one cannot.
        } catch (IOException gone) {
            return;
        }
    }

    private static ConfigException damaged(Path file, String what) {
        return new ConfigException("the database " + file + " is damaged (" + what
                + "): nothing was changed; run auth-server db check for details, and restore a backup");
    }
}
