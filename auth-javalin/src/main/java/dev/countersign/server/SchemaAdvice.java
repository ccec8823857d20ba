package dev.countersign.server;

import dev.countersign.jdbi.table.SchemaStatus;
import dev.countersign.server.config.ConfigException;

/** What to do about a schema that this release cannot work with. */
public final class SchemaAdvice {

    private static final String MIGRATE =
            "run auth-server db migrate with the same settings, or the tool that runs the scripts here";

    private SchemaAdvice() {}

    /**
     * Refuses a schema that this release cannot work with.
     *
     * @param status how far the schema is
     * @throws ConfigException if it is not usable as it is, with what to do
     */
    public static void check(SchemaStatus status) throws ConfigException {
        if (!status.state().isUsable()) {
            throw new ConfigException(problem(status));
        }
    }

    private static String problem(SchemaStatus status) {
        return switch (status.state()) {
            case CURRENT, AHEAD -> "";
            case MISSING -> "the database has none of our tables yet: " + MIGRATE;
            case BEHIND ->
                status.isComplete()
                        ? "identifiers stored by a former release are not all folded anew yet: run auth-server db migrate"
                                + " with the same settings"
                        : "the database's schema is at version " + status.present() + " and this release needs version "
                                + status.newest() + ": " + MIGRATE;
            case TOO_NEW ->
                "the database's schema is at version " + status.present()
                        + ", which a later release made: use a release" + " that knows version " + status.needed()
                        + "; this one knows version " + status.newest();
            case FOREIGN ->
                "the database has a table that is named like ours, but that our scripts did not make:"
                        + " give them a database or a schema of their own";
        };
    }
}
