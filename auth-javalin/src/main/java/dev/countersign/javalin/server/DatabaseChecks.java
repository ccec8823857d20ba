package dev.countersign.javalin.server;

import com.google.common.collect.ImmutableList;

/** Everything that {@code db check} checks. */
public final class DatabaseChecks {

    private DatabaseChecks() {}

    /** {@return the checks of a database whose tables are up to date, in order} */
    public static ImmutableList<DatabaseCheck> of(Storage storage) {
        return ImmutableList.of(new IdentifierCheck(storage));
    }
}
