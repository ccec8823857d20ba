package dev.countersign.testkit.contract;

import static dev.countersign.testkit.contract.SampleSessions.HAN;
import static dev.countersign.testkit.contract.SampleSessions.LATER;
import static dev.countersign.testkit.contract.SampleSessions.LEIA;
import static dev.countersign.testkit.contract.SampleSessions.START;
import static dev.countersign.testkit.contract.SampleSessions.alone;
import static dev.countersign.testkit.contract.SampleSessions.newKey;
import static dev.countersign.testkit.contract.SampleSessions.pair;
import static dev.countersign.testkit.contract.SampleSessions.session;
import static dev.countersign.testkit.contract.SampleSessions.spent;
import static dev.countersign.testkit.contract.SampleSessions.surviving;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.port.SessionStore;
import dev.countersign.session.EndScope;
import dev.countersign.session.NewTokens;
import dev.countersign.session.Session;
import dev.countersign.session.StoredAccess;
import dev.countersign.session.StoredRefresh;
import dev.countersign.token.TokenKey;
import org.junit.jupiter.api.Test;

/** Tests of what ends sessions and tokens; part of {@link SessionStoreContract}. */
abstract class SessionStoreEnds extends SessionStoreRaces {

    /**
     * The same sessions through connections of their own.
     *
     * @return the store; by default the one under test
     */
    protected SessionStore reopened() {
        return sessions();
    }

    @Test
    void nothing_is_added_to_a_session_that_has_ended() {
        Session session = session(HAN);
        NewTokens first = pair();
        sessions().open(session, first);
        assertThat(sessions().end(session.id(), LATER)).isTrue();
        assertThat(sessions().end(session.id(), LATER.plusSeconds(9))).isFalse();
        NewTokens next = pair();
        assertThat(sessions().rotate(refreshOf(first).key(), spent(1), next)).isFalse();
        assertThat(sessions().add(session.id(), next, LATER)).isFalse();
        assertNotStored(next);
        Session ended = sessions().find(session.id()).orElseThrow();
        assertThat(ended.endedAt()).isEqualTo(LATER);
        assertThat(ended.lastUsedAt()).isEqualTo(START);
        assertThat(sessions().findAccess(first.access().key()).orElseThrow().ended())
                .isTrue();
        StoredRefresh refresh = sessions().findRefresh(refreshOf(first).key()).orElseThrow();
        assertThat(refresh.session()).isEqualTo(ended);
        assertThat(refresh.spent()).isEmpty();
    }

    @Test
    void sessions_with_the_same_access_token_end_together() {
        TokenKey key = newKey();
        Session first = session(HAN);
        Session second = session(HAN, LATER);
        sessions().open(first, alone(key));
        assertThat(sessions().open(second, alone(key))).isTrue();
        assertThat(sessions().findAccess(key).orElseThrow().session()).isEqualTo(first);
        sessions().endSessionsOf(key, session(HAN), LATER);
        assertEnded(first.id());
        assertEnded(second.id());
        assertThat(sessions().live(HAN, START)).isEmpty();
    }

    @Test
    void a_token_of_several_sessions_is_ended_with_any_of_them() {
        TokenKey key = newKey();
        Session first = session(HAN);
        Session second = session(HAN, LATER);
        sessions().open(first, alone(key));
        sessions().open(second, alone(key));
        sessions().end(second.id(), LATER);
        StoredAccess token = sessions().findAccess(key).orElseThrow();
        assertThat(token.ended()).isTrue();
        assertThat(token.session().id()).isEqualTo(second.id());
        assertThat(sessions().find(first.id()).orElseThrow().isEnded()).isFalse();
        assertThat(sessions().endAccess(key, LATER)).isFalse();
    }

    @Test
    void a_key_that_was_ended_is_not_stored_again() {
        TokenKey ofSession = newKey();
        TokenKey ofToken = newKey();
        TokenKey ofUnknown = newKey();
        Session ended = session(HAN);
        sessions().open(ended, alone(ofSession));
        sessions().end(ended.id(), LATER);
        sessions().open(session(HAN), alone(ofToken));
        assertThat(sessions().endAccess(ofToken, LATER)).isTrue();
        sessions().endSessionsOf(ofUnknown, session(HAN), LATER);
        TokenKey refresh = newKey();
        Session live = session(HAN);
        sessions().open(live, pair(newKey(), refresh));
        for (TokenKey key : new TokenKey[] {ofSession, ofToken, ofUnknown}) {
            Session next = session(HAN);
            NewTokens again = pair(key, newKey());
            assertThat(sessions().open(next, again)).isFalse();
            assertThat(sessions().find(next.id())).isEmpty();
            assertThat(sessions().add(live.id(), again, LATER)).isFalse();
            assertThat(sessions().rotate(refresh, spent(1), again)).isFalse();
            assertThat(sessions().findRefresh(refreshOf(again).key())).isEmpty();
            assertThat(sessions().findAccess(key).orElseThrow().ended()).isTrue();
        }
        assertThat(sessions().find(live.id())).contains(live);
        assertThat(sessions().rotate(refresh, spent(1), pair())).isTrue();
    }

    @Test
    void a_token_without_a_session_is_remembered_as_ended() {
        TokenKey key = newKey();
        Session owner = session(HAN);
        sessions().endSessionsOf(key, owner, LATER);
        StoredAccess token = reopened().findAccess(key).orElseThrow();
        assertThat(token.ended()).isTrue();
        assertThat(token.session().id()).isEqualTo(owner.id());
        assertThat(token.session().endedAt()).isEqualTo(LATER);
        assertThat(token.expiresAt()).isEqualTo(owner.expiresAt());
        sessions().endSessionsOf(key, session(HAN), LATER.plusSeconds(1));
        assertThat(sessions().findAccess(key)).contains(token);
    }

    @Test
    void a_token_can_be_ended_alone() {
        Session session = session(HAN);
        NewTokens tokens = pair();
        TokenKey other = newKey();
        sessions().open(session, tokens);
        sessions().add(session.id(), alone(other), LATER);
        assertThat(sessions().endAccess(tokens.access().key(), LATER)).isTrue();
        assertThat(sessions().endAccess(tokens.access().key(), LATER)).isFalse();
        assertThat(sessions().findAccess(tokens.access().key()).orElseThrow().ended())
                .isTrue();
        assertThat(sessions().findAccess(other).orElseThrow().ended()).isFalse();
        assertThat(sessions().find(session.id()).orElseThrow().isEnded()).isFalse();
        assertThat(sessions().rotate(refreshOf(tokens).key(), spent(1), pair())).isTrue();
    }

    @Test
    void everything_of_a_user_ends_except_one_session() {
        Session kept = session(HAN);
        Session first = session(HAN);
        Session surviving = surviving(HAN);
        Session ended = session(HAN);
        Session other = session(LEIA);
        for (Session session : new Session[] {kept, first, surviving, ended, other}) {
            sessions().open(session, pair());
        }
        sessions().end(ended.id(), START);
        assertThat(sessions().endAll(HAN, EndScope.EVERYTHING, kept.id(), LATER))
                .containsExactlyInAnyOrder(first.id(), surviving.id());
        assertThat(sessions().live(HAN, LATER)).containsExactly(kept);
        assertThat(sessions().find(first.id()).orElseThrow().endedAt()).isEqualTo(LATER);
        assertThat(sessions().find(ended.id()).orElseThrow().endedAt()).isEqualTo(START);
        assertThat(sessions().live(LEIA, LATER)).containsExactly(other);
        assertThat(reopened().everythingEndedAt(HAN)).contains(LATER);
        assertThat(sessions().everythingEndedAt(LEIA)).isEmpty();
        assertThat(sessions().endAll(HAN, EndScope.EVERYTHING, null, START)).containsExactly(kept.id());
        assertThat(sessions().everythingEndedAt(HAN)).contains(LATER);
        assertThat(sessions().endAll(LEIA, EndScope.EVERYTHING, kept.id(), LATER))
                .containsExactly(other.id());
    }

    @Test
    void a_password_change_ends_the_sessions_that_end_with_it() {
        Session first = session(HAN);
        Session kept = session(HAN);
        Session surviving = surviving(HAN);
        for (Session session : new Session[] {first, kept, surviving, session(LEIA)}) {
            sessions().open(session, pair());
        }
        assertThat(sessions().endAll(HAN, EndScope.ENDING_WITH_PASSWORD, kept.id(), LATER))
                .containsExactly(first.id());
        assertThat(sessions().endAll(HAN, EndScope.ENDING_WITH_PASSWORD, null, LATER))
                .containsExactly(kept.id());
        assertThat(sessions().live(HAN, LATER)).containsExactly(surviving);
        assertThat(sessions().everythingEndedAt(HAN)).isEmpty();
    }

    final void assertNotStored(NewTokens tokens) {
        assertThat(sessions().findAccess(tokens.access().key())).isEmpty();
        assertThat(sessions().findByTokenId(tokens.access().id())).isEmpty();
        assertThat(sessions().findRefresh(refreshOf(tokens).key())).isEmpty();
    }
}
