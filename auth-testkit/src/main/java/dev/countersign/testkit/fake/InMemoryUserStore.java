package dev.countersign.testkit.fake;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.countersign.password.PasswordHash;
import dev.countersign.port.UserStore;
import dev.countersign.user.Identifier;
import dev.countersign.user.Login;
import dev.countersign.user.NewUser;
import dev.countersign.user.PasswordOrder;
import dev.countersign.user.StoreResult;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps users in memory, for tests. Slow with more than some thousand users. Thread-safe. */
public final class InMemoryUserStore implements UserStore {

    private static final Duration STEP = Duration.of(1, ChronoUnit.MICROS);

    private final TreeMap<Long, StoredUser> users = new TreeMap<>();
    private final Map<Long, Instant> tokensIssuedAt = new HashMap<>();
    private final InMemoryUserChanges changes = new InMemoryUserChanges();
    private long next;

    /** Creates an empty store that numbers its users from 1. */
    public InMemoryUserStore() {
        this(1);
    }

    private InMemoryUserStore(long first) {
        this.next = first;
    }

    /** Creates an empty store.
     *
     * @param first the first user's number, positive
     * @return the store
     */
    public static InMemoryUserStore numberingFrom(long first) {
        return new InMemoryUserStore(first);
    }

    /** {@return what reports the changes of this store} */
    public InMemoryUserChanges changes() {
        return changes;
    }

    @Override
    public synchronized Optional<StoredUser> find(UserKey key) {
        requireNonNull(key, "key");

        if (key instanceof UserKey.ById byId) {
            return Optional.ofNullable(users.get(byId.id().value()));
        }
        return users.values().stream()
                .filter(stored -> matches(stored.user(), key))
                .findFirst();
    }

    @Override
    public synchronized StoreResult insert(NewUser user) {
        requireNonNull(user, "user");

        boolean taken = all().stream()
                .map(StoredUser::user)
                .anyMatch(other -> other.uuid().equals(user.uuid()) || shares(other, user.email(), user.username()));
        if (taken) {
            return new StoreResult.Taken();
        }
        User stored = user.withId(new UserId(next++));
        users.put(stored.id().value(), new StoredUser(stored, user.hash()));
        tokensIssuedAt.put(stored.id().value(), user.createdAt());
        return new StoreResult.Stored(stored);
    }

    @Override
    public synchronized StoreResult update(User changed, @Nullable PasswordHash hash) {
        StoredUser before = users.get(changed.id().value());
        if (before == null || before.user().version() != changed.version()) {
            return new StoreResult.Stale();
        }
        boolean taken = all().stream()
                .map(StoredUser::user)
                .filter(other -> !other.id().equals(changed.id()))
                .anyMatch(other -> shares(other, changed.email(), changed.username()));
        if (taken) {
            return new StoreResult.Taken();
        }
        User.Builder after = changed.toBuilder()
                .lastLoginAt(before.user().lastLoginAt())
                .previousLoginAt(before.user().previousLoginAt())
                .version(changed.version() + 1);
        if (hash != null) {
            after.passwordChangedAt(passwordChangedAt(changed, before.user()));
        }
        User stored = after.build();
        users.put(stored.id().value(), new StoredUser(stored, hash == null ? before.hash() : hash));
        changes.report(stored.id());
        return new StoreResult.Stored(stored);
    }

    /** The time at which a password was set. */
    Instant passwordChangedAt(User changed, User before) {
        return PasswordOrder.time(
                changed.passwordChangedAt(), tokensIssuedAt.get(before.id().value()), before.passwordChangedAt(), STEP);
    }

    @Override
    public synchronized boolean rehash(UserId id, PasswordHash expected, PasswordHash replacement) {
        requireNonNull(expected, "expected");
        requireNonNull(replacement, "replacement");

        StoredUser before = users.get(id.value());
        if (before == null || !expected.equals(before.hash())) {
            return false;
        }
        users.put(id.value(), new StoredUser(before.user(), replacement));
        return true;
    }

    @Override
    public synchronized Optional<User> recordLogin(Login login) {
        long id = login.id().value();
        StoredUser before = users.get(id);
        if (before == null
                || !before.user().status().mayLogIn()
                || !Objects.equals(before.user().passwordChangedAt(), login.passwordChangedAt())) {
            return Optional.empty();
        }
        User after = before.user().toBuilder()
                .lastLoginAt(login.at())
                .previousLoginAt(before.user().lastLoginAt())
                .build();
        users.put(id, new StoredUser(after, before.hash()));
        tokensIssuedAt.merge(id, login.tokenIssuedAt(), (one, other) -> one.isAfter(other) ? one : other);
        return Optional.of(after);
    }

    @Override
    public synchronized boolean delete(UserId id) {
        boolean deleted = users.remove(id.value()) != null;
        if (deleted) {
            changes.report(id);
        }
        return deleted;
    }

    @Override
    public synchronized List<User> page(@Nullable UserId after, int limit) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new IllegalArgumentException("a page has 1 to " + LARGEST_PAGE + " users, not " + limit);
        }
        return users.tailMap(after == null ? 0 : after.value(), false).values().stream()
                .limit(limit)
                .map(StoredUser::user)
                .collect(ImmutableList.toImmutableList());
    }

    /** Stores or replaces a user with all its data. */
    void put(StoredUser user) {
        users.put(user.user().id().value(), user);
        next = Math.max(next, user.user().id().value() + 1);
    }

    /** Rolls back all changes since. Numbers are not assigned again. */
    void restore(ImmutableList<StoredUser> before) {
        users.clear();
        before.forEach(this::put);
    }

    UserId nextId() {
        return new UserId(next);
    }

    ImmutableList<StoredUser> all() {
        return ImmutableList.copyOf(users.values());
    }

    private static boolean shares(User other, @Nullable Identifier email, @Nullable Identifier username) {
        return same(other.email(), email) || same(other.username(), username);
    }

    private static boolean matches(User user, UserKey key) {
        if (key instanceof UserKey.ByEmail byEmail) {
            return same(user.email(), byEmail.email());
        }
        if (key instanceof UserKey.ByUsername byUsername) {
            return same(user.username(), byUsername.username());
        }
        return key instanceof UserKey.ByUuid byUuid && user.uuid().equals(byUuid.uuid());
    }

    private static boolean same(@Nullable Identifier stored, @Nullable Identifier other) {
        return stored != null && other != null && Objects.equals(stored.folded(), other.folded());
    }
}
