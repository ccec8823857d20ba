package dev.countersign.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault that a feed may have is caught by the test of the contract that is there for it. */
@Tag("slow")
class UserChangesSabotageTest {

    private static UnaryOperator<UserChanges> fault = sound -> sound;

    static List<Arguments> sabotages() {
        return List.of(
                sabotage("silent", UserChangesSabotageTest::silent, "a_user_who_is_changed_or_deleted_is_reported"),
                sabotage(
                        "knows what was before it",
                        UserChangesSabotageTest::late,
                        "every_listener_hears_what_is_committed_after_its_start"),
                sabotage(
                        "reports each user once",
                        UserChangesSabotageTest::once,
                        "whatever_ends_a_session_or_a_token_is_reported"),
                sabotage(
                        "asks when the wait is over",
                        UserChangesSabotageTest::sleeping,
                        "a_waiting_listener_is_woken_by_a_change"),
                sabotage(
                        "reports one user at a time and forgets the others",
                        UserChangesSabotageTest::oneAtATime,
                        "a_unit_of_work_is_reported_when_it_has_ended"));
    }

    private static Arguments sabotage(String name, UnaryOperator<UserChanges> broken, String test) {
        return Arguments.of(name, broken, test);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("sabotages")
    void a_broken_feed_is_caught_by_the_test_that_is_there_for_it(
            String name, UnaryOperator<UserChanges> broken, String test) {
        fault = broken;
        assertThat(SabotageRun.caughtBy(Broken.class, test)).containsExactly(test);
    }

    private static UserChanges silent(UserChanges sound) {
        return () -> new Altered(sound.listen(), changes -> UserChanges.Changes.NONE);
    }

    /** One listener for all: a later one hears what the earlier has not read yet. */
    private static UserChanges late(UserChanges sound) {
        UserChanges.Listener first = sound.listen();
        return () -> new Altered(first, changes -> changes);
    }

    private static UserChanges once(UserChanges sound) {
        Set<UserId> known = new HashSet<>();
        return () -> new Altered(sound.listen(), changes -> {
            Set<UserId> users = new HashSet<>(changes.users());
            users.removeIf(user -> !known.add(user));
            return new UserChanges.Changes(users, false);
        });
    }

    private static UserChanges sleeping(UserChanges sound) {
        return () -> {
            UserChanges.Listener listener = sound.listen();
            return new Altered(listener, changes -> changes) {
                @Override
                public UserChanges.Changes next(Duration wait) {
                    try {
                        Thread.sleep(Math.min(wait.toMillis(), 15_000));
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                    return super.next(Duration.ZERO);
                }
            };
        };
    }

    private static UserChanges oneAtATime(UserChanges sound) {
        return () -> new Altered(
                sound.listen(),
                changes -> new UserChanges.Changes(
                        changes.users().stream().limit(1).collect(Collectors.toSet()), false));
    }

    /** A listener that changes what another one reports. */
    private static class Altered implements UserChanges.Listener {

        private final UserChanges.Listener listener;
        private final UnaryOperator<UserChanges.Changes> change;

        Altered(UserChanges.Listener listener, UnaryOperator<UserChanges.Changes> change) {
            this.listener = listener;
            this.change = change;
        }

        @Override
        public UserChanges.Changes next(Duration wait) {
            return change.apply(listener.next(wait));
        }

        @Override
        public void close() {
            listener.close();
        }
    }

    /** The contract on whatever is under test. */
    static final class Broken extends UserChangesContract {

        private final InMemoryUserStore users = new InMemoryUserStore();
        private final InMemorySessionStore sessions = new InMemorySessionStore(users.changes());
        private final UserChanges changes = fault.apply(users.changes());

        @Override
        protected UserChanges changes() {
            return changes;
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

        @Override
        protected UnitOfWork unit() {
            return new InMemoryUnitOfWork(users, sessions);
        }
    }
}
