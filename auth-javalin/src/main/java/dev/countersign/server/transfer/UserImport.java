package dev.countersign.server.transfer;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.io.CountingInputStream;
import dev.countersign.port.BulkUserStore;
import dev.countersign.server.StoredHashes;
import dev.countersign.server.transfer.SourceRow.RowProblem;
import dev.countersign.user.ImportResult;
import dev.countersign.user.ImportedUser;
import dev.countersign.user.OnExisting;
import dev.countersign.user.UserId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Imports users from a file, batch by batch, in constant memory. Each batch is stored completely, in a transaction of its own. */
public final class UserImport {

    private static final int MOST_PASSWORDS = 50;
    private static final long MOST_CHARACTERS = 4 << 20;

    private final BulkUserStore users;
    private final StoredHashes hashes;
    private final InstantSource clock;
    private final Options options;
    private final TransferFields fields;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private Tally tally = Tally.NONE;
    private @Nullable IOException broken;

    /**
     * The settings of an import.
     *
     * @param format the file's format
     * @param onExisting what to do with users who exist already
     * @param dryRun whether only to report what would happen
     * @param cutBcrypt whether bcrypt hashes come from a system that ignores a password's bytes after the 72nd
     * @param rejects the file for rejected rows
     * @param system the name of the system the file comes from; empty for none
     * @param identifiersKept whether no user of that system ever took over another user's e-mail address or username
     * @param firstNumber the lowest number of users who register here
     * @param passwords the rules for passwords in clear
     */
    public record Options(
            TransferFormat format,
            OnExisting onExisting,
            boolean dryRun,
            boolean cutBcrypt,
            Path rejects,
            String system,
            boolean identifiersKept,
            UserId firstNumber,
            ClearPasswords passwords) {

        /** Rejects null components. */
        public Options {
            requireNonNull(format, "format");
            requireNonNull(onExisting, "onExisting");
            requireNonNull(rejects, "rejects");
            requireNonNull(system, "system");
            requireNonNull(firstNumber, "firstNumber");
            requireNonNull(passwords, "passwords");
        }
    }

    /** An import of every property that this release stores. */
    public UserImport(BulkUserStore users, StoredHashes hashes, InstantSource clock, Options options) {
        this(users, hashes, clock, options, TransferFields.KNOWN);
    }

    UserImport(BulkUserStore users, StoredHashes hashes, InstantSource clock, Options options, TransferFields fields) {
        this.users = requireNonNull(users, "users");
        this.hashes = requireNonNull(hashes, "hashes");
        this.clock = requireNonNull(clock, "clock");
        this.options = requireNonNull(options, "options");
        this.fields = fields;
    }

    /** Makes {@link #run} return after the current batch. */
    public void stop() {
        stopped.set(true);
    }

    /** {@return whether it was stopped} */
    public boolean isStopped() {
        return stopped.get();
    }

    /** {@return the counts so far, also after a fault} */
    public Tally tally() {
        return tally;
    }

    /**
     * Runs the import. May be called once.
     *
     * @param in the file, closed afterwards
     * @param progress receives the progress after each batch
     * @return the counts
     * @throws IOException if the file cannot be read or is not of the format; the rows before the error stay stored
     */
    public Tally run(InputStream in, TransferProgress progress) throws IOException {
        requireNonNull(progress, "progress");

        CountingInputStream counted = new CountingInputStream(in);
        RowReader reader = new RowReader(
                hashes,
                UUID::randomUUID,
                new RowReader.Rules(
                        options.cutBcrypt(),
                        options.system(),
                        options.identifiersKept(),
                        options.firstNumber(),
                        options.passwords()),
                fields);
        try (RowSource source =
                        options.format() == TransferFormat.CSV ? new CsvRows(counted, fields) : new JsonRows(counted);
                Rejects rejects = new Rejects(options.rejects(), options.format(), source.header());
                BulkUserStore.Rehearsal rehearsal = options.dryRun() ? users.rehearse() : null) {
            while (!stopped.get() && broken == null) {
                List<PendingRow> batch = batch(source, reader);
                if (batch.isEmpty()) {
                    break;
                }
                boolean hashing = batch.stream().anyMatch(PendingRow::costsHash);
                tally = tally.plus(take(batch, rejects, rehearsal));
                rejects.flush();
                progress.at(tally.read(), counted.getCount(), hashing);
            }
        }
        if (broken != null) {
            throw broken;
        }
        return tally;
    }

    private List<PendingRow> batch(RowSource source, RowReader reader) {
        List<PendingRow> batch = new ArrayList<>();
        long characters = 0;
        int passwords = 0;
        while (batch.size() < BulkUserStore.LARGEST_BATCH
                && passwords < MOST_PASSWORDS
                && characters < MOST_CHARACTERS) {
            SourceRow row = next(source);
            if (row == null) {
                break;
            }
            PendingRow pending = reader.read(row);
            batch.add(pending);
            passwords += pending.costsHash() ? 1 : 0;
            characters += row.length();
        }
        return batch;
    }

    /** The next row, or null at the end; a read error is kept until the rows before it are stored. */
    private @Nullable SourceRow next(RowSource source) {
        try {
            return source.next().orElse(null);
        } catch (IOException unreadable) {
            broken = unreadable;
            return null;
        }
    }

    private Tally take(List<PendingRow> batch, Rejects rejects, BulkUserStore.@Nullable Rehearsal rehearsal)
            throws IOException {
        List<PendingRow> good = batch.stream().filter(row -> !row.isBad()).toList();
        List<ImportResult> results =
                rehearsal == null ? store(good) : rehearsal.store(users(good), options.onExisting());
        long rejected = 0;
        long wrapped = 0;
        long weakPasswords = 0;
        int next = 0;
        for (PendingRow row : batch) {
            List<RowProblem> problems = row.isBad() ? row.problems() : problems(results.get(next));
            boolean stored = !row.isBad() && isStored(results.get(next));
            wrapped += row.isWeak() && stored ? 1 : 0;
            weakPasswords += row.hasWeakPassword() && stored ? 1 : 0;
            next += row.isBad() ? 0 : 1;
            if (!problems.isEmpty()) {
                rejects.add(row.source(), problems);
                rejected++;
            }
        }
        return new Tally(
                batch.size(),
                count(results, ImportResult.ADDED),
                count(results, ImportResult.UPDATED),
                count(results, ImportResult.EXISTING),
                rejected,
                wrapped,
                weakPasswords);
    }

    private static boolean isStored(ImportResult result) {
        return result == ImportResult.ADDED || result == ImportResult.UPDATED;
    }

    private static long count(List<ImportResult> results, ImportResult which) {
        return results.stream().filter(which::equals).count();
    }

    private List<ImportResult> store(List<PendingRow> rows) {
        boolean hashing = rows.stream().anyMatch(PendingRow::costsHash);
        return hashing && options.onExisting() == OnExisting.SKIP
                ? storeNew(rows)
                : users.store(hashed(rows), options.onExisting(), now());
    }

    /**
     * Stores the new users, then looks up the remaining rows again, until none of them is new. So a repeated import hashes nothing for users who
     * exist already, and no user is stored without the hash, even if other users are stored or deleted meanwhile.
     */
    private List<ImportResult> storeNew(List<PendingRow> rows) {
        Map<PendingRow, ImportResult> results = new HashMap<>();
        List<PendingRow> open = rows;
        while (!open.isEmpty()) {
            note(open, users.preview(users(open), OnExisting.SKIP), results);
            Map<Boolean, List<PendingRow>> isNew =
                    open.stream().collect(Collectors.partitioningBy(row -> results.get(row) == ImportResult.ADDED));
            List<PendingRow> added = isNew.getOrDefault(true, List.of());
            if (added.isEmpty()) {
                break;
            }
            note(added, users.store(hashed(added), OnExisting.SKIP, now()), results);
            open = isNew.getOrDefault(false, List.of());
        }
        return rows.stream()
                .map(row -> Objects.requireNonNull(results.get(row)))
                .toList();
    }

    private static void note(
            List<PendingRow> rows, List<ImportResult> outcomes, Map<PendingRow, ImportResult> results) {
        for (int i = 0; i < rows.size(); i++) {
            results.put(rows.get(i), outcomes.get(i));
        }
    }

    private static List<ImportedUser> users(List<PendingRow> rows) {
        return rows.stream().map(PendingRow::user).toList();
    }

    private List<ImportedUser> hashed(List<PendingRow> rows) {
        return rows.parallelStream().map(row -> row.hashed(hashes)).collect(ImmutableList.toImmutableList());
    }

    private static List<RowProblem> problems(ImportResult result) {
        return switch (result) {
            case AMBIGUOUS ->
                List.of(new RowProblem(
                        "row",
                        "its number, UUID or external id, e-mail address and username are those of several users"));
            case NUMBER_TAKEN -> List.of(RowProblem.of(TransferField.ID, "another user has this number"));
            case IDENTIFIER_TAKEN ->
                List.of(new RowProblem("row", "its e-mail address or username is that of another user"));
            default -> List.of();
        };
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
