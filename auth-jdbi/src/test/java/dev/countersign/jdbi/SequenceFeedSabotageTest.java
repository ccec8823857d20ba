package dev.countersign.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Stopwatch;
import dev.countersign.port.BulkUserStore;
import dev.countersign.port.SessionStore;
import dev.countersign.port.UnitOfWork;
import dev.countersign.port.UserChanges;
import dev.countersign.port.UserStore;
import dev.countersign.testkit.SabotageRun;
import dev.countersign.testkit.contract.UserChangesContract;
import dev.countersign.user.UserId;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A feed that goes by the numbers of rows misses what is committed late on PostgreSQL: the contract catches it. */
@Tag("slow")
class SequenceFeedSabotageTest {

    @Test
    void a_feed_that_goes_by_a_sequence_is_caught() {
        for (String test : new String[] {
            "a_transaction_that_began_before_and_commits_after_another_is_reported",
            "a_user_who_is_changed_or_deleted_is_reported"
        }) {
            boolean ordered = test.startsWith("a_user");
            assertThat(SabotageRun.caughtBy(Broken.class, test).isEmpty()).isEqualTo(ordered);
        }
    }

    /** Reads the rows with a higher number than the last. */
    private static final class BySequence implements UserChanges.Listener {

        private final Jdbi jdbi;
        private long last;

        BySequence(Jdbi jdbi) {
            this.jdbi = jdbi;
            read();
        }

        private Set<UserId> read() {
            Set<UserId> users = new HashSet<>();
            jdbi.useHandle(handle -> handle.createQuery("SELECT seq, user_id FROM auth_changes WHERE seq > :last")
                    .bind("last", last)
                    .map((row, context) -> {
                        last = Math.max(last, row.getLong("seq"));
                        return new UserId(row.getLong("user_id"));
                    })
                    .forEach(users::add));
            return users;
        }

        @Override
        public UserChanges.Changes next(Duration wait) {
            Stopwatch waited = Stopwatch.createStarted();
            while (true) {
                Set<UserId> users = read();
                if (!users.isEmpty() || waited.elapsed().compareTo(wait) >= 0) {
                    return new UserChanges.Changes(users, false);
                }
            }
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }

    /** The contract on that feed. */
    static final class Broken extends UserChangesContract {

        private static DataSource database;
        private static JdbiAuthStores stores;

        @BeforeAll
        static void make_the_tables() {
            database = Postgres.freshDatabase();
            stores = JdbiAuthStores.over(database);
            stores.migrate();
        }

        @BeforeEach
        void empty_the_table() {
            Jdbi.create(database).useHandle(handle -> handle.execute("DELETE FROM auth_users"));
        }

        @Override
        protected UserChanges changes() {
            return () -> new BySequence(Jdbi.create(database));
        }

        @Override
        protected UserStore users() {
            return stores.users();
        }

        @Override
        protected SessionStore sessions() {
            return stores.sessions();
        }

        @Override
        protected BulkUserStore bulk() {
            return stores.bulkUsers();
        }

        @Override
        protected UnitOfWork unit() {
            return stores.unitOfWork();
        }
    }
}
