package dev.countersign.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.port.SessionStore;
import dev.countersign.port.UnitOfWork;
import dev.countersign.testkit.SabotageRun;
import dev.countersign.testkit.contract.SessionStoreContract;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault that a session store may have is caught by the test of the contract that is there for it. */
class SessionStoreSabotageTest {

    private static BrokenSessions.Sabotage sabotage =
            Objects.requireNonNull(BrokenSessions.ALL.values().asList().get(0));

    static Iterable<String> faults() {
        return BrokenSessions.ALL.keySet();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_broken_store_is_caught_by_the_test_that_is_there_for_it(String name) {
        sabotage = Objects.requireNonNull(BrokenSessions.ALL.get(name));
        assertThat(SabotageRun.caughtBy(Broken.class, sabotage.test())).containsExactly(sabotage.test());
    }

    /** The contract on whatever is under test. */
    static final class Broken extends SessionStoreContract {

        private final InMemoryUserStore users = new InMemoryUserStore();
        private final InMemorySessionStore sound = new InMemorySessionStore(users.changes());
        private final SessionStore sessions = sabotage.fault().apply(sound);

        @Override
        protected SessionStore sessions() {
            return sessions;
        }

        @Override
        protected UnitOfWork unit() {
            return new InMemoryUnitOfWork(users, sound);
        }
    }
}
