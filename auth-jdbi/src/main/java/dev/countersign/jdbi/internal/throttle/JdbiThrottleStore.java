package dev.countersign.jdbi.internal.throttle;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.table.TableNames;
import dev.countersign.port.ThrottleStore;
import dev.countersign.throttle.ThrottleCount;
import dev.countersign.throttle.ThrottleKey;
import dev.countersign.throttle.ThrottleKey.Kind;
import dev.countersign.user.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** Counted failures in our own table. */
final class JdbiThrottleStore implements ThrottleStore {

    static final int BATCH = 500;

    private static final double MICROS_PER_SECOND = 1_000_000;

    private final Database database;
    private final ImmutableMap<ThrottleSql, String> sql;

    JdbiThrottleStore(Database database, TableNames names) {
        this.database = database;
        this.sql = Maps.toMap(Arrays.asList(ThrottleSql.values()), one -> one.in(names));
    }

    private String sql(ThrottleSql which) {
        return Objects.requireNonNull(sql.get(which));
    }

    @Override
    public ImmutableMap<ThrottleKey, ThrottleCount> find(Set<ThrottleKey> keys) {
        ImmutableList<ThrottleKey> all = checked(keys).asList();

        Map<String, ThrottleKey> byText = Maps.uniqueIndex(all, ThrottleKey::text);
        return database.run("reading failed logins", handle -> {
            Query query = handle.createQuery(sql(ThrottleSql.FIND));
            for (int i = 0; i < MOST_KEYS; i++) {
                // One statement for any number of keys.
                query.bind("key" + i, all.get(Math.min(i, all.size() - 1)).text());
            }
            return query.map((row, context) ->
                            Map.entry(requireNonNull(byText.get(row.getString("throttle_key"))), count(row)))
                    .collect(ImmutableMap.toImmutableMap(Map.Entry::getKey, Map.Entry::getValue));
        });
    }

    private static ThrottleCount count(ResultSet row) throws SQLException {
        double failures = row.getDouble("failures");
        Instant failedAt = time(row.getLong("failed_at"));
        Instant succeededAt = time(row.getLong("succeeded_at"));
        return new ThrottleCount(failures, failedAt, row.wasNull() ? null : succeededAt);
    }

    @Override
    public void failed(Set<ThrottleKey> keys, Instant at) {
        requireNonNull(keys, "keys");
        requireNonNull(at, "at");

        ImmutableList<ThrottleKey> all = checked(keys).asList();

        database.run("counting a failed login", handle -> {
            Update update = handle.createUpdate(sql(ThrottleSql.failing(all.size())))
                    .bind("at", micros(at))
                    .bind("expires_at", micros(at.plus(ThrottleCount.REMEMBERED)));
            for (int i = 0; i < all.size(); i++) {
                update.bind("key" + i, all.get(i).text())
                        .bind("leak" + i, all.get(i).kind().forgottenPerSecond() / MICROS_PER_SECOND);
            }
            return update.execute();
        });
    }

    @Override
    public boolean claim(ThrottleKey key, ThrottleCount seen, Instant at) {
        requireNonNull(key, "key");
        requireNonNull(seen, "seen");
        requireNonNull(at, "at");

        return database.run(
                "counting a login attempt",
                handle -> handle.createUpdate(sql(ThrottleSql.CLAIM))
                                .bind("key", key.text())
                                .bind("seen", seen.failures())
                                .bind("seen_at", micros(seen.failedAt()))
                                .bind("at", micros(at))
                                .bind("expires_at", micros(at.plus(ThrottleCount.REMEMBERED)))
                                .execute()
                        > 0);
    }

    @Override
    public void succeeded(Set<ThrottleKey> keys, Instant at) {
        requireNonNull(keys, "keys");
        requireNonNull(at, "at");

        ImmutableSortedSet<ThrottleKey> all = checked(keys);

        database.inTransaction("forgetting failed logins", handle -> {
            all.forEach(key -> succeeded(handle, key, at));
            return true;
        });
    }

    private void succeeded(Handle handle, ThrottleKey key, Instant at) {
        if (key.kind() == Kind.PAIR) {
            handle.createUpdate(sql(ThrottleSql.SUCCEED))
                    .bind("key", key.text())
                    .bind("at", micros(at))
                    .bind("expires_at", micros(at.plus(ThrottleCount.KNOWN)))
                    .execute();
        } else {
            handle.createUpdate(sql(ThrottleSql.FORGET)).bind("key", key.text()).execute();
        }
    }

    @Override
    public boolean forgive(UserId user) {
        String key = ThrottleKey.of(user).text();

        return database.run(
                "forgetting failed logins",
                handle -> handle.createUpdate(sql(ThrottleSql.FORGIVE))
                                .bind("key", key)
                                // The character after the dot that separates the network.
                                .bind("end", key + "/")
                                .execute()
                        > 0);
    }

    @Override
    public int sweep(Instant now) {
        requireNonNull(now, "now");

        int deleted = 0;
        int batch;
        // In short transactions, so that logins do not wait for the lock of SQLite.
        do {
            batch = database.run(
                    "deleting old counts of failed logins",
                    handle -> handle.createUpdate(sql(ThrottleSql.SWEEP))
                            .bind("now", micros(now))
                            .execute());
            deleted += batch;
        } while (batch == BATCH);
        return deleted;
    }

    /** In the order of their texts, in which every transaction locks rows. */
    private static ImmutableSortedSet<ThrottleKey> checked(Set<ThrottleKey> keys) {
        requireNonNull(keys, "keys");
        if (keys.isEmpty() || keys.size() > MOST_KEYS) {
            throw new IllegalArgumentException("1 to " + MOST_KEYS + " keys, not " + keys.size());
        }
        return ImmutableSortedSet.copyOf(keys);
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private static Instant time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
