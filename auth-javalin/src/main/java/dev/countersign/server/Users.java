package dev.countersign.server;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.countersign.event.Actor;
import dev.countersign.event.EventKind;
import dev.countersign.event.EventQuery;
import dev.countersign.event.EventRecord;
import dev.countersign.event.ServerDetail;
import dev.countersign.event.UserDetail.UserChanged;
import dev.countersign.jdbi.table.UserScan;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.PasswordPolicy;
import dev.countersign.port.BulkUserStore;
import dev.countersign.port.HashSample;
import dev.countersign.port.PasswordHasher;
import dev.countersign.port.SecurityEvents;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.token.Revocation;
import dev.countersign.usecase.RegisterUser;
import dev.countersign.usecase.Registration;
import dev.countersign.usecase.Reporter;
import dev.countersign.usecase.Sessions;
import dev.countersign.usecase.UpdateUser;
import dev.countersign.usecase.UserChange;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The user commands' access to a server's database, without the server. */
public final class Users implements AutoCloseable {

    /** The maximum length of a password from the command line, in characters. */
    public static final int LONGEST_PASSWORD = 64;

    private final ServerConfig config;
    private final Storage storage;
    private final StoredHashes hashes;
    private final PasswordPolicy policy;
    private final RegisterUser register;
    private final UpdateUser update;
    private final Sessions sessions;
    private final TokenSizes sizes;
    private final Reporter reporter;

    private Users(Storage storage, ServerConfig config) throws ConfigException {
        this.config = config;
        InstantSource clock = InstantSource.system();
        this.sizes = new TokenSizes(Dialects.of(config).stream()
                .map(chosen -> chosen.dialect().token())
                .toList());
        SecureRandom random = new SecureRandom();
        this.hashes = Hashers.of(config, random);
        PasswordHasher hasher = hashes.hasher();
        this.policy = new PasswordPolicy(config.passwords().minimum(), LONGEST_PASSWORD, Blocklist.of(config));
        this.storage = storage;
        SecurityEvents events = OperatorEvents.of(config.events(), storage);
        this.reporter = new Reporter(events, clock, "");
        this.register = new RegisterUser(storage.users(), hasher, policy, clock, random)
                .fitting(sizes::fit)
                .reporting(reporter, Actor.OPERATOR);
        this.sessions = Sessions.over(storage.sessions(), storage.changes(), storage.unitOfWork(), clock)
                .events(events)
                .withoutListening();
        this.update = new UpdateUser(storage.users(), hasher, policy, clock)
                .fitting(sizes::fit)
                .ending(sessions, Revocation.BY_PASSWORD_CHANGE)
                .reporting(reporter);
    }

    /**
     * Opens the database, and creates it if it does not exist. A server may use it at the same time.
     *
     * @param config the settings
     * @return the users
     * @throws ConfigException if the database cannot be opened
     */
    public static Users open(ServerConfig config) throws ConfigException {
        return over(Storage.open(config), config);
    }

    /**
     * Opens an existing database.
     *
     * @param config the settings
     * @return the users
     * @throws ConfigException if there is no database or it cannot be opened; the message names the place
     */
    public static Users existing(ServerConfig config) throws ConfigException {
        return over(Storage.existing(config), config);
    }

    /**
     * Opens an existing database without migrating its tables, even if {@code migrate_at_start} is true.
     *
     * @param config the settings
     * @return the users
     * @throws ConfigException if it cannot be opened or its tables are not up to date; the message says what to do
     */
    public static Users unchanged(ServerConfig config) throws ConfigException {
        return over(Storage.unchanged(config), config);
    }

    private static Users over(Storage storage, ServerConfig config) throws ConfigException {
        try {
            return new Users(storage, config);
        } catch (ConfigException | RuntimeException unusable) {
            storage.close();
            throw unusable;
        }
    }

    /**
     * Refuses to go on if stored hashes need a pepper that is not given: new hashes would have none.
     *
     * @throws ConfigException as at a start of the server
     */
    public void checkPepper() throws ConfigException {
        PepperCheck.check(config, storage.hashSample().read(HashSample.LARGEST).values(), hashes);
    }

    /** {@return the outcome of registering a user} */
    public RegisterUser.Outcome register(Registration registration) {
        requireNonNull(registration, "registration");

        return register.handle(registration);
    }

    /** {@return the outcome of changing a user} */
    public UpdateUser.Outcome update(UserId id, UserChange change) {
        requireNonNull(id, "id");
        requireNonNull(change, "change");

        return update.handle(id, change);
    }

    /**
     * Finds a user.
     *
     * @param name an e-mail address, a username, {@code id:} and the number, or {@code uuid:} and the UUID
     * @return the user, or empty if there is none
     */
    public Optional<User> find(String name) {
        requireNonNull(name, "name");

        return findStored(name).map(StoredUser::user);
    }

    /** {@return the user of {@link #find} with the hash} */
    public Optional<StoredUser> findStored(String name) {
        requireNonNull(name, "name");

        return storage.users().find(UserSearch.key(name));
    }

    /**
     * Finds users by a part of their e-mail address or username, or by the whole of another key.
     *
     * @param text the part, a number, a UUID, or the {@code external_id} of an import
     * @param limit the most users to return, 1 to 1001
     * @return the users; those with the key first, then by number
     */
    public List<User> search(String text, int limit) {
        requireNonNull(text, "text");

        return UserSearch.of(storage, text, limit);
    }

    /**
     * Finds a user's number.
     *
     * @param name an e-mail address, a username, or {@code id:} and the number, which may be of a deleted user
     * @return the number, or empty if there is no such user
     */
    public Optional<UserId> number(String name) {
        requireNonNull(name, "name");

        return UserSearch.key(name) instanceof UserKey.ById numbered
                ? Optional.of(numbered.id())
                : find(name).map(User::id);
    }

    /** {@return the stored security events of a query, the latest first} */
    public List<EventRecord> events(EventQuery query) {
        requireNonNull(query, "query");

        return storage.events().find(query);
    }

    /**
     * Reports what a command did to many users.
     *
     * @param detail what it did
     */
    public void report(ServerDetail detail) {
        requireNonNull(detail, "detail");

        reporter.byOperator(Optional.empty(), detail);
    }

    /** {@return the users' sessions} */
    public Sessions sessions() {
        return sessions;
    }

    /** {@return whether the user had failed logins, which are forgotten now} */
    public boolean unlock(UserId id) {
        requireNonNull(id, "id");

        return storage.throttle().forgive(id);
    }

    /** {@return whether the user existed and was deleted} */
    public boolean delete(UserId id) {
        requireNonNull(id, "id");

        boolean deleted = storage.users().delete(id);
        if (deleted) {
            reporter.byOperator(Optional.of(id), new UserChanged(EventKind.USER_DELETED));
        }
        return deleted;
    }

    /** {@return a line for each stored demonstration user: deleted, or kept because its published password no longer works} */
    public ImmutableList<String> deleteDemo() {
        ImmutableList.Builder<String> lines = ImmutableList.builder();
        Predicate<DemoUsers.Found> published = DemoUsers.published(hashes.hasher());
        DemoUsers.stored(storage.users()).forEach(found -> {
            User user = found.user().user();
            boolean deleted = published.test(found) && delete(user.id());
            lines.add((deleted ? "deleted user " : "kept user ") + user.id() + " ("
                    + found.demo().email() + ")" + (deleted ? "" : ", whose published password no longer works"));
        });
        ImmutableList<String> all = lines.build();
        return all.isEmpty() ? ImmutableList.of("there are no users of --demo") : all;
    }

    /** {@return a scan over every row, including rows that cannot be read as a user} */
    public UserScan scan() {
        return storage.scan();
    }

    /** {@return the store for batches of users, for import and export} */
    public BulkUserStore bulk() {
        return storage.bulkUsers();
    }

    /** {@return whether every token of a user would be short enough to be accepted} */
    public boolean hasShortTokens(User user) {
        requireNonNull(user, "user");

        return sizes.fit(user);
    }

    /** {@return the stored hashes and their hasher} */
    public StoredHashes hashes() {
        return hashes;
    }

    /** {@return the rules for imported passwords: those of the command line, but as long as the hasher reads} */
    public PasswordPolicy importPolicy() {
        return new PasswordPolicy(policy.minimum(), PasswordPolicy.LONGEST, policy.common());
    }

    /**
     * Gives hashes the current pepper, in one transaction.
     *
     * @param page some users with their hashes
     * @return how many hashes were replaced
     */
    int reseal(List<StoredUser> page) {
        return storage.unitOfWork().run(() -> {
            int replaced = 0;
            for (StoredUser user : page) {
                PasswordHash hash = user.hash();
                PasswordHash sealed = hash == null ? null : hashes.resealed(hash);
                if (hash != null
                        && sealed != null
                        && !sealed.equals(hash)
                        && storage.users().rehash(user.user().id(), hash, sealed)) {
                    replaced++;
                }
            }
            return replaced;
        });
    }

    /** {@return a message about what was created on opening; empty if everything existed} */
    public Optional<String> made() {
        return storage.made();
    }

    @Override
    public void close() {
        storage.close();
    }
}
