package dev.countersign.jdbi.internal.store;

import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.password.PasswordHash;
import dev.countersign.port.HashSample;
import dev.countersign.user.UserId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Reads the first user at or above each multiple of a step. The step is a power of two, so that the same users are found again, and fits the highest
 * number; where the numbers have large gaps, smaller steps are tried until there are enough users. Each user found costs two look-ups by number.
 */
final class JdbiHashSample implements HashSample {

    private static final int FEWEST = 16;

    /** Both vendors divide integers to integers. The step is not added beyond the last multiple below the highest number: the sum could overflow. */
    static final String SAMPLE = """
            WITH RECURSIVE sample(id, n) AS (
                SELECT min(t.%id), 1 FROM %table AS t
                UNION ALL
                SELECT (SELECT min(t.%id) FROM %table AS t WHERE t.%id >= CASE
                    WHEN sample.id > CAST(:last AS BIGINT) - CAST(:step AS BIGINT) THEN CAST(:last AS BIGINT)
                    ELSE (sample.id / CAST(:step AS BIGINT) + 1) * CAST(:step AS BIGINT) END), n + 1
                FROM sample WHERE sample.id < CAST(:last AS BIGINT) AND n < :most)
            SELECT u.%id AS id, u.%hash AS hash FROM sample JOIN %table AS u ON u.%id = sample.id""";

    private final Database database;
    private final String highest;
    private final String users;

    JdbiHashSample(Database database, String quotedTable, String quotedId, String quotedHash) {
        this.database = database;
        this.highest = "SELECT max(t." + quotedId + ") FROM " + quotedTable + " AS t";
        this.users =
                SAMPLE.replace("%table", quotedTable).replace("%id", quotedId).replace("%hash", quotedHash);
    }

    @Override
    public Map<UserId, PasswordHash> read(int most) {
        if (most < FEWEST || most > LARGEST) {
            throw new IllegalArgumentException("a sample has " + FEWEST + " to " + LARGEST + " users, not " + most);
        }
        return database.run("reading a sample of hashes", handle -> read(handle, most));
    }

    private Map<UserId, PasswordHash> read(Handle handle, int most) {
        long last = handle.createQuery(highest).mapTo(Long.class).findOne().orElse(0L);
        // The power of two of which there are between half as many multiples as wanted users and as many.
        long step = last < most ? 1 : Long.highestOneBit(last / most) * 2;
        Sample sample = read(handle, last, step, most);
        while (sample.users() < most / 4 && step > 1) {
            // A quarter of the step finds at most four times as many users, which is still no more than wanted.
            step = Math.max(1, step / 4);
            sample = read(handle, last, step, most);
        }
        return sample.hashes();
    }

    private record Sample(int users, Map<UserId, PasswordHash> hashes) {}

    private Sample read(Handle handle, long last, long step, int most) {
        Map<UserId, PasswordHash> hashes = new LinkedHashMap<>();
        int found = handle.createQuery(users)
                .bind("last", last)
                .bind("step", step)
                .bind("most", most)
                .map((row, context) -> {
                    String hash = row.getString("hash");
                    if (hash != null) {
                        hashes.put(new UserId(row.getLong("id")), PasswordHash.of(hash));
                    }
                    return 1;
                })
                .list()
                .size();
        return new Sample(found, hashes);
    }
}
