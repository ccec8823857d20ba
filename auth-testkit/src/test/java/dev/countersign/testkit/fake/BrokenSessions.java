package dev.countersign.testkit.fake;

import com.google.common.collect.ImmutableMap;
import dev.countersign.port.SessionStore;
import dev.countersign.session.EndScope;
import dev.countersign.session.NewTokens;
import dev.countersign.session.Session;
import dev.countersign.session.SessionId;
import dev.countersign.session.StoredAccess;
import dev.countersign.session.StoredRefresh;
import dev.countersign.token.TokenKey;
import dev.countersign.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Session stores with one fault each, and the test of the contract that is there for it. */
final class BrokenSessions {

    /** A fault, and the test. */
    record Sabotage(Function<InMemorySessionStore, SessionStore> fault, String test) {}

    static final ImmutableMap<String, Sabotage> ALL = ImmutableMap.<String, Sabotage>builder()
            .put(
                    "looks whether a token is spent, then spends it",
                    new Sabotage(
                            store -> new Forwarding(store) {
                                @Override
                                public boolean rotate(
                                        TokenKey presented, StoredRefresh.Spent spent, NewTokens successors) {
                                    Optional<StoredRefresh> found = store.findRefresh(presented);
                                    LockSupport.parkNanos(2_000_000);
                                    if (found.isEmpty() || found.get().spent().isPresent()) {
                                        return false;
                                    }
                                    return store.rotate(presented, spent, successors)
                                            || store.add(found.get().session().id(), successors, spent.at());
                                }
                            },
                            "of_many_that_rotate_one_token_one_succeeds"))
            .put(
                    "rotates for a session that has ended",
                    new Sabotage(
                            store -> new Forwarding(store) {
                                @Override
                                public boolean rotate(
                                        TokenKey presented, StoredRefresh.Spent spent, NewTokens successors) {
                                    return store.rotate(presented, spent, successors)
                                            || store.findRefresh(presented)
                                                    .filter(found ->
                                                            found.session().isEnded())
                                                    .isPresent();
                                }
                            },
                            "nothing_is_added_to_a_session_that_has_ended"))
            .put(
                    "ends the first session of a token only",
                    new Sabotage(
                            store -> new Forwarding(store) {
                                @Override
                                public void endSessionsOf(TokenKey access, Session owner, Instant at) {
                                    Optional<StoredAccess> found = store.findAccess(access);
                                    if (found.isPresent()) {
                                        store.end(found.get().session().id(), at);
                                    } else {
                                        store.endSessionsOf(access, owner, at);
                                    }
                                }
                            },
                            "sessions_with_the_same_access_token_end_together"))
            .put(
                    "forgets tokens without a session",
                    new Sabotage(
                            store -> new Forwarding(store) {
                                @Override
                                public void endSessionsOf(TokenKey access, Session owner, Instant at) {
                                    if (store.findAccess(access).isPresent()) {
                                        store.endSessionsOf(access, owner, at);
                                    }
                                }
                            },
                            "a_token_without_a_session_is_remembered_as_ended"))
            .put(
                    "opens a session with an ended key",
                    new Sabotage(
                            store -> new Forwarding(store) {
                                @Override
                                public boolean open(Session session, NewTokens tokens) {
                                    return store.open(session, tokens)
                                            || store.open(session, SampleTokens.others(tokens));
                                }
                            },
                            "a_key_that_was_ended_is_not_stored_again"))
            .put(
                    "looks for the sessions of a token, then ends them",
                    new Sabotage(
                            store -> new Forwarding(store) {
                                @Override
                                public void endSessionsOf(TokenKey access, Session owner, Instant at) {
                                    Set<SessionId> found = store.sessionsOf(access);
                                    LockSupport.parkNanos(5_000_000);
                                    found.forEach(session -> store.end(session, at));
                                    if (found.isEmpty()) {
                                        store.endSessionsOf(access, owner, at);
                                    }
                                }
                            },
                            "no_session_has_a_key_that_is_ended_while_it_is_opened"))
            .put(
                    "ends every session with a password",
                    new Sabotage(
                            store -> new Forwarding(store) {
                                @Override
                                public Set<SessionId> endAll(
                                        UserId user, EndScope scope, @Nullable SessionId except, Instant at) {
                                    return store.endAll(user, EndScope.EVERYTHING, except, at);
                                }
                            },
                            "a_password_change_ends_the_sessions_that_end_with_it"))
            .put(
                    "keeps no session",
                    new Sabotage(
                            store -> new Forwarding(store) {
                                @Override
                                public Set<SessionId> endAll(
                                        UserId user, EndScope scope, @Nullable SessionId except, Instant at) {
                                    return store.endAll(user, scope, null, at);
                                }
                            },
                            "everything_of_a_user_ends_except_one_session"))
            .put(
                    "ends a session again, later",
                    new Sabotage(
                            store -> new Forwarding(store) {
                                @Override
                                public boolean end(SessionId id, Instant at) {
                                    return store.end(id, at) || store.find(id).isPresent();
                                }
                            },
                            "a_session_is_ended_once"))
            .put(
                    "sweeps too early",
                    new Sabotage(
                            store -> new Forwarding(store) {
                                @Override
                                public int sweep(Instant before) {
                                    return store.sweep(before.plusSeconds(1));
                                }
                            },
                            "only_what_has_expired_is_swept"))
            .put(
                    "stores outside of the unit of work",
                    new Sabotage(store -> new InMemorySessionStore(), "what_a_unit_of_work_did_is_undone_with_it"))
            .buildOrThrow();

    private BrokenSessions() {}

    private static final class SampleTokens {

        static NewTokens others(NewTokens tokens) {
            NewTokens.Access access = tokens.access();
            return new NewTokens(
                    new NewTokens.Access(
                            TokenKey.ofText("other " + access.id()),
                            access.id(),
                            access.issuedAt(),
                            access.expiresAt()),
                    null);
        }
    }

    /** Forwards everything. */
    private static class Forwarding implements SessionStore {

        private final SessionStore store;

        Forwarding(SessionStore store) {
            this.store = store;
        }

        @Override
        public boolean open(Session session, NewTokens tokens) {
            return store.open(session, tokens);
        }

        @Override
        public boolean add(SessionId session, NewTokens tokens, Instant usedAt) {
            return store.add(session, tokens, usedAt);
        }

        @Override
        public boolean rotate(TokenKey presented, StoredRefresh.Spent spent, NewTokens successors) {
            return store.rotate(presented, spent, successors);
        }

        @Override
        public Optional<StoredAccess> findAccess(TokenKey access) {
            return store.findAccess(access);
        }

        @Override
        public Optional<StoredRefresh> findRefresh(TokenKey refresh) {
            return store.findRefresh(refresh);
        }

        @Override
        public Optional<Instant> everythingEndedAt(UserId user) {
            return store.everythingEndedAt(user);
        }

        @Override
        public Optional<Session> find(SessionId id) {
            return store.find(id);
        }

        @Override
        public List<Session> findByTokenId(String tokenId) {
            return store.findByTokenId(tokenId);
        }

        @Override
        public List<Session> live(UserId user, Instant now) {
            return store.live(user, now);
        }

        @Override
        public boolean end(SessionId id, Instant at) {
            return store.end(id, at);
        }

        @Override
        public void endSessionsOf(TokenKey access, Session owner, Instant at) {
            store.endSessionsOf(access, owner, at);
        }

        @Override
        public boolean endAccess(TokenKey access, Instant at) {
            return store.endAccess(access, at);
        }

        @Override
        public Set<SessionId> endAll(UserId user, EndScope scope, @Nullable SessionId except, Instant at) {
            return store.endAll(user, scope, except, at);
        }

        @Override
        public int sweep(Instant before) {
            return store.sweep(before);
        }
    }
}
