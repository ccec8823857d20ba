package dev.countersign.testkit.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.api.Answer;
import dev.countersign.api.Request;
import dev.countersign.password.PasswordPolicy;
import dev.countersign.password.RawPassword;
import dev.countersign.port.PasswordHasher;
import dev.countersign.port.UserStore;
import dev.countersign.testkit.fixture.MutableClock;
import dev.countersign.testkit.fixture.NamedUsers;
import dev.countersign.usecase.UpdateUser;
import dev.countersign.usecase.UserChange;
import dev.countersign.user.Identifier;
import dev.countersign.user.StoredUser;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import dev.countersign.user.UserStatus;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The answers that a server must give in the shipped dialects, as recorded in {@code exchanges/}. Requests go over HTTP or to the engine itself; only
 * changes of users between requests go to the store. Each scenario has its own server with the users of {@link NamedUsers}.
 */
public abstract class DialectContract {

    /**
     * A running server, or the engine alone.
     *
     * @param wire answers a request
     * @param users its empty user store
     * @param hasher hashes their passwords
     * @param stop stops it
     */
    public record Running(Function<Request, Answer> wire, UserStore users, PasswordHasher hasher, Runnable stop)
            implements AutoCloseable {

        /** Rejects null components. */
        public Running {
            requireNonNull(wire, "wire");
            requireNonNull(users, "users");
            requireNonNull(hasher, "hasher");
            requireNonNull(stop, "stop");
        }

        /**
         * Wraps a running server.
         *
         * @param address its address, such as {@code http://127.0.0.1:40123}
         * @param users its empty user store
         * @param hasher hashes their passwords
         * @param stop stops it
         * @return the server
         */
        public static Running at(URI address, UserStore users, PasswordHasher hasher, Runnable stop) {
            return new Running(new HttpWire(requireNonNull(address, "address")), users, hasher, stop);
        }

        @Override
        public void close() {
            stop.run();
        }
    }

    /** {@return the dialects to test} */
    protected abstract List<String> dialects();

    /**
     * Starts a server with one dialect mounted at its documented paths, and no users. Recordings have more failed logins than a throttle lets pass: build
     * the {@code Auth} with {@code throttle(Throttle.unlimitedGuesses())}.
     *
     * @param dialect its name
     * @param clock the server's clock
     * @return the server
     */
    protected abstract Running start(String dialect, InstantSource clock);

    @TestFactory
    Stream<DynamicNode> answers_as_recorded() {
        return dialects().stream()
                .map(dialect -> DynamicContainer.dynamicContainer(
                        dialect,
                        Recording.of(dialect).scenarios().entrySet().stream()
                                .map(scenario -> DynamicTest.dynamicTest(
                                        scenario.getKey(), () -> play(dialect, scenario.getValue())))));
    }

    private void play(String dialect, List<Step> steps) throws Exception {
        MutableClock clock = new MutableClock();
        try (Running server = start(dialect, clock)) {
            NamedUsers.storeIn(server.users(), server.hasher());
            Conversation conversation = new Conversation(server.wire());
            for (int i = 0; i < steps.size(); i++) {
                Step step = steps.get(i);
                if (step instanceof Step.Ask ask) {
                    ask(conversation, ask, server, i + 1);
                } else if (step instanceof Step.Advance advance) {
                    clock.advance(advance.by());
                } else {
                    change(step, server, clock);
                }
            }
        }
    }

    private static void ask(Conversation conversation, Step.Ask ask, Running server, int number) throws Exception {
        Answer answer = conversation.ask(ask);
        assertThat(conversation.differences(ask.answer(), answer))
                .as("step %d, %s: %s", number, ask, Conversation.everything(answer))
                .isEmpty();
        assertThat(Conversation.everything(answer)).doesNotContain(hashes(server));
    }

    private static List<String> hashes(Running server) {
        return server.users().page(null, 100).stream()
                .flatMap(user -> server.users().find(new UserKey.ById(user.id())).stream())
                .map(StoredUser::hash)
                .filter(hash -> hash != null)
                .map(hash -> hash.revealForStorage())
                .toList();
    }

    private static void change(Step step, Running server, InstantSource clock) {
        if (step instanceof Step.Delete delete) {
            assertThat(server.users().delete(id(delete.email(), server))).isTrue();
            return;
        }
        Step.Change change = (Step.Change) step;
        UpdateUser update =
                new UpdateUser(server.users(), server.hasher(), new PasswordPolicy(1, 64, text -> false), clock);
        if (change.status() != null) {
            UserStatus status = UserStatus.valueOf(change.status().toUpperCase(Locale.ROOT));
            apply(update, change.email(), server, UserChange.ofStatus(status));
        }
        if (change.replacement() != null) {
            try (RawPassword replacement = RawPassword.of(change.replacement())) {
                apply(update, change.email(), server, UserChange.ofPasswordWithoutCurrent(replacement));
            }
        }
    }

    private static void apply(UpdateUser update, String email, Running server, UserChange change) {
        assertThat(update.handle(id(email, server), change)).isInstanceOf(UpdateUser.Outcome.Updated.class);
    }

    private static UserId id(String email, Running server) {
        return server.users()
                .find(new UserKey.ByEmail(Identifier.typed(email)))
                .orElseThrow()
                .user()
                .id();
    }
}
