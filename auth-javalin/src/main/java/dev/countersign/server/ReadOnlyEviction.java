package dev.countersign.server;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/** Throws a connection away on which a write was refused because its server only reads: the next one may lead to the primary. */
final class ReadOnlyEviction implements SQLExceptionOverride {

    private static final String READ_ONLY = "25006";

    // Our return type has the name of the annotation.
    @java.lang.Override
    public Override adjudicate(SQLException refused) {
        return READ_ONLY.equals(refused.getSQLState()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
