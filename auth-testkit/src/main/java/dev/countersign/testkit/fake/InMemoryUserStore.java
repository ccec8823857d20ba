package dev.countersign.testkit.fake;

import com.google.common.collect.ImmutableList;
import dev.countersign.password.PasswordHash;
import dev.countersign.port.UserStore;
import dev.countersign.user.Identifier;
import dev.countersign.user.NewUser;
import dev.countersign.user.StoreResult;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps users in memory, for tests. Slow beyond some thousands; thread-safe. */
public final class InMemoryUserStore implements UserStore {

    private final TreeMap<Long, StoredUser> users = new TreeMap<>();
    private long next;

    /** An empty store that numbers its users from 1. */
    public InMemoryUserStore() {
        this(1);
    }

    private InMemoryUserStore(long first) {
        this.next = first;
    }

    /**
     * An empty store.
     *
     * @param first the first user's number, positive
     * @return the store
     */
    public static InMemoryUserStore numberingFrom(long first) {
        return new InMemoryUserStore(first);
    }

    @Override
    public synchronized Optional<StoredUser> find(UserKey key) {
        if (key instanceof UserKey.ById byId) {
            return Optional.ofNullable(users.get(byId.id().value()));
        }
        return users.values().stream()
                .filter(stored -> matches(stored.user(), key))
                .findFirst();
    }

    @Override
    public synchronized StoreResult insert(NewUser user) {
        boolean taken = all().stream()
                .map(StoredUser::user)
                .anyMatch(other -> other.uuid().equals(user.uuid()) || shares(other, user.email(), user.username()));
        if (taken) {
            return new StoreResult.Taken();
        }
        User stored = new User(
                new UserId(next++),
                user.uuid(),
                user.email(),
                user.username(),
                user.status(),
                user.attributes(),
                user.createdAt(),
                null,
                null,
                null,
                null,
                1);
        users.put(stored.id().value(), new StoredUser(stored, user.hash()));
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
        User after = new User(
                changed.id(),
                before.user().uuid(),
                changed.email(),
                changed.username(),
                changed.status(),
                changed.attributes(),
                changed.createdAt(),
                changed.updatedAt(),
                before.user().lastLoginAt(),
                before.user().previousLoginAt(),
                changed.passwordChangedAt(),
                changed.version() + 1);
        users.put(after.id().value(), new StoredUser(after, hash == null ? before.hash() : hash));
        return new StoreResult.Stored(after);
    }

    @Override
    public synchronized boolean rehash(UserId id, PasswordHash expected, PasswordHash replacement) {
        StoredUser before = users.get(id.value());
        if (before == null || !expected.equals(before.hash())) {
            return false;
        }
        users.put(id.value(), new StoredUser(before.user(), replacement));
        return true;
    }

    @Override
    public synchronized Optional<User> recordLogin(UserId id, Instant now) {
        StoredUser before = users.get(id.value());
        if (before == null || !before.user().status().mayLogIn()) {
            return Optional.empty();
        }
        User user = before.user();
        User after = new User(
                user.id(),
                user.uuid(),
                user.email(),
                user.username(),
                user.status(),
                user.attributes(),
                user.createdAt(),
                user.updatedAt(),
                now,
                user.lastLoginAt(),
                user.passwordChangedAt(),
                user.version());
        users.put(id.value(), new StoredUser(after, before.hash()));
        return Optional.of(after);
    }

    @Override
    public synchronized boolean delete(UserId id) {
        return users.remove(id.value()) != null;
    }

    @Override
    public synchronized ImmutableList<User> page(@Nullable UserId after, int limit) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new IllegalArgumentException("a page has 1 to " + LARGEST_PAGE + " users, not " + limit);
        }
        return users.tailMap(after == null ? 0 : after.value(), false).values().stream()
                .limit(limit)
                .map(StoredUser::user)
                .collect(ImmutableList.toImmutableList());
    }

    /** Stores or replaces a user with everything that is known of it. */
    void put(StoredUser user) {
        users.put(user.user().id().value(), user);
        next = Math.max(next, user.user().id().value() + 1);
    }

    /** Takes back what was done since. Numbers are not given out again. */
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
