package dev.countersign.jdbi.internal.throttle;

import dev.countersign.jdbi.table.TableNames;
import dev.countersign.port.ThrottleStore;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Every statement about counted failures, the same for all vendors. */
enum ThrottleSql {
    FIND("""
            SELECT throttle_key, failures, failed_at, succeeded_at FROM %throttle WHERE throttle_key IN (:key0, :key1, :key2)"""),
    /** What is left of the failures, and one more, as {@code ThrottleCount.plusFailure} computes it. */
    FAIL_1(failed(1)),
    FAIL_2(failed(2)),
    FAIL_3(failed(3)),
    CLAIM("""
            UPDATE %throttle SET failures = failures + 1, failed_at = :at,
                expires_at = CASE WHEN expires_at > :expires_at THEN expires_at ELSE :expires_at END
            WHERE throttle_key = :key AND failed_at = :seen_at AND failures = :seen"""),
    FORGET("DELETE FROM %throttle WHERE throttle_key = :key"),
    SUCCEED("""
            INSERT INTO %throttle (throttle_key, failures, failed_at, leak, succeeded_at, expires_at)
            VALUES (:key, 0, 0, 0, :at, :expires_at)
            ON CONFLICT (throttle_key) DO UPDATE SET failures = 0, failed_at = 0,
                succeeded_at = excluded.succeeded_at, expires_at = excluded.expires_at"""),
    /** The keys of a user are one range: the user's own, and those that continue it after a dot. */
    FORGIVE("""
            UPDATE %throttle SET failures = 0, failed_at = 0
            WHERE throttle_key >= :key AND throttle_key < :end AND failures > 0"""),
    /** The limit is {@link JdbiThrottleStore#BATCH}, and not a parameter, so that planners know it. */
    SWEEP("""
            DELETE FROM %throttle WHERE throttle_key IN
                (SELECT throttle_key FROM %throttle WHERE expires_at <= :now ORDER BY expires_at LIMIT 500)""");

    private final String template;

    ThrottleSql(String template) {
        this.template = template;
    }

    /** The statement that counts a failure of several keys. */
    static ThrottleSql failing(int keys) {
        return switch (keys) {
            case 1 -> FAIL_1;
            case 2 -> FAIL_2;
            case ThrottleStore.MOST_KEYS -> FAIL_3;
            default -> throw new IllegalArgumentException("1 to " + ThrottleStore.MOST_KEYS + " keys, not " + keys);
        };
    }

    private static String failed(int keys) {
        String rows = IntStream.range(0, keys)
                .mapToObj(i -> "(:key" + i + ", 1, :at, :leak" + i + ", :expires_at)")
                .collect(Collectors.joining(", "));
        return """
                INSERT INTO %throttle AS t (throttle_key, failures, failed_at, leak, expires_at) VALUES %rows
                ON CONFLICT (throttle_key) DO UPDATE SET
                    failures = 1 + CASE
                        WHEN excluded.failed_at - t.failed_at >= 86400000000 THEN 0
                        WHEN excluded.failed_at <= t.failed_at THEN t.failures
                        WHEN t.failures <= (excluded.failed_at - t.failed_at) * excluded.leak THEN 0
                        ELSE t.failures - (excluded.failed_at - t.failed_at) * excluded.leak END,
                    failed_at = excluded.failed_at,
                    leak = excluded.leak,
                    expires_at = CASE WHEN t.expires_at > excluded.expires_at THEN t.expires_at ELSE excluded.expires_at END""".replace("%rows", rows);
    }

    /** The statement for tables with these names. */
    String in(TableNames names) {
        return template.replace("%throttle", names.table("throttle"));
    }
}
