package dev.countersign.jdbi;

import java.nio.file.Path;

/** The JDBC address of an SQLite file with the settings under which nothing acknowledged is lost. */
public final class SqliteUrl {

    /**
     * Write-ahead log, a sync to the disk per commit, five seconds of waiting for another writer, and transactions that ask for the write
     * lock at their start: one that asks for it later fails at once if another wrote meanwhile.
     */
    public static final String SETTINGS =
            "journal_mode=WAL&synchronous=FULL&busy_timeout=5000&transaction_mode=IMMEDIATE&foreign_keys=true";

    private SqliteUrl() {}

    /**
     * The address.
     *
     * @param file the file, made at the first connection; its folder must be there and writable
     * @return the JDBC address
     */
    public static String of(Path file) {
        String path = file.toString();
        if (path.indexOf('?') >= 0 || path.isEmpty() || path.startsWith(":")) {
            throw new IllegalArgumentException("not the path of an SQLite file: " + path);
        }
        return "jdbc:sqlite:" + path + "?" + SETTINGS;
    }
}
