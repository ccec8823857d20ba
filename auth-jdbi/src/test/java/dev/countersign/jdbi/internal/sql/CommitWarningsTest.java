package dev.countersign.jdbi.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.AuthFault;
import dev.countersign.jdbi.JdbiAuthStores;
import dev.countersign.jdbi.Members;
import dev.countersign.jdbi.Postgres;
import dev.countersign.jdbi.Samples;
import dev.countersign.port.UserStore;
import dev.countersign.user.Login;
import dev.countersign.user.User;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** What a PostgreSQL says that gave up waiting for its synchronous standby: success, with a warning. Triggers warn, too. */
class CommitWarningsTest {

    private final Jdbi jdbi = Jdbi.create(Postgres.withoutPool());
    private final JdbiAuthStores stores = JdbiAuthStores.over(jdbi);

    @Test
    void a_write_that_the_standby_may_not_have_is_not_acknowledged() throws Exception {
        stores.migrate();
        waitForStandby();

        AuthFault fault = withWaitsCancelled(() -> stores.users().insert(Samples.user()));

        assertThat(fault.isTemporary()).isTrue();
        assertThat(((SQLException) fault.getCause()).getSQLState()).isEqualTo("08007");
        assertThat(stores.users().page(null, 10)).hasSize(1);
    }

    @Test
    void a_transaction_that_the_standby_may_not_have_is_not_acknowledged() throws Exception {
        stores.migrate();
        User user = Samples.stored(stores.users().insert(Samples.user()));
        Database database = Database.over(new LentConnections(jdbi), Duration.ofSeconds(5));
        waitForStandby();

        AuthFault fault = withWaitsCancelled(() -> database.inTransaction(
                "changing",
                handle -> handle.execute(
                        "UPDATE auth_users SET version = 2 WHERE id = ?",
                        user.id().value())));

        assertThat(fault.isTemporary()).isTrue();
    }

    @Test
    void what_an_application_s_triggers_warn_about_is_stored_and_acknowledged() {
        Members.create(jdbi, Vendor.POSTGRESQL);
        warnAtWrites();
        UserStore users = stores.usersIn(Members.MAPPING);

        User user = Samples.stored(users.insert(Samples.user()));

        assertThat(users.recordLogin(Login.of(user, Samples.NOW))).isPresent();
        jdbi.useTransaction(handle -> {
            UserStore within = stores.within(handle).usersIn(Members.MAPPING);
            assertThat(within.recordLogin(Login.of(user, Samples.NOW))).isPresent();
            Samples.stored(within.insert(Samples.user("b@example.com", "b")));
        });
        assertThat(users.page(null, 10)).hasSize(2);
    }

    @Test
    void a_warning_whose_source_the_driver_does_not_tell_counts() {
        SQLWarning other = new SQLWarning("of something else", "01004");
        assertThatCode(() -> CommitWarnings.check(other)).doesNotThrowAnyException();
        other.setNextWarning(new SQLWarning("of no known source", "01000"));
        assertThatThrownBy(() -> CommitWarnings.check(other)).isInstanceOf(SQLException.class);
    }

    // Connections made from now on wait at their commits for a standby that never comes.
    private void waitForStandby() {
        jdbi.useHandle(handle -> handle.execute("DO $$ BEGIN EXECUTE format("
                + "'ALTER DATABASE %I SET synchronous_commit = on', current_database()); END $$"));
    }

    private AuthFault withWaitsCancelled(ThrowingCallable write) throws Exception {
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try {
            Future<AuthFault> fault = writer.submit(() -> catchThrowableOfType(AuthFault.class, write));
            for (int look = 0; look < 1000 && !fault.isDone(); look++) {
                jdbi.useHandle(handle -> handle.execute("SELECT pg_cancel_backend(pid) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND wait_event = 'SyncRep'"));
                Thread.sleep(20);
            }
            return fault.get(10, TimeUnit.SECONDS);
        } finally {
            writer.shutdownNow();
        }
    }

    // One within the statement, one in the commit, where the wait for a standby is.
    private void warnAtWrites() {
        jdbi.useHandle(handle -> {
            handle.execute("CREATE FUNCTION warn() RETURNS trigger LANGUAGE plpgsql AS "
                    + "$$ BEGIN RAISE WARNING 'noted'; RETURN NULL; END $$");
            handle.execute("CREATE TRIGGER warned AFTER INSERT OR UPDATE ON \"Club Members\""
                    + " FOR EACH ROW EXECUTE FUNCTION warn()");
            handle.execute("CREATE CONSTRAINT TRIGGER warned_late AFTER INSERT OR UPDATE ON \"Club Members\""
                    + " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION warn()");
        });
    }
}
