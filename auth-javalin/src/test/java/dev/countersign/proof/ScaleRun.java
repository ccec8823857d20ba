package dev.countersign.proof;

import com.zaxxer.hikari.HikariDataSource;
import dev.countersign.jdbi.JdbiAuthStores;
import dev.countersign.password.PasswordPolicy;
import dev.countersign.password.RawPassword;
import dev.countersign.port.BulkUserStore;
import dev.countersign.port.UserStore;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import dev.countersign.testkit.fixture.SeededRandom;
import dev.countersign.usecase.RegisterUser;
import dev.countersign.usecase.Registration;
import dev.countersign.user.Identifier;
import dev.countersign.user.ImportResult;
import dev.countersign.user.Login;
import dev.countersign.user.OnExisting;
import dev.countersign.user.StoredUser;
import dev.countersign.user.UserKey;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;

/** One vendor with one number of users: imports, then is asked. */
final class ScaleRun implements AutoCloseable {

    /** How many questions of one kind are asked before the next database is asked. */
    private static final int TURN = 10;

    private final ScaleDatabase.Vendor vendor;
    private final long wanted;
    private final ScaleDatabase database;
    private final UserStore store;
    private final RegisterUser register;
    private final Random random = new Random(1);
    private Latency lookups = new Latency();
    private Latency logins = new Latency();
    private Latency registrations = new Latency();
    private long users;
    private double importRate;
    private double ownRate;
    private long heap;
    private long resident;
    private long registered;

    ScaleRun(ScaleDatabase.Vendor vendor, long wanted) throws IOException {
        this.vendor = vendor;
        this.wanted = wanted;
        this.database = vendor.newDatabase("users" + wanted);
        this.store = stores(database.pool()).users();
        PlainPasswordHasher hasher = PlainPasswordHasher.keepingPasswordsInTheClear();
        this.register = new RegisterUser(
                store,
                hasher,
                new PasswordPolicy(8, 64, any -> false),
                InstantSource.system(),
                new SeededRandom(wanted));
    }

    /** Imports, and lets the vendor do the same with another database; both stop when their patience ends. */
    void fill(Duration patience) throws IOException, SQLException {
        try (ScaleDatabase own = vendor.newDatabase("own" + wanted)) {
            ScaleLimit limit = new ScaleLimit(wanted, patience);
            ownRate = limit.rate(own.loadItsWay(limit));
        }
        Peak.reset();
        ScaleLimit limit = new ScaleLimit(wanted, patience);
        BulkUserStore bulk = stores(database.pool()).bulkUsers();
        do {
            long to = Math.min(wanted, users + BulkUserStore.LARGEST_BATCH);
            List<ImportResult> results = bulk.store(People.imported(users, to), OnExisting.SKIP, People.CREATED);
            require(results.stream().allMatch(ImportResult.ADDED::equals));
            users = to;
        } while (limit.allows(users));
        database.catchUp();
        importRate = limit.rate(users);
        heap = Peak.heap();
        resident = Peak.resident();
        database.settle();
    }

    /** How long the slower of the two would take for that many users, if rates went on falling as they did since fewer. */
    Duration estimate(long more, ScaleRun fewer) {
        double steps = Math.log(more / (double) users) / Math.log(users / (double) fewer.users);
        double slower = Math.min(falling(fewer.importRate, importRate, steps), falling(fewer.ownRate, ownRate, steps));
        return Duration.ofSeconds((long) (more / slower));
    }

    private static double falling(double before, double rate, double steps) {
        return rate * Math.pow(Math.min(1, rate / before), steps);
    }

    /** Asks for ten users, each time for somebody else. */
    void ask() {
        for (int i = 0; i < TURN; i++) {
            UserKey key = anybody();
            lookups.time(() -> require(store.find(key).isPresent()));
        }
    }

    private UserKey anybody() {
        return new UserKey.ByEmail(Identifier.typed(People.email(random.nextLong(users))));
    }

    /** The median of what was timed, in microseconds. */
    double lookupMicros() {
        return lookups.micros(0.5);
    }

    double lookupTimes(ScaleRun smallest) {
        return lookups.times(smallest.lookups, TURN);
    }

    /** What a login asks of the store, ten times: look up, note the login. */
    void logIn() {
        for (int i = 0; i < TURN; i++) {
            UserKey key = anybody();
            logins.time(() -> {
                StoredUser found = store.find(key).orElseThrow();
                require(store.recordLogin(Login.of(found.user(), People.CREATED))
                        .isPresent());
            });
        }
    }

    /** Registers ten users. */
    void register() {
        for (int i = 0; i < TURN; i++) {
            long number = users + registered++;
            registrations.time(() -> {
                try (RawPassword password = RawPassword.of("two dozen characters now")) {
                    require(
                            register.handle(Registration.builder(password)
                                            .email(People.email(number))
                                            .username(People.username(number))
                                            .attributes(People.ATTRIBUTES)
                                            .build())
                                    instanceof RegisterUser.Outcome.Registered);
                }
            });
        }
    }

    long users() {
        return users;
    }

    ScaleDatabase database() {
        return database;
    }

    /** The stores of these users over any connections to their server. */
    JdbiAuthStores stores(HikariDataSource pool) {
        return JdbiAuthStores.over(pool).named(database.names());
    }

    /** Whatever was timed so far was for warming up. */
    void forget() {
        lookups = new Latency();
        logins = new Latency();
        registrations = new Latency();
    }

    /** What it showed, beside the smallest one of the same vendor. */
    ScaleRow row(ScaleRun smallest) throws SQLException {
        return new ScaleRow(
                vendor.name(),
                wanted,
                users,
                ownRate,
                importRate,
                database.bytes() / (double) (users + registered),
                heap,
                resident,
                lookups,
                logins,
                registrations,
                lookupTimes(smallest),
                registrations.times(smallest.registrations, TURN));
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("the users are not as they should be");
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
