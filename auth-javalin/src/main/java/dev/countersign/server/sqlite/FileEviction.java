package dev.countersign.server.sqlite;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/** Evicts connections after a failure of the file: SQLite never reopens a file or rechecks whether it is writable. */
final class FileEviction implements SQLExceptionOverride {

    private static final int READONLY = 8;
    private static final int IOERR = 10;
    private static final int CORRUPT = 11;
    private static final int CANTOPEN = 14;
    private static final int NOTADB = 26;

    private final FileWatch watch;

    FileEviction(FileWatch watch) {
        this.watch = watch;
    }

    // Our return type has the name of the annotation.
    @java.lang.Override
    public Override adjudicate(SQLException failed) {
        int code = failed.getErrorCode() & 0xff;
        if (code == CORRUPT || code == NOTADB) {
            watch.noteDamage();
            return Override.MUST_EVICT;
        }
        return code == READONLY || code == IOERR || code == CANTOPEN ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
