package dev.countersign.javalin.http;

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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A store that breaks when told to. */
public final class FailingStore implements UserStore {

    private final UserStore store;
    private @Nullable Supplier<RuntimeException> failure;

    public FailingStore(UserStore store) {
        this.store = store;
    }

    /** From now on every call throws this; null mends the store. */
    public void failWith(@Nullable Supplier<RuntimeException> what) {
        failure = what;
    }

    private UserStore working() {
        Supplier<RuntimeException> what = failure;
        if (what != null) {
            throw what.get();
        }
        return store;
    }

    @Override
    public Optional<StoredUser> find(UserKey key) {
        return working().find(key);
    }

    @Override
    public StoreResult insert(NewUser user) {
        return working().insert(user);
    }

    @Override
    public StoreResult update(User changed, @Nullable PasswordHash hash) {
        return working().update(changed, hash);
    }

    @Override
    public boolean rehash(UserId id, PasswordHash expected, PasswordHash replacement) {
        return working().rehash(id, expected, replacement);
    }

    @Override
    public Optional<User> recordLogin(Login login) {
        return working().recordLogin(login);
    }

    @Override
    public boolean delete(UserId id) {
        return working().delete(id);
    }

    @Override
    public List<User> page(@Nullable UserId after, int limit) {
        return working().page(after, limit);
    }
}
