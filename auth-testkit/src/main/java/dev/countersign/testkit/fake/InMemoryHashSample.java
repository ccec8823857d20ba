package dev.countersign.testkit.fake;

import static java.util.Objects.requireNonNull;

import dev.countersign.password.PasswordHash;
import dev.countersign.port.HashSample;
import dev.countersign.port.UserStore;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Samples the hashes of an in-memory store: the first user at or above each multiple of a power of two. As thread-safe as the store. */
public final class InMemoryHashSample implements HashSample {

    private final UserStore users;

    /**
     * Creates a sample.
     *
     * @param users the store whose hashes are sampled
     */
    public InMemoryHashSample(UserStore users) {
        this.users = requireNonNull(users, "users");
    }

    @Override
    public Map<UserId, PasswordHash> read(int most) {
        if (most < 16 || most > LARGEST) {
            throw new IllegalArgumentException("a sample has 16 to " + LARGEST + " users, not " + most);
        }
        List<User> all = new ArrayList<>();
        List<User> page = users.page(null, UserStore.LARGEST_PAGE);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = users.page(page.get(page.size() - 1).id(), UserStore.LARGEST_PAGE);
        }
        long last = all.isEmpty() ? 0 : all.get(all.size() - 1).id().value();
        long step = last < most ? 1 : Long.highestOneBit(last / most) * 2;
        Map<UserId, PasswordHash> sample = new LinkedHashMap<>();
        long next = 0;
        for (User user : all) {
            if (user.id().value() >= next) {
                next = (user.id().value() / step + 1) * step;
                users.find(new UserKey.ById(user.id()))
                        .flatMap(stored -> Optional.ofNullable(stored.hash()))
                        .ifPresent(hash -> sample.put(user.id(), hash));
            }
        }
        return sample;
    }
}
