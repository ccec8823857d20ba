package dev.countersign.proof;

import com.google.common.collect.ImmutableList;
import com.zaxxer.hikari.HikariDataSource;
import dev.countersign.jdbi.JdbiAuthStores;
import dev.countersign.json.JsonString;
import dev.countersign.password.PasswordPolicy;
import dev.countersign.password.RawPassword;
import dev.countersign.port.BulkUserStore;
import dev.countersign.port.UserStore;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import dev.countersign.testkit.fixture.SeededRandom;
import dev.countersign.usecase.RegisterUser;
import dev.countersign.user.Identifier;
import dev.countersign.user.ImportResult;
import dev.countersign.user.OnExisting;
import dev.countersign.user.StoredUser;
import dev.countersign.user.UserKey;
import java.io.IOException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Random;

/** One vendor with one number of users: imports, then is asked. */
final class ScaleRun implements AutoCloseable {

    private final ScaleDatabase.Vendor vendor;
    private final long users;
    private final ScaleDatabase database;
    private final HikariDataSource pool;
    private final UserStore store;
    private final RegisterUser register;
    private final Random random = new Random(1);
    private final Latency lookups = new Latency();
    private final Latency logins = new Latency();
    private final Latency registrations = new Latency();
    private double importRate;
    private double ownRate;
    private long heap;
    private long resident;
    private long registered;

    ScaleRun(ScaleDatabase.Vendor vendor, long users) throws IOException {
        this.vendor = vendor;
        this.users = users;
        this.database = vendor.newDatabase("users" + users);
        this.pool = new HikariDataSource();
        pool.setJdbcUrl(database.url());
        pool.setMaximumPoolSize(2);
        this.store = JdbiAuthStores.over(pool).users();
        PlainPasswordHasher hasher = PlainPasswordHasher.keepingPasswordsInTheClear();
        this.register = new RegisterUser(
                store,
                hasher,
                new PasswordPolicy(8, 64, any -> false),
                InstantSource.system(),
                new SeededRandom(users));
    }

    /** Imports, and lets the vendor do the same with another database. */
    void fill() throws IOException, SQLException {
        try (ScaleDatabase own = vendor.newDatabase("own" + users)) {
            long start = System.nanoTime();
            own.loadItsWay(users);
            ownRate = rate(start);
        }
        Peak.reset();
        long start = System.nanoTime();
        BulkUserStore bulk = JdbiAuthStores.over(pool).bulkUsers();
        for (long from = 0; from < users; from += BulkUserStore.LARGEST_BATCH) {
            long to = Math.min(users, from + BulkUserStore.LARGEST_BATCH);
            ImmutableList<ImportResult> results =
                    bulk.store(People.imported(from, to), OnExisting.SKIP, People.CREATED);
            require(results.stream().allMatch(ImportResult.ADDED::equals));
        }
        importRate = rate(start);
        heap = Peak.heap();
        resident = Peak.resident();
    }

    private double rate(long start) {
        return users * 1e9 / (System.nanoTime() - start);
    }

    /** Asks a hundred times, each time for somebody else. */
    void ask() {
        for (int i = 0; i < 100; i++) {
            UserKey key = new UserKey.ByEmail(Identifier.typed(People.email(random.nextLong(users))));
            lookups.time(() -> require(store.find(key).isPresent()));
        }
    }

    /** What a login asks of the store, ten times: look up, note the login. */
    void logIn() {
        for (int i = 0; i < 10; i++) {
            UserKey key = new UserKey.ByEmail(Identifier.typed(People.email(random.nextLong(users))));
            logins.time(() -> {
                StoredUser found = store.find(key).orElseThrow();
                require(store.recordLogin(found.user().id(), People.CREATED).isPresent());
            });
        }
    }

    /** Registers ten users. */
    void register() {
        for (int i = 0; i < 10; i++) {
            long number = users + registered++;
            registrations.time(() -> {
                try (RawPassword password = RawPassword.of("two dozen characters now")) {
                    require(
                            register.handle(new RegisterUser.Registration(
                                            People.email(number),
                                            new JsonString(People.username(number)),
                                            People.ATTRIBUTES,
                                            password))
                                    instanceof RegisterUser.Outcome.Registered);
                }
            });
        }
    }

    /** Whatever was timed so far was for warming up. */
    void forget() {
        lookups.forget();
        logins.forget();
        registrations.forget();
    }

    ScaleRow row() throws SQLException {
        return new ScaleRow(
                vendor.name(),
                users,
                ownRate,
                importRate,
                database.bytes() / (double) (users + registered),
                heap,
                resident,
                lookups,
                logins,
                registrations);
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("the users are not as they should be");
        }
    }

    @Override
    public void close() {
        pool.close();
        database.close();
    }
}
