package dev.countersign.testkit.fake;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.countersign.json.JsonObject;
import dev.countersign.port.BulkUserStore;
import dev.countersign.user.ImportMatch;
import dev.countersign.user.ImportResult;
import dev.countersign.user.ImportedUser;
import dev.countersign.user.OnExisting;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import dev.countersign.user.UserStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The users of an {@link InMemoryUserStore} in batches, for tests. Thread-safe. */
public final class InMemoryBulkUserStore implements BulkUserStore {

    private final InMemoryUserStore users;

    /** Wraps a user store. */
    public InMemoryBulkUserStore(InMemoryUserStore users) {
        this.users = requireNonNull(users, "users");
    }

    @Override
    public List<ImportResult> store(List<ImportedUser> batch, OnExisting onExisting, Instant now) {
        requireNonNull(onExisting, "onExisting");
        requireNonNull(now, "now");

        check(batch);
        synchronized (users) {
            return into(users, batch, onExisting, now);
        }
    }

    @Override
    public List<ImportResult> preview(List<ImportedUser> batch, OnExisting onExisting) {
        requireNonNull(onExisting, "onExisting");

        check(batch);
        return into(copy(), batch, onExisting, Instant.EPOCH);
    }

    @Override
    public Rehearsal rehearse() {
        InMemoryBulkUserStore copy = new InMemoryBulkUserStore(copy());
        return new Rehearsal() {
            @Override
            public List<ImportResult> store(List<ImportedUser> batch, OnExisting onExisting) {
                return copy.store(batch, onExisting, Instant.EPOCH);
            }

            @Override
            public void close() {
                // The copy is not shared.
            }
        };
    }

    private InMemoryUserStore copy() {
        InMemoryUserStore copy = new InMemoryUserStore();
        synchronized (users) {
            users.all().forEach(copy::put);
        }
        return copy;
    }

    @Override
    public List<StoredUser> page(@Nullable UserId after, int limit) {
        synchronized (users) {
            List<User> page = users.page(after, limit);
            return users.all().stream()
                    .filter(stored -> page.contains(stored.user()))
                    .collect(ImmutableList.toImmutableList());
        }
    }

    private static List<ImportResult> into(
            InMemoryUserStore users, List<ImportedUser> batch, OnExisting onExisting, Instant now) {
        return batch.stream().map(user -> store(users, user, onExisting, now)).collect(ImmutableList.toImmutableList());
    }

    private static ImportResult store(
            InMemoryUserStore users, ImportedUser imported, OnExisting onExisting, Instant now) {
        ImportMatch match = ImportMatch.of(imported, found(users, imported), onExisting);
        if (match.result() == ImportResult.ADDED) {
            add(users, imported, now);
        }
        if (match.existing() == null || onExisting == OnExisting.SKIP) {
            return match.result();
        }
        StoredUser before = users.find(new UserKey.ById(match.existing())).orElseThrow();
        users.put(updated(users, before, imported, now));
        users.changes().report(match.existing());
        return ImportResult.UPDATED;
    }

    private static ImportMatch.Found found(InMemoryUserStore users, ImportedUser imported) {
        return new ImportMatch.Found(
                numbered(users, imported.id()),
                users.find(new UserKey.ByUuid(imported.uuid()))
                        .map(stored -> stored.user().id())
                        .orElse(null),
                users.all().stream()
                        .map(StoredUser::user)
                        .filter(user -> isNamedBy(user, imported))
                        .map(User::id)
                        .collect(Collectors.toSet()));
    }

    private static ImportMatch.@Nullable Numbered numbered(InMemoryUserStore users, @Nullable UserId id) {
        return id == null
                ? null
                : users.find(new UserKey.ById(id))
                        .map(StoredUser::user)
                        .map(user -> new ImportMatch.Numbered(user.id(), user.uuid(), user.origin()))
                        .orElse(null);
    }

    private static void add(InMemoryUserStore users, ImportedUser imported, Instant now) {
        User user = User.builder(
                        imported.id() == null ? users.nextId() : imported.id(),
                        imported.uuid(),
                        imported.createdAt() == null ? now : imported.createdAt())
                .email(imported.email())
                .username(imported.username())
                .status(imported.status() == null ? UserStatus.ACTIVE : imported.status())
                .attributes(imported.attributes() == null ? JsonObject.EMPTY : imported.attributes())
                .setAll(imported.properties())
                .origin(imported.origin(now))
                .build();
        users.put(new StoredUser(user, imported.hash()));
    }

    private static StoredUser updated(InMemoryUserStore users, StoredUser before, ImportedUser imported, Instant now) {
        User after = ImportMatch.updated(imported, before, now);
        User.Builder stored = after.toBuilder().version(after.version() + 1);
        if (!ImportMatch.changesPassword(imported, before)) {
            return new StoredUser(stored.build(), before.hash());
        }
        return new StoredUser(
                stored.passwordChangedAt(users.passwordChangedAt(after, before.user()))
                        .build(),
                imported.hash());
    }

    private static boolean isNamedBy(User user, ImportedUser imported) {
        return (user.email() != null && Objects.equals(user.email(), imported.email()))
                || (user.username() != null && Objects.equals(user.username(), imported.username()));
    }

    private static void check(List<ImportedUser> batch) {
        if (batch.size() > LARGEST_BATCH) {
            throw new IllegalArgumentException("a batch has at most " + LARGEST_BATCH + " users, not " + batch.size());
        }
    }
}
