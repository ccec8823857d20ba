package dev.countersign.testkit.fake;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.countersign.password.PasswordHash;
import dev.countersign.port.UserStore;
import dev.countersign.user.Login;
import dev.countersign.user.NewUser;
import dev.countersign.user.StoreResult;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Records every call to another store, and can run an event right after a look-up or an insertion, as may happen in production. Thread-safe. */
public final class CountingUserStore implements UserStore {

    private final UserStore store;
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile Runnable afterFind = () -> {};
    private volatile Runnable afterInsert = () -> {};

    /**
     * Wraps a store.
     *
     * @param store the store that does the work
     */
    public CountingUserStore(UserStore store) {
        this.store = requireNonNull(store, "store");
    }

    /** {@return the names of the methods called so far, in order} */
    public ImmutableList<String> calls() {
        return ImmutableList.copyOf(calls);
    }

    /** Forgets the calls so far. */
    public void reset() {
        calls.clear();
    }

    /**
     * Runs an event after each look-up.
     *
     * @param event the event; it may use the wrapped store
     */
    public void afterFind(Runnable event) {
        requireNonNull(event, "event");

        this.afterFind = event;
    }

    /**
     * Runs an event after each insertion.
     *
     * @param event the event; it may use the wrapped store
     */
    public void afterInsert(Runnable event) {
        requireNonNull(event, "event");

        this.afterInsert = event;
    }

    @Override
    public Set<Gap> gaps() {
        return store.gaps();
    }

    @Override
    public Optional<StoredUser> find(UserKey key) {
        requireNonNull(key, "key");

        calls.add("find");
        Optional<StoredUser> found = store.find(key);
        afterFind.run();
        return found;
    }

    @Override
    public StoreResult insert(NewUser user) {
        requireNonNull(user, "user");

        calls.add("insert");
        StoreResult result = store.insert(user);
        afterInsert.run();
        return result;
    }

    @Override
    public StoreResult update(User changed, @Nullable PasswordHash hash) {
        requireNonNull(changed, "changed");

        calls.add("update");
        return store.update(changed, hash);
    }

    @Override
    public boolean rehash(UserId id, PasswordHash expected, PasswordHash replacement) {
        requireNonNull(id, "id");
        requireNonNull(expected, "expected");
        requireNonNull(replacement, "replacement");

        calls.add("rehash");
        return store.rehash(id, expected, replacement);
    }

    @Override
    public Optional<User> recordLogin(Login login) {
        requireNonNull(login, "login");

        calls.add("recordLogin");
        return store.recordLogin(login);
    }

    @Override
    public boolean delete(UserId id) {
        requireNonNull(id, "id");

        calls.add("delete");
        return store.delete(id);
    }

    @Override
    public List<User> page(@Nullable UserId after, int limit) {
        calls.add("page");
        return store.page(after, limit);
    }

    @Override
    public boolean accepts(UserKey key) {
        requireNonNull(key, "key");

        return store.accepts(key);
    }
}
