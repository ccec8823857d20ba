package dev.countersign.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.port.BulkUserStore;
import dev.countersign.port.SessionStore;
import dev.countersign.port.UnitOfWork;
import dev.countersign.port.UserChanges;
import dev.countersign.port.UserStore;
import dev.countersign.testkit.contract.UserChangesContract;
import dev.countersign.user.UserId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InMemoryUserChangesTest extends UserChangesContract {

    private final InMemoryUserStore users = new InMemoryUserStore();
    private final InMemorySessionStore sessions = new InMemorySessionStore(users.changes());

    @Override
    protected UserChanges changes() {
        return users.changes();
    }

    @Override
    protected UserStore users() {
        return users;
    }

    @Override
    protected SessionStore sessions() {
        return sessions;
    }

    @Override
    protected BulkUserStore bulk() {
        return new InMemoryBulkUserStore(users);
    }

    @Test
    void a_test_can_report_a_change_itself() {
        InMemoryUserChanges changes = users.changes();
        try (UserChanges.Listener listener = changes.listen()) {
            changes.report(new UserId(7));
            assertThat(listener.next(Duration.ofSeconds(10)).users()).containsExactly(new UserId(7));
        }
    }

    @Override
    protected UnitOfWork unit() {
        return new InMemoryUnitOfWork(users, sessions);
    }
}
