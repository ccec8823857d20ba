package dev.countersign.proof;

import java.util.List;
import java.util.Locale;

/** Multiplies what was measured: what a node needs, and what a billion users would take. */
final class ScalePaper {

    private static final double BILLION = 1e9;
    private static final double LOGINS = BILLION / 86_400;
    private static final int REQUESTS = 20;

    private final ScaleRow sqlite;
    private final ScaleRow postgres;
    private final NodeRow cheapLogin;
    private final NodeRow login;
    private final NodeRow token;
    private final StoreLoad.Row notes;

    ScalePaper(List<ScaleRow> rows, List<NodeRow> nodes, List<StoreLoad.Row> notes) {
        this.sqlite = last(rows, "SQLite");
        this.postgres = last(rows, "PostgreSQL");
        this.cheapLogin = node(nodes, NodeLoad.LOGIN + 10, "SQLite");
        this.login = node(nodes, NodeLoad.LOGIN + 12, "PostgreSQL");
        this.token = node(nodes, NodeLoad.TOKEN, "PostgreSQL");
        this.notes = notes.get(notes.size() - 1);
    }

    private static ScaleRow last(List<ScaleRow> rows, String vendor) {
        return rows.stream()
                .filter(row -> row.vendor().equals(vendor))
                .reduce((before, row) -> row)
                .orElseThrow();
    }

    private static NodeRow node(List<NodeRow> nodes, String request, String database) {
        return nodes.stream()
                .filter(row -> row.request().equals(request) && row.database().equals(database))
                .findFirst()
                .orElseThrow();
    }

    String needs() {
        return String.format(
                Locale.ROOT,
                """
                | for | a node needs | the database needs |
                |---|---|---|
                | a thousand users | nothing: it keeps none of them | %.2f MB of disk on PostgreSQL, %.2f MB on SQLite |
                | one login a second, bcrypt cost 12 | %.2f cores | %.4f cores |
                | one login a second, bcrypt cost 10 | %.2f cores | the same |
                | a thousand requests with a token a second | %.2f cores | %.2f cores |
                | being there | %d MB of memory | |
                """,
                postgres.bytesPerUser() / 1e3,
                sqlite.bytesPerUser() / 1e3,
                login.serverMillis() / 1e3,
                notes.databaseMillis() / 1e3,
                cheapLogin.serverMillis() / 1e3,
                token.serverMillis(),
                token.databaseMillis(),
                login.resident() >> 20);
    }

    String billion() {
        double hours = BILLION / postgres.importRate() / 3600;
        return String.format(
                Locale.ROOT,
                """
                | | for | takes |
                |---|---|---|
                | disk | %.0f bytes per user | %.0f GB, and as much again for each standby |
                | import, one connection | %,.0f users/s, as with %,d users | %.0f hours if the rate held, which it does not once the indexes are larger than the memory |
                | nodes: logins, each user once a day | %,.0f/s on average, %.0f ms each (cost 12) | %,.0f cores; with cost 10 %,.0f |
                | nodes: requests with a token, %d per user and day | %,.0f/s, %.2f ms each | %,.0f cores |
                | database: those logins | %.2f ms each | %,.1f cores; two cores shared with the clients did %,.0f/s over %d connections |
                | database: those requests | %.2f ms each | %,.0f cores, on the primary and nowhere else |
                """,
                postgres.bytesPerUser(),
                postgres.bytesPerUser(),
                postgres.importRate(),
                postgres.users(),
                hours,
                LOGINS,
                login.serverMillis(),
                LOGINS * login.serverMillis() / 1e3,
                LOGINS * cheapLogin.serverMillis() / 1e3,
                REQUESTS,
                REQUESTS * LOGINS,
                token.serverMillis(),
                REQUESTS * LOGINS * token.serverMillis() / 1e3,
                notes.databaseMillis(),
                LOGINS * notes.databaseMillis() / 1e3,
                notes.perSecond(),
                notes.connections(),
                token.databaseMillis(),
                REQUESTS * LOGINS * token.databaseMillis() / 1e3);
    }
}
