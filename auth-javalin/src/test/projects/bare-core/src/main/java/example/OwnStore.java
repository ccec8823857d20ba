package example;

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
import java.util.concurrent.ConcurrentSkipListMap;

/** Users in memory, as much of it as a login needs. */
final class OwnStore implements UserStore {

    private final ConcurrentSkipListMap<Long, StoredUser> users = new ConcurrentSkipListMap<>();

    @Override
    public Optional<StoredUser> find(UserKey key) {
        return users.values().stream().filter(stored -> key.isOf(stored.user())).findFirst();
    }

    @Override
    public StoreResult insert(NewUser user) {
        UserId id = new UserId(users.size() + 1L);
        User stored = User.builder(id, user.uuid(), user.createdAt())
                .email(user.email())
                .username(user.username())
                .status(user.status())
                .attributes(user.attributes())
                .build();
        users.put(id.value(), new StoredUser(stored, user.hash()));
        return new StoreResult.Stored(stored);
    }

    @Override
    public Optional<User> recordLogin(Login login) {
        return Optional.ofNullable(users.get(login.id().value())).map(StoredUser::user);
    }

    @Override
    public StoreResult update(User changed, PasswordHash hash) {
        return new StoreResult.Stale();
    }

    @Override
    public boolean rehash(UserId id, PasswordHash expected, PasswordHash replacement) {
        return false;
    }

    @Override
    public boolean delete(UserId id) {
        return users.remove(id.value()) != null;
    }

    @Override
    public List<User> page(UserId after, int limit) {
        return users.tailMap(after == null ? 0 : after.value(), false).values().stream()
                .limit(limit)
                .map(StoredUser::user)
                .toList();
    }
}
