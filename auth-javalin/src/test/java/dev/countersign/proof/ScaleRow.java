package dev.countersign.proof;

import java.util.Locale;

/**
 * What one vendor showed with one number of users.
 *
 * @param vendor the vendor's name
 * @param users how many
 * @param ownRate users per second the vendor's own way
 * @param importRate users per second by our import
 * @param bytesPerUser on disk, with indexes
 * @param heap the most bytes of heap while importing
 * @param resident the most bytes of memory of the process while importing
 * @param lookups finding a user by e-mail address
 * @param logins finding one and noting a login
 * @param registrations registering one
 */
record ScaleRow(
        String vendor,
        long users,
        double ownRate,
        double importRate,
        double bytesPerUser,
        long heap,
        long resident,
        Latency lookups,
        Latency logins,
        Latency registrations) {

    static final String HEAD = """
            | database | users | vendor's own load, users/s | import, users/s | ratio | bytes per user | import: heap / process, MB | lookup p50 / p99, µs | login p50 / p99, µs | register p50 / p99, µs |
            |---|---|---|---|---|---|---|---|---|---|
            """;

    String markdown() {
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %,.0f | %,.0f | %.2f | %,.0f | %d / %d | %s | %s | %s |%n",
                vendor,
                users,
                ownRate,
                importRate,
                importRate / ownRate,
                bytesPerUser,
                heap >> 20,
                resident >> 20,
                both(lookups),
                both(logins),
                both(registrations));
    }

    private static String both(Latency latency) {
        return String.format(Locale.ROOT, "%,.0f / %,.0f", latency.micros(0.5), latency.micros(0.99));
    }
}
