package dev.countersign.jdbi;

import com.google.common.collect.ImmutableList;
import dev.countersign.port.BulkUserStore;
import dev.countersign.row.UserRow;
import dev.countersign.user.ImportResult;
import dev.countersign.user.ImportedUser;
import dev.countersign.user.OnExisting;
import dev.countersign.user.StoredUser;
import dev.countersign.user.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Users of our own table by the thousand. New ones cost no look-up: only what the insert left out is looked up. */
final class JdbiBulkUserStore implements BulkUserStore {

    private static final StoredRow ROW = new StoredRow();
    private static final int ATTEMPTS = 10;

    private final Database database;
    private final TableNames names;
    private final AtomicReference<@Nullable BulkInsert> inserting = new AtomicReference<>();

    JdbiBulkUserStore(Database database, TableNames names) {
        this.database = database;
        this.names = names;
    }

    @Override
    public ImmutableList<ImportResult> store(List<ImportedUser> batch, OnExisting onExisting, Instant now) {
        check(batch);
        return database.inLargeTransaction("importing users", handle -> {
            @Nullable ImportResult[] results = new ImportResult[batch.size()];
            List<Integer> open = insertFirst(handle, batch, now, results);
            for (int attempt = 0; !open.isEmpty(); attempt++) {
                if (attempt == ATTEMPTS) {
                    throw new IllegalStateException("others added and deleted users " + ATTEMPTS + " times in a row");
                }
                open = settle(handle, batch, open, onExisting, now, results);
            }
            return results(results);
        });
    }

    private List<Integer> insertFirst(
            Handle handle, List<ImportedUser> batch, Instant now, @Nullable ImportResult[] results) {
        Set<UUID> uuids = new HashSet<>();
        List<Integer> first = new ArrayList<>();
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            // A UUID tells which rows were inserted, so that no two of one statement may have the same.
            (uuids.add(batch.get(i).uuid()) ? first : open).add(i);
        }
        BitSet added = inserting(handle).insert(handle, names, pick(batch, first), now);
        for (int i = 0; i < first.size(); i++) {
            if (added.get(i)) {
                results[first.get(i)] = ImportResult.ADDED;
            } else {
                open.add(first.get(i));
            }
        }
        return open.stream().sorted().toList();
    }

    /** Decides about rows that were not inserted; what is still open then named users who are gone meanwhile. */
    private List<Integer> settle(
            Handle handle,
            List<ImportedUser> batch,
            List<Integer> open,
            OnExisting onExisting,
            Instant now,
            @Nullable ImportResult[] results) {
        BulkMatches matches = BulkMatches.of(handle, database.vendor(handle), names, pick(batch, open));
        List<Integer> gone = new ArrayList<>();
        for (int i = 0; i < open.size(); i++) {
            ImportedUser user = batch.get(open.get(i));
            Set<Long> named = matches.named(i);
            ImportResult result = judge(named, matches.isNumberTaken(i), onExisting);
            if (result == ImportResult.ADDED) {
                gone.add(open.get(i));
            } else if (result == ImportResult.UPDATED
                    && !update(handle, named.iterator().next(), user, now)) {
                results[open.get(i)] = ImportResult.AMBIGUOUS;
            } else {
                results[open.get(i)] = result;
            }
        }
        return gone.isEmpty() ? gone : insertAgain(handle, batch, gone, now, results);
    }

    private List<Integer> insertAgain(
            Handle handle,
            List<ImportedUser> batch,
            List<Integer> gone,
            Instant now,
            @Nullable ImportResult[] results) {
        List<Integer> open = new ArrayList<>();
        for (int i : gone) {
            if (inserting(handle)
                    .insert(handle, names, List.of(batch.get(i)), now)
                    .get(0)) {
                results[i] = ImportResult.ADDED;
            } else {
                open.add(i);
            }
        }
        return open;
    }

    private BulkInsert inserting(Handle handle) {
        BulkInsert known = inserting.get();
        if (known == null) {
            known = database.vendor(handle).inserting();
            inserting.set(known);
        }
        return known;
    }

    private static ImportResult judge(Set<Long> named, boolean numberTaken, OnExisting onExisting) {
        return switch (named.size()) {
            case 0 -> numberTaken ? ImportResult.NUMBER_TAKEN : ImportResult.ADDED;
            case 1 -> onExisting == OnExisting.UPDATE ? ImportResult.UPDATED : ImportResult.EXISTING;
            default -> ImportResult.AMBIGUOUS;
        };
    }

    private boolean update(Handle handle, long id, ImportedUser user, Instant now) {
        return Database.unlessTaken(
                        handle,
                        () -> BulkColumn.bindIfSaid(handle.createUpdate(UserSql.IMPORT.in(names)), user)
                                .bind("id", id)
                                .bind("now", UserRow.micros(now))
                                .execute())
                .isPresent();
    }

    @Override
    public ImmutableList<ImportResult> preview(List<ImportedUser> batch, OnExisting onExisting) {
        check(batch);
        return database.run("comparing users", handle -> {
            BulkMatches matches = BulkMatches.of(handle, database.vendor(handle), names, batch);
            Set<Object> earlier = new HashSet<>();
            @Nullable ImportResult[] results = new ImportResult[batch.size()];
            for (int i = 0; i < batch.size(); i++) {
                ImportResult result = judge(matches.named(i), matches.isNumberTaken(i), onExisting);
                results[i] = result == ImportResult.ADDED ? meeting(batch.get(i), earlier, onExisting) : result;
            }
            return results(results);
        });
    }

    /** What comes of a row that meets no stored user, but maybe one that a row before adds. */
    private static ImportResult meeting(ImportedUser user, Set<Object> earlier, OnExisting onExisting) {
        List<Object> keys = keys(user);
        boolean named = keys.stream().anyMatch(earlier::contains);
        boolean numberTaken = user.id() != null && earlier.contains(user.id());
        ImportResult result = judge(named ? Set.of(1L) : Set.of(), numberTaken, onExisting);
        // A row that is not added takes nothing from those after it.
        if (result == ImportResult.ADDED) {
            earlier.addAll(keys);
            if (user.id() != null) {
                earlier.add(user.id());
            }
        }
        return result;
    }

    private static List<Object> keys(ImportedUser user) {
        List<Object> keys = new ArrayList<>();
        keys.add(user.uuid());
        if (user.email() != null) {
            keys.add("e" + user.email().folded());
        }
        if (user.username() != null) {
            keys.add("u" + user.username().folded());
        }
        return keys;
    }

    @Override
    public Rehearsal rehearse() {
        return JdbiRehearsal.start(database, names);
    }

    @Override
    public ImmutableList<StoredUser> page(@Nullable UserId after, int limit) {
        int rows = JdbiUserStore.checked(limit);
        return database.run(
                "listing users",
                handle -> handle.createQuery(UserSql.PAGE.in(names))
                        .bind("after", after == null ? 0 : after.value())
                        .bind("limit", rows)
                        .map(ROW)
                        .collect(ImmutableList.toImmutableList()));
    }

    static void check(List<ImportedUser> batch) {
        if (batch.size() > LARGEST_BATCH) {
            throw new IllegalArgumentException("a batch has at most " + LARGEST_BATCH + " users, not " + batch.size());
        }
    }

    private static List<ImportedUser> pick(List<ImportedUser> batch, List<Integer> positions) {
        return positions.stream().map(batch::get).toList();
    }

    private static ImmutableList<ImportResult> results(@Nullable ImportResult[] results) {
        return Arrays.stream(results).collect(ImmutableList.toImmutableList());
    }
}
