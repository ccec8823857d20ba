package dev.countersign.server;

import dev.countersign.AuthFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** Describes why a database cannot be used, with the remedy where it is known. */
public final class DatabaseTrouble {

    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int READONLY = 8;
    private static final int IOERR = 10;
    private static final int CORRUPT = 11;
    private static final int FULL = 13;
    private static final int CANTOPEN = 14;
    private static final int NOTADB = 26;
    // The smallest file that SQLite creates next to a database.
    private static final long NO_SPACE_BYTES = 32 << 10;

    private DatabaseTrouble() {}

    /**
     * Describes a fault of a store.
     *
     * @param fault the fault
     * @return the action that failed, and the reason
     */
    public static String of(AuthFault fault) {
        Throwable cause = fault.getCause();
        if (cause instanceof SQLException refused) {
            return fault.getMessage() + ": " + of(refused);
        }
        return String.valueOf(fault.getMessage());
    }

    /**
     * Describes an exception that the driver threw while it opened an SQLite file.
     *
     * @param refused the exception
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
        } catch (IOException unknown) {
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
            case BUSY, LOCKED -> "another process holds its write lock: try again when that process is done";
            case READONLY -> "it is read-only: make the file and its folder writable";
            // The shared-memory file is the first one that needs space.
            case IOERR ->
                message.contains("SQLITE_IOERR_SHMSIZE")
                        ? full()
                        : "its file cannot be read or written: check the disk (" + message + ")";
            case CORRUPT -> "it is damaged: run auth-server db check, and restore a backup";
            case FULL -> full();
            case CANTOPEN ->
                "its file cannot be opened: check the permissions of its folder and the free space of its disk";
            case NOTADB -> "its file is not an SQLite database";
            default -> message;
        };
    }
}
