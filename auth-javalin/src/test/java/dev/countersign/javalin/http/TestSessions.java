package dev.countersign.javalin.http;

import dev.countersign.AuthBuilder;
import dev.countersign.dialect.Dialect;
import dev.countersign.port.UnitOfWork;
import dev.countersign.port.UserChanges;
import dev.countersign.port.UserStore;
import dev.countersign.testkit.fake.InMemorySessionStore;
import dev.countersign.testkit.fake.InMemoryUnitOfWork;
import dev.countersign.testkit.fake.InMemoryUserStore;
import dev.countersign.usecase.Sessions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Sessions in memory beside any store of users, for dialects that need them. Tests leave them to {@link Ending}. */
public final class TestSessions {

    private static final Duration OFTEN = Duration.ofMillis(50);
    private static final Set<Sessions> STARTED = ConcurrentHashMap.newKeySet();

    private TestSessions() {}

    /** Adds sessions to the parts of an {@code Auth} whose dialect needs them. */
    public static AuthBuilder add(AuthBuilder to, Dialect dialect, UserStore users, InstantSource clock) {
        return dialect.needsSessions() ? to.sessions(over(users, clock), dialect.name()) : to;
    }

    public static Sessions over(UserStore users, InstantSource clock) {
        Sessions sessions = started(users, clock);
        STARTED.add(sessions);
        return sessions;
    }

    private static Sessions started(UserStore users, InstantSource clock) {
        if (users instanceof InMemoryUserStore memory) {
            InMemorySessionStore store = new InMemorySessionStore(memory.changes());
            return Sessions.over(store, memory.changes(), new InMemoryUnitOfWork(memory, store), clock)
                    .start();
        }
        return Sessions.over(new InMemorySessionStore(), new Everybody(), new Alone(), clock)
                .start();
    }

    /** Ends the threads of a class of tests, thousands of which would slow down those that follow. The launcher finds it as a service. */
    public static final class Ending implements TestExecutionListener {

        private static final int ENGINE = 1;

        @Override
        public void executionFinished(TestIdentifier finished, TestExecutionResult result) {
            boolean isClass = finished.getParentIdObject()
                    .filter(parent -> parent.getSegments().size() == ENGINE)
                    .isPresent();
            if (isClass) {
                STARTED.forEach(Sessions::close);
                STARTED.clear();
            }
        }
    }

    /** A store that reports no changes: everybody may have changed at any time. */
    private static final class Everybody implements UserChanges {

        @Override
        public Listener listen() {
            return new Listener() {
                @Override
                public Changes next(Duration wait) {
                    try {
                        Thread.sleep(Math.min(OFTEN.toMillis(), wait.toMillis()));
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                    return Changes.EVERYBODY;
                }

                @Override
                public void close() {}
            };
        }
    }

    /** Work without a transaction. */
    private static final class Alone implements UnitOfWork {

        @Override
        public <T> T run(Supplier<T> work) {
            return work.get();
        }
    }
}
