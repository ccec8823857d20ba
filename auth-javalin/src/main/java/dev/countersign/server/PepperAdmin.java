package dev.countersign.server;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.countersign.password.PasswordHash;
import dev.countersign.port.UserStore;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.user.StoredUser;
import dev.countersign.user.UserId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Counts stored hashes by pepper, and gives them the current one. */
public final class PepperAdmin implements AutoCloseable {

    private static final String WITHOUT = "-";

    private final Users users;
    private final StoredHashes hashes;

    private PepperAdmin(Users users) {
        this.users = users;
        this.hashes = users.hashes();
    }

    /**
     * Opens an existing database without migrating its tables.
     *
     * @param config the settings
     * @return the peppers and the hashes
     * @throws ConfigException if the database or the file with the peppers cannot be used
     */
    public static PepperAdmin open(ServerConfig config) throws ConfigException {
        return new PepperAdmin(Users.unchanged(config));
    }

    /**
     * A pepper and its use.
     *
     * @param id the id; a hyphen for hashes without a pepper
     * @param use what it does
     * @param users how many users have a hash with it
     */
    public record PepperUse(String id, String use, long users) {

        /** Rejects null components. */
        public PepperUse {
            requireNonNull(id, "id");
            requireNonNull(use, "use");
        }
    }

    /** {@return all peppers of the file and of stored hashes, those of the file first, the newest of them first; reads all users} */
    public ImmutableList<PepperUse> list() {
        Map<String, Long> counts = new LinkedHashMap<>();
        hashes.peppers().forEach(id -> counts.put(id, 0L));
        hashes.lostPeppers().stream().sorted().forEach(id -> counts.put(id, 0L));
        Map<String, Long> unreadable = new LinkedHashMap<>();
        each(page -> page.forEach(user -> count(user.hash(), counts, unreadable)));
        ImmutableList.Builder<PepperUse> uses = ImmutableList.builder();
        counts.forEach((id, users) -> uses.add(new PepperUse(id, use(id), users)));
        unreadable.forEach((id, users) -> uses.add(new PepperUse(id, "ANOTHER PEPPER OF THIS ID", users)));
        return uses.build();
    }

    private void count(@Nullable PasswordHash hash, Map<String, Long> counts, Map<String, Long> unreadable) {
        if (hash == null) {
            return;
        }
        Optional<String> id = hashes.pepper(hash);
        boolean isOfAnother = id.filter(hashes.peppers()::contains).isPresent()
                && hashes.trouble(hash).isPresent();
        (isOfAnother ? unreadable : counts).merge(id.orElse(WITHOUT), 1L, Long::sum);
    }

    private String use(String id) {
        if (id.equals(WITHOUT)) {
            return hashes.currentPepper().isPresent() ? "no pepper yet" : "no pepper";
        }
        if (hashes.lostPeppers().contains(id)) {
            return "lost";
        }
        if (!hashes.peppers().contains(id)) {
            return "MISSING";
        }
        return hashes.currentPepper().filter(id::equals).isPresent() ? "encrypts" : "decrypts";
    }

    /**
     * The result of {@link #apply}.
     *
     * @param changed how many hashes have another pepper now
     * @param unreadable how many hashes need a pepper that is missing and not known to be lost
     */
    public record Applied(long changed, long unreadable) {}

    /**
     * Gives all stored hashes the current pepper, or removes it if none is current. A server may run at the same time.
     *
     * @param progress receives the number of users after each page
     * @return the counts
     */
    public Applied apply(LongConsumer progress) {
        requireNonNull(progress, "progress");

        long[] counts = new long[3];
        each(page -> {
            counts[0] += users.reseal(page);
            counts[1] += page.stream()
                    .map(StoredUser::hash)
                    .filter(hash -> hash != null && isMissing(hash))
                    .count();
            counts[2] += page.size();
            progress.accept(counts[2]);
        });
        return new Applied(counts[0], counts[1]);
    }

    private boolean isMissing(PasswordHash hash) {
        return hashes.trouble(hash).isPresent()
                && hashes.pepper(hash).filter(hashes.lostPeppers()::contains).isEmpty();
    }

    private void each(Consumer<List<StoredUser>> action) {
        UserId after = null;
        List<StoredUser> page = users.bulk().page(after, UserStore.LARGEST_PAGE);
        while (!page.isEmpty()) {
            action.accept(page);
            after = page.get(page.size() - 1).user().id();
            page = users.bulk().page(after, UserStore.LARGEST_PAGE);
        }
    }

    /** {@return the id of the pepper that encrypts new hashes; empty for none} */
    public Optional<String> current() {
        return hashes.currentPepper();
    }

    @Override
    public void close() {
        users.close();
    }
}
