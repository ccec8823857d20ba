package dev.countersign.server;

import dev.countersign.jdbi.table.SchemaStatus;
import dev.countersign.server.config.ConfigException;

/** The advice for a schema that this release cannot use. */
public final class SchemaAdvice {

    private static final String MIGRATE =
            "run auth-server db migrate with the same settings, or your own migration tool";

    private SchemaAdvice() {}

    /**
     * Refuses a schema that this release cannot use.
     *
     * @param status the state of the schema
     * @throws ConfigException if the schema is not usable; the message says what to do
     */
    public static void check(SchemaStatus status) throws ConfigException {
        if (!status.state().isUsable()) {
            throw new ConfigException(problem(status));
        }
    }

    private static String problem(SchemaStatus status) {
        return switch (status.state()) {
            case CURRENT, AHEAD -> "";
            case MISSING -> "the database has no Countersign tables yet: " + MIGRATE;
            case BEHIND ->
                status.isComplete()
                        ? "some identifiers stored by an earlier release are not refolded yet: run auth-server db migrate"
                                + " with the same settings"
                        : "the database's schema is at version " + status.present() + " and this release needs version "
                                + status.newest() + ": " + MIGRATE;
            case TOO_NEW ->
                "the database's schema is at version " + status.present()
                        + ", which a later release made: use a release" + " that knows version " + status.needed()
                        + "; this one knows version " + status.newest();
            case FOREIGN ->
                "the database has a table with one of our names that our scripts did not create:"
                        + " use a separate database or schema";
        };
    }
}
