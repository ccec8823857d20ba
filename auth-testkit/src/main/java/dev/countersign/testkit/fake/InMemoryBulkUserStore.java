package dev.countersign.testkit.fake;

import com.google.common.collect.ImmutableList;
import dev.countersign.json.JsonObject;
import dev.countersign.password.PasswordHash;
import dev.countersign.port.BulkUserStore;
import dev.countersign.user.ImportResult;
import dev.countersign.user.ImportedUser;
import dev.countersign.user.OnExisting;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The users of an {@link InMemoryUserStore} by the thousand, for tests. Thread-safe. */
public final class InMemoryBulkUserStore implements BulkUserStore {

    private final InMemoryUserStore users;

    /** Over a store of users. */
    public InMemoryBulkUserStore(InMemoryUserStore users) {
        this.users = users;
    }

    @Override
    public ImmutableList<ImportResult> store(List<ImportedUser> batch, OnExisting onExisting, Instant now) {
        check(batch);
        synchronized (users) {
            return into(users, batch, onExisting, now);
        }
    }

    @Override
    public ImmutableList<ImportResult> preview(List<ImportedUser> batch, OnExisting onExisting) {
        check(batch);
        return into(copy(), batch, onExisting, Instant.EPOCH);
    }

    @Override
    public Rehearsal rehearse() {
        InMemoryBulkUserStore copy = new InMemoryBulkUserStore(copy());
        return new Rehearsal() {
            @Override
            public ImmutableList<ImportResult> store(List<ImportedUser> batch, OnExisting onExisting) {
                return copy.store(batch, onExisting, Instant.EPOCH);
            }

            @Override
            public void close() {
                // Nobody else knows the copy.
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
    public ImmutableList<StoredUser> page(@Nullable UserId after, int limit) {
        synchronized (users) {
            ImmutableList<User> page = users.page(after, limit);
            return users.all().stream()
                    .filter(stored -> page.contains(stored.user()))
                    .collect(ImmutableList.toImmutableList());
        }
    }

    private static ImmutableList<ImportResult> into(
            InMemoryUserStore users, List<ImportedUser> batch, OnExisting onExisting, Instant now) {
        return batch.stream().map(user -> store(users, user, onExisting, now)).collect(ImmutableList.toImmutableList());
    }

    private static ImportResult store(
            InMemoryUserStore users, ImportedUser imported, OnExisting onExisting, Instant now) {
        List<StoredUser> named = users.all().stream()
                .filter(stored -> isNamedBy(stored.user(), imported))
                .toList();
        if (named.size() > 1) {
            return ImportResult.AMBIGUOUS;
        }
        if (named.isEmpty()) {
            return add(users, imported, now);
        }
        if (onExisting == OnExisting.SKIP) {
            return ImportResult.EXISTING;
        }
        users.put(updated(named.get(0), imported, now));
        return ImportResult.UPDATED;
    }

    private static ImportResult add(InMemoryUserStore users, ImportedUser imported, Instant now) {
        UserId id = or(imported.id(), users.nextId());
        if (users.all().stream().anyMatch(stored -> stored.user().id().equals(id))) {
            return ImportResult.NUMBER_TAKEN;
        }
        User user = new User(
                id,
                imported.uuid(),
                imported.email(),
                imported.username(),
                or(imported.status(), UserStatus.ACTIVE),
                or(imported.attributes(), JsonObject.EMPTY),
                or(imported.createdAt(), now),
                imported.updatedAt(),
                imported.lastLoginAt(),
                imported.previousLoginAt(),
                imported.passwordChangedAt(),
                1);
        users.put(new StoredUser(user, imported.hash()));
        return ImportResult.ADDED;
    }

    private static StoredUser updated(StoredUser stored, ImportedUser imported, Instant now) {
        User before = stored.user();
        PasswordHash hash = imported.hash();
        boolean samePassword = hash == null || hash.equals(stored.hash());
        User after = new User(
                before.id(),
                before.uuid(),
                orNull(imported.email(), before.email()),
                orNull(imported.username(), before.username()),
                or(imported.status(), before.status()),
                or(imported.attributes(), before.attributes()),
                or(imported.createdAt(), before.createdAt()),
                or(imported.updatedAt(), now),
                orNull(imported.lastLoginAt(), before.lastLoginAt()),
                orNull(imported.previousLoginAt(), before.previousLoginAt()),
                orNull(imported.passwordChangedAt(), samePassword ? before.passwordChangedAt() : now),
                before.version() + 1);
        return new StoredUser(after, orNull(hash, stored.hash()));
    }

    private static boolean isNamedBy(User user, ImportedUser imported) {
        return user.uuid().equals(imported.uuid())
                || (user.email() != null && Objects.equals(user.email(), imported.email()))
                || (user.username() != null && Objects.equals(user.username(), imported.username()));
    }

    private static <T> T or(@Nullable T said, T otherwise) {
        return said == null ? otherwise : said;
    }

    private static <T> @Nullable T orNull(@Nullable T said, @Nullable T otherwise) {
        return said == null ? otherwise : said;
    }

    private static void check(List<ImportedUser> batch) {
        if (batch.size() > LARGEST_BATCH) {
            throw new IllegalArgumentException("a batch has at most " + LARGEST_BATCH + " users, not " + batch.size());
        }
    }
}
