package dev.countersign.server;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/** Evicts a connection whose server refused a write as read-only: the next connection may reach the primary. */
final class ReadOnlyEviction implements SQLExceptionOverride {

    private static final String READ_ONLY = "25006";

    // Our return type has the name of the annotation.
    @java.lang.Override
    public Override adjudicate(SQLException refused) {
        return READ_ONLY.equals(refused.getSQLState()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
