package dev.countersign.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.AuthFault;
import dev.countersign.user.User;
import java.sql.SQLException;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** What a PostgreSQL says that gave up waiting for its synchronous standby: success, with a warning. */
class CommitWarningsTest {

    private final Jdbi jdbi = Jdbi.create(Postgres.freshDatabase());
    private final JdbiAuthStores stores = JdbiAuthStores.over(jdbi);

    @Test
    void a_write_that_the_server_warns_about_is_not_acknowledged() {
        stores.migrate();
        warnAtCommit();

        AuthFault fault =
                catchThrowableOfType(AuthFault.class, () -> stores.users().insert(Samples.user()));

        assertThat(fault.isTemporary()).isTrue();
        assertThat(((SQLException) fault.getCause()).getSQLState()).isEqualTo("08007");
    }

    @Test
    void a_transaction_that_the_server_warns_about_is_not_acknowledged() {
        stores.migrate();
        User user = Samples.stored(stores.users().insert(Samples.user()));
        warnAtCommit();
        Database database = Database.over(new LentConnections(jdbi), Duration.ofSeconds(5));

        AuthFault fault = catchThrowableOfType(
                AuthFault.class,
                () -> database.inTransaction(
                        "changing",
                        handle -> handle.execute(
                                "UPDATE auth_users SET version = 2 WHERE id = ?",
                                user.id().value())));

        assertThat(fault.isTemporary()).isTrue();
    }

    // A deferred trigger runs in the commit, where the wait for a standby is.
    private void warnAtCommit() {
        jdbi.useHandle(handle -> {
            handle.execute("CREATE FUNCTION warn() RETURNS trigger LANGUAGE plpgsql AS "
                    + "$$ BEGIN RAISE WARNING 'not replicated'; RETURN NULL; END $$");
            handle.execute("CREATE CONSTRAINT TRIGGER warned AFTER INSERT OR UPDATE ON auth_users"
                    + " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION warn()");
        });
    }
}
