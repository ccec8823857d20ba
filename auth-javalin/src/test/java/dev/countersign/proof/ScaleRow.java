package dev.countersign.proof;

import java.util.Locale;

/**
 * What one vendor showed with one number of users.
 *
 * @param vendor the vendor's name
 * @param wanted how many there were to be
 * @param users how many there were when the time was over
 * @param ownRate users per second the vendor's own way
 * @param importRate users per second by our import
 * @param bytesPerUser on disk, with indexes
 * @param heap the most bytes of heap while importing
 * @param resident the most bytes of memory of the process while importing
 * @param lookups finding a user by e-mail address
 * @param logins finding one and noting a login
 * @param registrations registering one
 * @param lookupTimes how many times as long as with the fewest users a lookup took
 * @param registerTimes the same of registering
 */
record ScaleRow(
        String vendor,
        long wanted,
        long users,
        double ownRate,
        double importRate,
        double bytesPerUser,
        long heap,
        long resident,
        Latency lookups,
        Latency logins,
        Latency registrations,
        double lookupTimes,
        double registerTimes) {

    static final String HEAD = """
            | database | users | vendor's own load, users/s | import, users/s | ratio | bytes per user | import: heap / process, MB | lookup p50 / p99, µs | times the smallest | login p50 / p99, µs | register p50 / p99, µs | times the smallest |
            |---|---|---|---|---|---|---|---|---|---|---|---|
            """;

    String markdown() {
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %,.0f | %,.0f | %.2f | %,.0f | %d / %d | %s | %.2f | %s | %s | %.2f |%n",
                vendor,
                users,
                ownRate,
                importRate,
                importRatio(),
                bytesPerUser,
                heap >> 20,
                resident >> 20,
                both(lookups),
                lookupTimes,
                both(logins),
                both(registrations),
                registerTimes);
    }

    double importRatio() {
        return importRate / ownRate;
    }

    /** Whether the time was over before they were all there. */
    boolean isCutShort() {
        return users < wanted;
    }

    private static String both(Latency latency) {
        return String.format(Locale.ROOT, "%,.0f / %,.0f", latency.micros(0.5), latency.micros(0.99));
    }
}
