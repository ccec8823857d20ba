package dev.countersign.server;

import dev.countersign.AuthFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** Why a database cannot be used, in words that say what mends it where we know. */
public final class DatabaseTrouble {

    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int READONLY = 8;
    private static final int IOERR = 10;
    private static final int CORRUPT = 11;
    private static final int FULL = 13;
    private static final int CANTOPEN = 14;
    private static final int NOTADB = 26;
    // SQLite's smallest file beside a database.
    private static final long NO_SPACE_BYTES = 32 << 10;

    private DatabaseTrouble() {}

    /**
     * Words a fault of the stores.
     *
     * @param fault the fault
     * @return what was not done, and why
     */
    public static String of(AuthFault fault) {
        Throwable cause = fault.getCause();
        if (cause instanceof SQLException refused) {
            return fault.getMessage() + ": " + of(refused);
        }
        return String.valueOf(fault.getMessage());
    }

    /**
     * Words what a driver threw when an SQLite file was opened.
     *
     * @param refused what was thrown
     * @param file the file
     * @return the reason
     */
    static String of(SQLException refused, Path file) {
        int code = refused.getErrorCode() & 0xff;
        boolean needsSpace = code == IOERR || code == CANTOPEN;
        return needsSpace && isFull(file) ? full() : of(refused);
    }

    private static boolean isFull(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            return Files.getFileStore(folder == null ? file : folder).getUsableSpace() < NO_SPACE_BYTES;
        } catch (IOException untold) {
            return false;
        }
    }

    private static String full() {
        return "its disk is full: free some space";
    }

    private static String of(SQLException refused) {
        String state = refused.getSQLState();
        String message = String.valueOf(refused.getMessage());
        if (state != null && !state.isEmpty()) {
            return message;
        }
        return switch (refused.getErrorCode() & 0xff) {
            case BUSY, LOCKED -> "another process holds its write lock: try again when that is done";
            case READONLY -> "it is read-only: make the file and its folder writable";
            // Making room for what all processes share is the first thing that needs space.
            case IOERR ->
                message.contains("SQLITE_IOERR_SHMSIZE")
                        ? full()
                        : "its file cannot be read or written: look at the disk (" + message + ")";
            case CORRUPT -> "it is damaged: run auth-server db check, and restore a backup";
            case FULL -> full();
            case CANTOPEN -> "its file cannot be opened: look at the permissions of its folder and at the disk's space";
            case NOTADB -> "its file is no SQLite database";
            default -> message;
        };
    }
}
