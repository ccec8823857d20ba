package dev.countersign.proof;

import java.util.Locale;

/**
 * What requests of one kind cost.
 *
 * @param request which
 * @param database the vendor's name
 * @param perSecond how many were answered
 * @param serverMillis processor time of the server for each
 * @param databaseMillis processor time of the database's own processes for each; 0 if it has none
 * @param resident the server's memory in bytes
 */
record NodeRow(
        String request, String database, double perSecond, double serverMillis, double databaseMillis, long resident) {

    static final String HEAD = """
            | requests of 4 clients over HTTP | database | per second | processor time of the server for each, ms | of the database, ms | memory of the server, MB |
            |---|---|---|---|---|---|
            """;

    String markdown() {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %,.0f | %.2f | %s | %d |%n",
                request,
                database,
                perSecond,
                serverMillis,
                databaseMillis > 0 ? String.format(Locale.ROOT, "%.2f", databaseMillis) : "in the server",
                resident >> 20);
    }
}
