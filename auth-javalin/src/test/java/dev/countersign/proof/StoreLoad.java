package dev.countersign.proof;

import com.zaxxer.hikari.HikariDataSource;
import dev.countersign.port.UserStore;
import dev.countersign.user.Identifier;
import dev.countersign.user.Login;
import dev.countersign.user.StoredUser;
import dev.countersign.user.UserKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** How many logins without their hashes PostgreSQL takes, from one connection to many that share its syncs. */
final class StoreLoad {

    private final Duration each;
    private final List<Row> rows = new ArrayList<>();

    StoreLoad(Duration each) {
        this.each = each;
    }

    /**
     * What it showed.
     *
     * @param connections at once
     * @param perSecond logins
     * @param databaseMillis processor time of the database for each
     */
    record Row(int connections, double perSecond, double databaseMillis) {

        static final String HEAD = """
                | PostgreSQL, connections | logins without hash, per second | processor time of the database for each, ms |
                |---|---|---|
                """;

        String markdown() {
            return String.format(Locale.ROOT, "| %d | %,.0f | %.2f |%n", connections, perSecond, databaseMillis);
        }
    }

    List<Row> rows() {
        return rows;
    }

    void run(PostgresNode node, ScaleRun run) {
        for (int connections : new int[] {1, 8, 32}) {
            try (HikariDataSource pool = ScaleDatabase.newPool(node.url(), connections)) {
                UserStore store = run.stores(pool).users();
                Load load = new Load(connections, client -> logIn(store, run.users()));
                load.run(each.dividedBy(2));
                Duration before = node.processorTime();
                double perSecond = load.run(each);
                double millis = node.processorTime().minus(before).toNanos() / 1e6;
                rows.add(new Row(connections, perSecond, millis / (perSecond * each.toMillis() / 1e3)));
            }
        }
    }

    private static boolean logIn(UserStore store, long users) {
        long number = ThreadLocalRandom.current().nextLong(users);
        StoredUser found = store.find(new UserKey.ByEmail(Identifier.typed(People.email(number))))
                .orElseThrow();
        return store.recordLogin(Login.of(found.user(), People.CREATED)).isPresent();
    }
}
