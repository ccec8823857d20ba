package dev.countersign.testkit.usecase;

import static dev.countersign.testkit.usecase.SampleNodes.assertRefused;
import static dev.countersign.testkit.usecase.SampleNodes.awaitRefused;
import static dev.countersign.testkit.usecase.SampleNodes.logIn;
import static dev.countersign.testkit.usecase.SampleNodes.use;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.Auth;
import dev.countersign.AuthFault;
import dev.countersign.port.UserChanges;
import dev.countersign.session.IssuedTokens;
import dev.countersign.testkit.fixture.MutableClock;
import dev.countersign.token.TokenProfile;
import dev.countersign.usecase.AuthenticateRequest.Outcome.Authenticated;
import dev.countersign.usecase.Sessions;
import dev.countersign.usecase.Sessions.WhenSilent;
import dev.countersign.usecase.UserChange;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a node remembers, for how long, and what it does while the store is silent. */
class SessionMemoryTest {

    private static final TokenProfile PROFILE = SampleNodes.full().build();

    private final SampleNodes nodes = new SampleNodes();
    private final List<Boolean> silences = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void a_token_costs_no_look_up_after_its_first_use_and_the_current_user_one() {
        Auth auth = nodes.node(PROFILE);
        IssuedTokens tokens = logIn(auth);
        use(auth, tokens);
        nodes.users.reset();
        for (int i = 0; i < 10; i++) {
            use(auth, tokens);
        }
        assertThat(nodes.users.calls()).isEmpty();
        assertThat(auth.authenticateWithCurrentUser(tokens.access().token())).isInstanceOf(Authenticated.class);
        assertThat(nodes.users.calls()).containsExactly("find");
    }

    @Test
    void an_ended_token_costs_no_look_up_either_once_it_was_presented() throws Exception {
        Auth auth = nodes.node(PROFILE);
        IssuedTokens tokens = logIn(auth);
        auth.logOut().ofThisSession(use(auth, tokens));
        long end = System.nanoTime() + SampleNodes.LONGEST_WAIT.toNanos();
        // The report of the logout makes this node look once more.
        do {
            assertThat(System.nanoTime()).isLessThan(end);
            assertRefused(auth, tokens);
            Thread.sleep(SampleNodes.DELAY.toMillis());
            nodes.users.reset();
            assertRefused(auth, tokens);
        } while (!nodes.users.calls().isEmpty());
    }

    @Test
    void a_change_of_a_user_is_seen_at_once_here_and_within_the_delay_there() throws Exception {
        Auth here = nodes.node(PROFILE);
        Auth there = nodes.node(PROFILE);
        IssuedTokens tokens = logIn(here);
        use(here, tokens);
        use(there, tokens);
        here.update(
                nodes.han.id(), UserChange.builder().email("solo@example.com").build());
        assertThat(use(here, tokens).user().email()).hasToString("solo@example.com");
        long end = System.nanoTime() + SampleNodes.LONGEST_WAIT.toNanos();
        while (!String.valueOf(use(there, tokens).user().email()).equals("solo@example.com")) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(5);
        }
    }

    @Test
    void what_there_is_no_room_for_is_looked_up_and_never_out_of_date() throws Exception {
        Auth here =
                nodes.node(PROFILE, null, "shop", nodes.start(nodes.sessions().remembering(1)));
        Auth there = nodes.node(PROFILE);
        IssuedTokens one = logIn(here);
        IssuedTokens two = logIn(here);
        for (int i = 0; i < 100; i++) {
            use(here, one);
            use(here, two);
        }
        there.logOut().everywhere(use(there, one));
        awaitRefused(here, one);
        awaitRefused(here, two);
    }

    /** Changes that can be cut off, as when the database is away. */
    private final class CutOff implements UserChanges {

        private final AtomicBoolean isCut = new AtomicBoolean();

        @Override
        public Listener listen() {
            if (isCut.get()) {
                throw new IllegalStateException("the database is away");
            }
            Listener listener = nodes.memory.changes().listen();
            return new Listener() {
                @Override
                public Changes next(Duration wait) {
                    if (isCut.get()) {
                        throw new IllegalStateException("the database is away");
                    }
                    return listener.next(wait);
                }

                @Override
                public void close() {
                    listener.close();
                }
            };
        }
    }

    private Sessions over(UserChanges changes, WhenSilent whenSilent) {
        return nodes.start(Sessions.over(nodes.store, changes, nodes.unit, nodes.clock)
                .delay(SampleNodes.DELAY)
                .onSilence(silences::add)
                .whenSilent(whenSilent));
    }

    @Test
    void while_the_store_is_silent_tokens_are_refused_as_unavailable_and_health_says_so() throws Exception {
        CutOff changes = new CutOff();
        Sessions sessions = over(changes, WhenSilent.REFUSE);
        Auth auth = nodes.node(PROFILE, null, "shop", sessions);
        IssuedTokens tokens = logIn(auth);
        use(auth, tokens);
        assertThat(sessions.health().isSilent()).isFalse();
        assertThat(sessions.health().remembered()).isEqualTo(1);

        changes.isCut.set(true);
        nodes.clock.advance(SampleNodes.DELAY.plusMillis(1));
        awaitSilence(sessions);
        assertThatThrownBy(() -> auth.authenticate(tokens.access().token()))
                .isInstanceOfSatisfying(
                        AuthFault.class,
                        fault -> assertThat(fault.isTemporary()).isTrue());

        changes.isCut.set(false);
        awaitSound(sessions);
        use(auth, tokens);
        assertThat(silences).containsExactly(true, false);
    }

    @Test
    void while_the_store_is_silent_what_is_remembered_can_be_accepted() throws Exception {
        CutOff changes = new CutOff();
        Sessions sessions = over(changes, WhenSilent.ACCEPT);
        assertThat(sessions.whenSilent()).isEqualTo(WhenSilent.ACCEPT);
        Auth here = nodes.node(PROFILE, null, "shop", sessions);
        Auth there = nodes.node(PROFILE);
        IssuedTokens tokens = logIn(here);
        use(here, tokens);
        changes.isCut.set(true);
        nodes.clock.advance(SampleNodes.DELAY.plusMillis(1));
        awaitSilence(sessions);

        there.logOut().ofThisSession(use(there, tokens));
        use(here, tokens);

        changes.isCut.set(false);
        awaitRefused(here, tokens);
    }

    private static void awaitSilence(Sessions sessions) throws InterruptedException {
        await(sessions, true);
    }

    private static void awaitSound(Sessions sessions) throws InterruptedException {
        await(sessions, false);
    }

    private static void await(Sessions sessions, boolean silent) throws InterruptedException {
        long end = System.nanoTime() + SampleNodes.LONGEST_WAIT.toNanos();
        while (sessions.health().isSilent() != silent) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(5);
        }
    }

    /** Reports nothing, or never answers. */
    private static final class Quiet implements UserChanges {

        private final CountDownLatch listening = new CountDownLatch(1);
        private final AtomicBoolean isHanging = new AtomicBoolean();
        private final CountDownLatch closed = new CountDownLatch(1);
        private volatile @Nullable Thread thread;

        @Override
        public Listener listen() {
            thread = Thread.currentThread();
            listening.countDown();
            return new Listener() {
                @Override
                public Changes next(Duration wait) {
                    try {
                        Thread.sleep(isHanging.get() ? SampleNodes.LONGEST_WAIT.toMillis() : 5);
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                    return Changes.NONE;
                }

                @Override
                public void close() {
                    closed.countDown();
                }
            };
        }
    }

    @Test
    void a_store_that_fails_is_named_as_the_cause_and_nobody_waits_for_it() throws Exception {
        CutOff changes = new CutOff();
        Sessions sessions = over(changes, WhenSilent.REFUSE);
        Auth auth = nodes.node(PROFILE, null, "shop", sessions);
        IssuedTokens tokens = logIn(auth);
        changes.isCut.set(true);
        // The failure is noticed after the question that is under way.
        Thread.sleep(2 * SampleNodes.DELAY.toMillis());
        nodes.clock.advance(SampleNodes.DELAY.plusMillis(1));
        assertThatThrownBy(() -> auth.authenticate(tokens.access().token()))
                .hasMessageContaining("the store was last heard")
                .hasRootCauseMessage("the database is away");
        assertThat(silences).containsExactly(true);
        assertThatThrownBy(() -> auth.authenticate(tokens.access().token())).isInstanceOf(AuthFault.class);
        assertThat(silences).containsExactly(true);
    }

    @Test
    void a_store_that_does_not_answer_is_waited_for_and_refused() throws Exception {
        Quiet changes = new Quiet();
        Sessions sessions = over(changes, WhenSilent.REFUSE);
        Auth auth = nodes.node(PROFILE, null, "shop", sessions);
        IssuedTokens tokens = logIn(auth);
        use(auth, tokens);
        changes.isHanging.set(true);
        Thread.sleep(SampleNodes.DELAY.toMillis());
        nodes.clock.advance(SampleNodes.DELAY.plusMillis(1));
        assertThatThrownBy(() -> auth.authenticate(tokens.access().token()))
                .isInstanceOf(AuthFault.class)
                .hasRootCauseMessage("no answer yet");
        assertThat(silences).containsExactly(true);
    }

    @Test
    void closing_ends_the_thread_which_is_a_daemon_and_its_listener() throws Exception {
        Quiet changes = new Quiet();
        changes.isHanging.set(true);
        Sessions sessions = over(changes, WhenSilent.REFUSE);
        assertThat(changes.listening.await(SampleNodes.LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        Thread thread = requireNonNull(changes.thread);
        assertThat(thread.isDaemon()).isTrue();
        sessions.close();
        assertThat(thread.isAlive()).isFalse();
        assertThat(changes.closed.getCount()).isZero();
        assertThat(silences).isEmpty();
        sessions.close();
    }

    @Test
    void a_thread_that_is_interrupted_while_it_closes_stays_interrupted() {
        Sessions sessions = over(new Quiet(), WhenSilent.REFUSE);
        Thread.currentThread().interrupt();
        sessions.close();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_jump_of_the_clock_alone_refuses_nobody() {
        Auth auth = nodes.node(PROFILE);
        IssuedTokens tokens = logIn(auth);
        for (int i = 0; i < 20; i++) {
            nodes.clock.advance(Duration.ofMinutes(1));
            use(auth, tokens);
        }
        assertThat(nodes.clock.instant()).isAfter(MutableClock.START);
    }

    @Test
    void settings_out_of_range_are_refused() {
        assertThatThrownBy(() -> nodes.sessions().delay(Duration.ofMillis(99)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> nodes.sessions().delay(Duration.ofHours(2)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> nodes.sessions().remembering(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_expired_is_swept_again_and_again() throws Exception {
        Auth auth = nodes.node(PROFILE);
        for (int i = 0; i < 2; i++) {
            IssuedTokens tokens = logIn(auth);
            nodes.clock.advance(SampleNodes.LIFETIME.plus(Duration.ofMinutes(30)));
            long end = System.nanoTime() + SampleNodes.LONGEST_WAIT.toNanos();
            while (nodes.store.find(tokens.session().orElseThrow()).isPresent()) {
                assertThat(System.nanoTime()).isLessThan(end);
                Thread.sleep(5);
            }
        }
    }
}
