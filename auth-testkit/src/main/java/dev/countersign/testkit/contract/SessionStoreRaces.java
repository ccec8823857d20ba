package dev.countersign.testkit.contract;

import static dev.countersign.testkit.contract.SampleSessions.HAN;
import static dev.countersign.testkit.contract.SampleSessions.LATER;
import static dev.countersign.testkit.contract.SampleSessions.START;
import static dev.countersign.testkit.contract.SampleSessions.alone;
import static dev.countersign.testkit.contract.SampleSessions.newKey;
import static dev.countersign.testkit.contract.SampleSessions.pair;
import static dev.countersign.testkit.contract.SampleSessions.session;
import static dev.countersign.testkit.contract.SampleSessions.spent;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.port.SessionStore;
import dev.countersign.session.EndScope;
import dev.countersign.session.NewTokens;
import dev.countersign.session.Session;
import dev.countersign.session.SessionId;
import dev.countersign.session.StoredRefresh;
import dev.countersign.token.TokenKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests of many threads that use a session store at the same time; part of {@link SessionStoreContract}. */
abstract class SessionStoreRaces {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int THREADS = 12;
    private static final int ROUNDS = 8;

    /** {@return the store under test, the same one or another one over the same data at each call; without sessions at the start of each test} */
    protected abstract SessionStore sessions();

    @Test
    void of_many_that_rotate_one_token_one_succeeds() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            TokenKey refresh = newKey();
            Session session = session(HAN);
            sessions().open(session, pair(newKey(), refresh));
            List<NewTokens> successors =
                    IntStream.range(0, THREADS).mapToObj(i -> pair()).toList();
            List<Boolean> results = together(THREADS, i -> sessions().rotate(refresh, spent(i), successors.get(i)));
            assertThat(results).containsOnlyOnce(true);
            int winner = results.indexOf(true);
            assertThat(sessions().findRefresh(refresh).orElseThrow().spent()).contains(spent(winner));
            for (int i = 0; i < THREADS; i++) {
                NewTokens tokens = successors.get(i);
                assertThat(sessions().findAccess(tokens.access().key()).isPresent())
                        .isEqualTo(i == winner);
                assertThat(sessions().findRefresh(refreshOf(tokens).key()).flatMap(StoredRefresh::spent))
                        .isEmpty();
                assertThat(sessions().findRefresh(refreshOf(tokens).key()).isPresent())
                        .isEqualTo(i == winner);
            }
        }
    }

    @Test
    void a_session_that_is_ended_while_its_token_is_rotated_stays_ended() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            TokenKey refresh = newKey();
            Session session = session(HAN);
            NewTokens successor = pair();
            sessions().open(session, pair(newKey(), refresh));
            List<Boolean> results = together(
                    2,
                    i -> i == 0
                            ? sessions().end(session.id(), LATER)
                            : sessions().rotate(refresh, spent(1), successor));
            assertThat(results.get(0)).isTrue();
            assertEnded(session.id());
            boolean rotated = results.get(1);
            assertThat(sessions().findAccess(successor.access().key()).isPresent())
                    .isEqualTo(rotated);
            if (rotated) {
                assertThat(sessions()
                                .findAccess(successor.access().key())
                                .orElseThrow()
                                .ended())
                        .isTrue();
            }
            assertThat(sessions().rotate(refreshOf(successor).key(), spent(2), pair()))
                    .isFalse();
            assertThat(sessions().add(session.id(), pair(), LATER)).isFalse();
        }
    }

    @Test
    void a_session_is_ended_once() throws Exception {
        Session session = session(HAN);
        sessions().open(session, pair());
        assertThat(together(THREADS, i -> sessions().end(session.id(), LATER.plusSeconds(i))))
                .containsOnlyOnce(true);
        assertEnded(session.id());
    }

    @Test
    void a_session_that_is_opened_while_all_are_ended_is_either_ended_or_open() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            List<Session> opened =
                    IntStream.range(0, 6).mapToObj(i -> session(HAN)).toList();
            List<Set<SessionId>> results = together(8, i -> {
                if (i < opened.size()) {
                    assertThat(sessions().open(opened.get(i), pair())).isTrue();
                    return Set.<SessionId>of();
                }
                return sessions().endAll(HAN, EndScope.EVERYTHING, null, LATER);
            });
            Set<SessionId> ended = new HashSet<>();
            for (Set<SessionId> some : results) {
                some.forEach(id -> assertThat(ended.add(id)).isTrue());
            }
            for (Session session : opened) {
                assertThat(sessions().find(session.id()).orElseThrow().isEnded())
                        .isEqualTo(ended.contains(session.id()));
            }
            sessions().endAll(HAN, EndScope.EVERYTHING, null, LATER);
            assertThat(sessions().live(HAN, START)).isEmpty();
        }
    }

    @Test
    void no_session_has_a_key_that_is_ended_while_it_is_opened() throws Exception {
        for (int round = 0; round < 4 * ROUNDS; round++) {
            TokenKey key = newKey();
            if (round % 2 == 0) {
                sessions().open(session(HAN), alone(key));
            }
            List<Session> opened =
                    IntStream.range(0, 4).mapToObj(i -> session(HAN)).toList();
            Session owner = session(HAN);
            List<Boolean> results = together(opened.size() + 1, i -> {
                if (i < opened.size()) {
                    return sessions().open(opened.get(i), alone(key));
                }
                sessions().endSessionsOf(key, owner, LATER);
                return true;
            });
            for (int i = 0; i < opened.size(); i++) {
                assertThat(sessions().find(opened.get(i).id()).isPresent()).isEqualTo(results.get(i));
                if (results.get(i)) {
                    assertEnded(opened.get(i).id());
                }
            }
            assertThat(sessions().findAccess(key).orElseThrow().ended()).isTrue();
            assertThat(sessions().open(session(HAN), alone(key))).isFalse();
        }
    }

    @Test
    void many_that_end_one_token_end_it() throws Exception {
        TokenKey unknown = newKey();
        TokenKey known = newKey();
        sessions().open(session(HAN), alone(known));
        together(THREADS, i -> {
            sessions().endSessionsOf(i % 2 == 0 ? unknown : known, session(HAN), LATER);
            return true;
        });
        assertThat(sessions().findAccess(unknown).orElseThrow().ended()).isTrue();
        assertThat(sessions().findAccess(known).orElseThrow().ended()).isTrue();
        assertThat(sessions().live(HAN, START)).isEmpty();
    }

    @Test
    void every_token_that_is_added_is_stored() throws Exception {
        Session session = session(HAN);
        sessions().open(session, pair());
        List<TokenKey> keys =
                IntStream.range(0, THREADS).mapToObj(i -> newKey()).toList();
        assertThat(together(THREADS, i -> sessions().add(session.id(), alone(keys.get(i)), LATER.plusSeconds(i))))
                .containsOnly(true);
        assertThat(keys)
                .allSatisfy(key -> assertThat(sessions().findAccess(key)).isPresent());
        assertThat(sessions().find(session.id()).orElseThrow().lastUsedAt()).isEqualTo(LATER.plusSeconds(THREADS - 1));
    }

    final void assertEnded(SessionId session) {
        assertThat(sessions().find(session).orElseThrow().isEnded()).isTrue();
    }

    static NewTokens.Refresh refreshOf(NewTokens tokens) {
        return requireNonNull(tokens.refresh(), "the tokens have a refresh token");
    }

    static <T> List<T> together(int threads, IntFunction<T> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch ready = new CountDownLatch(threads);
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                futures.add(pool.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return work.apply(number);
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS));
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}
