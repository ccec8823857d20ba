package dev.countersign.jdbi.internal.bulk;

import static java.util.Objects.requireNonNull;

import dev.countersign.internal.row.UserRow;
import dev.countersign.jdbi.internal.folding.FoldedForms;
import dev.countersign.jdbi.internal.sql.Attempt;
import dev.countersign.jdbi.internal.sql.Database;
import dev.countersign.jdbi.internal.sql.HiddenHash;
import dev.countersign.jdbi.internal.sql.PageSize;
import dev.countersign.jdbi.internal.store.UserSql;
import dev.countersign.jdbi.internal.store.UserTable;
import dev.countersign.port.BulkUserStore;
import dev.countersign.user.ImportMatch;
import dev.countersign.user.ImportResult;
import dev.countersign.user.ImportedUser;
import dev.countersign.user.OnExisting;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserProperty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Users of our own table in batches. Only rows that the insert skipped are looked up, so new users cost no look-up. */
final class JdbiBulkUserStore implements BulkUserStore {

    private static final int ATTEMPTS = 10;

    private final Database database;
    private final UserTable table;
    private final ImportColumns columns;
    private final AtomicReference<@Nullable Insert> inserting = new AtomicReference<>();

    JdbiBulkUserStore(Database database, UserTable table) {
        this.database = database;
        this.table = table;
        this.columns = ImportColumns.of(table.properties());
    }

    @Override
    public List<ImportResult> store(List<ImportedUser> batch, OnExisting onExisting, Instant now) {
        requireNonNull(onExisting, "onExisting");
        requireNonNull(now, "now");

        Matches.check(batch);
        return database.inLargeTransaction("importing users", handle -> {
            Run run = new Run(handle, batch, onExisting, now, new HashMap<>());
            List<Integer> open = insertFirst(run);
            for (int attempt = 0; !open.isEmpty(); attempt++) {
                if (attempt == ATTEMPTS) {
                    throw new IllegalStateException("others added and deleted users " + ATTEMPTS + " times in a row");
                }
                open = settle(run, open);
            }
            return IntStream.range(0, batch.size())
                    .mapToObj(i -> requireNonNull(run.results().get(i)))
                    .toList();
        });
    }

    /** One call of {@link #store}: its arguments, and the results so far. */
    private record Run(
            Handle handle,
            List<ImportedUser> batch,
            OnExisting onExisting,
            Instant now,
            Map<Integer, ImportResult> results) {

        List<ImportedUser> pick(List<Integer> positions) {
            return positions.stream().map(batch::get).toList();
        }
    }

    private List<Integer> insertFirst(Run run) {
        Set<UUID> uuids = new HashSet<>();
        List<Integer> first = new ArrayList<>();
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < run.batch().size(); i++) {
            // The UUID identifies the rows that were inserted, so no two rows of one statement may have the same.
            (uuids.add(run.batch().get(i).uuid()) ? first : open).add(i);
        }
        BitSet added = inserting(run.handle()).insert(run.handle(), run.pick(first), run.now());
        for (int i = 0; i < first.size(); i++) {
            if (added.get(i)) {
                run.results().put(first.get(i), ImportResult.ADDED);
            } else {
                open.add(first.get(i));
            }
        }
        return open.stream().sorted().toList();
    }

    /** Decides about rows that were not inserted, and returns those that are still open: they named users who were deleted meanwhile. */
    private List<Integer> settle(Run run, List<Integer> open) {
        Matches matches = matches(run.handle(), run.pick(open));
        List<Integer> gone = new ArrayList<>();
        boolean changed = false;
        for (int i = 0; i < open.size(); i++) {
            int position = open.get(i);
            ImportedUser user = run.batch().get(position);
            // A row before may have changed the user whom this row names.
            ImportMatch.Found found =
                    changed ? matches(run.handle(), List.of(user)).found(0) : matches.found(i);
            ImportMatch match = ImportMatch.of(user, found, run.onExisting());
            if (match.result() == ImportResult.ADDED) {
                gone.add(position);
            } else if (match.existing() == null || run.onExisting() == OnExisting.SKIP) {
                run.results().put(position, match.result());
            } else {
                run.results().put(position, update(run, match.existing(), user));
                changed = true;
            }
        }
        return gone.isEmpty() ? gone : insertAgain(run, gone);
    }

    private Matches matches(Handle handle, List<ImportedUser> users) {
        return Matches.of(handle, database.vendor(handle), table.name(), users);
    }

    private List<Integer> insertAgain(Run run, List<Integer> gone) {
        List<Integer> open = new ArrayList<>();
        for (int i : gone) {
            BitSet added = inserting(run.handle())
                    .insert(run.handle(), List.of(run.batch().get(i)), run.now());
            if (added.get(0)) {
                run.results().put(i, ImportResult.ADDED);
            } else {
                open.add(i);
            }
        }
        return open;
    }

    private Insert inserting(Handle handle) {
        Insert known = inserting.get();
        if (known == null) {
            known = switch (database.vendor(handle)) {
                case SQLITE -> new RowInsert(table.name(), columns);
                case POSTGRESQL -> new ArrayInsert(table.name(), columns);
            };
            inserting.set(known);
        }
        return known;
    }

    private ImportResult update(Run run, UserId id, ImportedUser user) {
        StoredUser before = run.handle()
                .createQuery(table.sql(UserSql.FIND_BY_ID)
                        + database.vendor(run.handle()).rowLock())
                .bind("id", id.value())
                .map(table.rows())
                .one();
        User after = ImportMatch.updated(user, before, run.now());
        HiddenHash hash = new HiddenHash(ImportMatch.changesPassword(user, before) ? user.hash() : null);
        return Attempt.unlessTaken(run.handle(), () -> write(run.handle(), after, hash))
                        .isPresent()
                ? ImportResult.UPDATED
                : ImportResult.IDENTIFIER_TAKEN;
    }

    private int write(Handle handle, User after, HiddenHash hash) {
        try (Update update = handle.createUpdate(table.sql(UserSql.IMPORT))) {
            UserRow.of(after, table.properties()).forEach((name, value) -> {
                // The version is not compared: the row is locked.
                if (!name.equals("version")) {
                    update.bind(name, value);
                }
            });
            for (UserProperty<?> property : table.properties().all()) {
                if (property.isOfLogin()) {
                    update.bind(property.name(), UserRow.value(after.properties(), property));
                }
            }
            return FoldedForms.bindShared(update, after.email(), after.username())
                    .bind("password_hash", hash)
                    .execute();
        }
    }

    @Override
    public List<ImportResult> preview(List<ImportedUser> batch, OnExisting onExisting) {
        requireNonNull(onExisting, "onExisting");

        Matches.check(batch);
        return database.run("comparing users", handle -> {
            Matches matches = matches(handle, batch);
            Preview preview = new Preview(onExisting);
            List<ImportResult> results = new ArrayList<>();
            for (int i = 0; i < batch.size(); i++) {
                results.add(preview.next(batch.get(i), matches.found(i)));
            }
            return List.copyOf(results);
        });
    }

    @Override
    public Rehearsal rehearse() {
        return JdbiRehearsal.start(database, table, (held, scratch) -> new JdbiBulkUserStore(held, scratch));
    }

    @Override
    public List<StoredUser> page(@Nullable UserId after, int limit) {
        int rows = PageSize.checked(limit);
        return database.run(
                "listing users",
                handle -> handle.createQuery(table.sql(UserSql.PAGE))
                        .bind("after", after == null ? 0 : after.value())
                        .bind("limit", rows)
                        .map(table.rows())
                        .list());
    }
}
