package dev.countersign.testkit.contract;

import static dev.countersign.testkit.contract.SampleSessions.HAN;
import static dev.countersign.testkit.contract.SampleSessions.LATER;
import static dev.countersign.testkit.contract.SampleSessions.LEIA;
import static dev.countersign.testkit.contract.SampleSessions.REFRESH_END;
import static dev.countersign.testkit.contract.SampleSessions.SESSION_END;
import static dev.countersign.testkit.contract.SampleSessions.START;
import static dev.countersign.testkit.contract.SampleSessions.TOKEN_END;
import static dev.countersign.testkit.contract.SampleSessions.access;
import static dev.countersign.testkit.contract.SampleSessions.alone;
import static dev.countersign.testkit.contract.SampleSessions.newId;
import static dev.countersign.testkit.contract.SampleSessions.newKey;
import static dev.countersign.testkit.contract.SampleSessions.pair;
import static dev.countersign.testkit.contract.SampleSessions.session;
import static dev.countersign.testkit.contract.SampleSessions.spent;
import static dev.countersign.testkit.contract.SampleSessions.surviving;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.port.SessionStore;
import dev.countersign.port.UnitOfWork;
import dev.countersign.session.EndScope;
import dev.countersign.session.NewTokens;
import dev.countersign.session.Session;
import dev.countersign.session.StoredAccess;
import dev.countersign.session.StoredRefresh;
import dev.countersign.token.TokenKey;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The contract of every {@link SessionStore}. Extend it with the store. */
public abstract class SessionStoreContract extends SessionStoreEnds {

    /** {@return the unit of work that the store takes part in} */
    protected abstract UnitOfWork unit();

    @Test
    void a_session_is_found_as_it_was_stored_by_its_id_and_by_every_token() {
        Session session = session(HAN);
        Session other = surviving(LEIA);
        NewTokens tokens = pair();
        assertThat(sessions().open(session, tokens)).isTrue();
        assertThat(sessions().open(other, pair())).isTrue();
        assertThat(reopened().find(session.id())).contains(session);
        assertThat(reopened().find(other.id())).contains(other);
        assertThat(reopened().findAccess(tokens.access().key()))
                .contains(new StoredAccess(session, START, TOKEN_END, false));
        assertThat(reopened().findRefresh(refreshOf(tokens).key()))
                .contains(new StoredRefresh(session, REFRESH_END, Optional.empty()));
        assertThat(reopened().findByTokenId(tokens.access().id())).containsExactly(session);
    }

    @Test
    void nothing_is_found_by_what_was_not_stored() {
        NewTokens tokens = pair();
        sessions().open(session(HAN), tokens);
        assertThat(sessions().find(newId())).isEmpty();
        assertThat(sessions().findAccess(newKey())).isEmpty();
        assertThat(sessions().findRefresh(newKey())).isEmpty();
        assertThat(sessions().findByTokenId(newId().toString())).isEmpty();
        assertThat(sessions().everythingEndedAt(HAN)).isEmpty();
        assertThat(sessions().live(LEIA, START)).isEmpty();
        assertThat(sessions().end(newId(), LATER)).isFalse();
        assertThat(sessions().endAccess(newKey(), LATER)).isFalse();
        assertThat(sessions().add(newId(), pair(), LATER)).isFalse();
        assertThat(sessions().rotate(newKey(), spent(1), pair())).isFalse();
    }

    @Test
    void an_access_token_is_no_refresh_token_and_the_other_way_round() {
        NewTokens tokens = pair();
        sessions().open(session(HAN), tokens);
        assertThat(sessions().findRefresh(tokens.access().key())).isEmpty();
        assertThat(sessions().findAccess(refreshOf(tokens).key())).isEmpty();
        assertThat(sessions().rotate(tokens.access().key(), spent(1), pair())).isFalse();
        assertThat(sessions().endAccess(refreshOf(tokens).key(), LATER)).isFalse();
    }

    @Test
    void further_tokens_belong_to_their_session_and_keep_its_refresh_token() {
        Session session = session(HAN);
        NewTokens first = pair();
        NewTokens second = alone(newKey());
        sessions().open(session, first);
        assertThat(sessions().add(session.id(), second, LATER)).isTrue();
        assertThat(sessions().add(session.id(), alone(newKey()), START.plusSeconds(1)))
                .isTrue();
        Session used = sessions().find(session.id()).orElseThrow();
        assertThat(used.lastUsedAt()).isEqualTo(LATER);
        assertThat(sessions().findAccess(second.access().key()))
                .contains(new StoredAccess(used, START, TOKEN_END, false));
        assertThat(sessions().findByTokenId(second.access().id())).containsExactly(used);
        assertThat(sessions().findRefresh(refreshOf(first).key()).orElseThrow().spent())
                .isEmpty();
    }

    @Test
    void a_spent_token_is_found_with_its_use_and_its_successor_is_new() {
        Session session = session(HAN);
        NewTokens first = pair();
        NewTokens second = pair();
        sessions().open(session, first);
        assertThat(sessions().rotate(refreshOf(first).key(), spent(1), second)).isTrue();
        Session used = sessions().find(session.id()).orElseThrow();
        assertThat(used.lastUsedAt()).isEqualTo(LATER);
        assertThat(sessions().findRefresh(refreshOf(first).key()))
                .contains(new StoredRefresh(used, REFRESH_END, Optional.of(spent(1))));
        assertThat(sessions().findRefresh(refreshOf(second).key()))
                .contains(new StoredRefresh(used, REFRESH_END, Optional.empty()));
        assertThat(sessions().findAccess(second.access().key())).isPresent();
        assertThat(sessions().findAccess(first.access().key()).orElseThrow().ended())
                .isFalse();

        NewTokens third = pair();
        assertThat(sessions().rotate(refreshOf(first).key(), spent(2), third)).isFalse();
        assertThat(sessions().findRefresh(refreshOf(first).key()).orElseThrow().spent())
                .contains(spent(1));
        assertNotStored(third);
        assertThat(sessions().rotate(refreshOf(second).key(), spent(3), third)).isTrue();
    }

    @Test
    void a_refresh_token_belongs_to_one_session() {
        TokenKey key = newKey();
        sessions().open(session(HAN), pair(newKey(), key));
        Session second = session(HAN);
        NewTokens same = pair(newKey(), key);
        assertThat(sessions().open(second, same)).isFalse();
        assertThat(sessions().find(second.id())).isEmpty();
        assertThat(sessions().findAccess(same.access().key())).isEmpty();
    }

    @Test
    void live_sessions_are_listed_with_the_latest_login_first() {
        Session first = session(HAN);
        Session second = session(HAN, LATER);
        Session ended = session(HAN);
        for (Session session : new Session[] {first, second, ended, session(LEIA)}) {
            sessions().open(session, pair());
        }
        sessions().end(ended.id(), LATER);
        assertThat(sessions().live(HAN, START)).containsExactly(second, first);
        assertThat(sessions().live(HAN, SESSION_END.minusNanos(1000))).hasSize(2);
        assertThat(sessions().live(HAN, SESSION_END)).isEmpty();
    }

    @Test
    void only_what_has_expired_is_swept() {
        Session old = session(HAN);
        Session refreshed = session(HAN);
        Session ended = session(HAN);
        NewTokens expired = alone(newKey());
        NewTokens kept = pair();
        TokenKey endedKey = newKey();
        sessions().open(old, expired);
        sessions().open(refreshed, kept);
        sessions().open(ended, new NewTokens(access(endedKey), null));
        sessions().end(ended.id(), LATER);
        sessions().endAll(LEIA, EndScope.EVERYTHING, null, START);

        assertThat(sessions().sweep(TOKEN_END)).isZero();
        assertThat(sessions().findAccess(endedKey).orElseThrow().ended()).isTrue();
        assertThat(sessions().sweep(TOKEN_END.plusNanos(1000))).isEqualTo(2);
        assertThat(sessions().find(old.id())).isEmpty();
        assertThat(sessions().findAccess(expired.access().key())).isEmpty();
        assertThat(sessions().find(ended.id())).isEmpty();
        assertThat(sessions().find(refreshed.id())).contains(refreshed);
        assertThat(sessions().findAccess(kept.access().key())).isEmpty();
        assertThat(sessions().rotate(refreshOf(kept).key(), spent(1), pair())).isTrue();
        assertThat(sessions().sweep(REFRESH_END.plusSeconds(1))).isEqualTo(1);
        assertThat(sessions().findRefresh(refreshOf(kept).key())).isEmpty();
        assertThat(sessions().everythingEndedAt(LEIA)).contains(START);
    }

    @Test
    void more_is_swept_than_fits_in_one_step() {
        for (int i = 0; i < 1100; i++) {
            sessions().open(session(HAN), alone(newKey()));
        }
        Session kept = session(LEIA);
        sessions().open(kept, pair());
        assertThat(sessions().sweep(TOKEN_END.plus(Duration.ofDays(1)))).isEqualTo(1100);
        assertThat(sessions().live(HAN, START)).isEmpty();
        assertThat(sessions().find(kept.id())).isPresent();
    }

    @Test
    void what_a_unit_of_work_did_is_undone_with_it() {
        Session session = session(HAN);
        NewTokens tokens = pair();
        NewTokens next = pair();
        TokenKey unknown = newKey();
        Session opened = session(HAN);
        sessions().open(session, tokens);
        assertThatThrownBy(() -> unit().run(() -> {
                    sessions().rotate(refreshOf(tokens).key(), spent(1), next);
                    sessions().open(opened, pair());
                    sessions().endAccess(tokens.access().key(), LATER);
                    sessions().endSessionsOf(unknown, session(HAN), LATER);
                    sessions().endAll(HAN, EndScope.EVERYTHING, null, LATER);
                    assertThat(sessions().live(HAN, START)).isEmpty();
                    throw new IllegalArgumentException("changed its mind");
                }))
                .hasMessage("changed its mind");
        assertThat(sessions().live(HAN, START)).containsExactly(session);
        assertThat(sessions().find(opened.id())).isEmpty();
        assertThat(sessions().findAccess(unknown)).isEmpty();
        assertThat(sessions().findAccess(tokens.access().key()).orElseThrow().ended())
                .isFalse();
        assertThat(sessions().findRefresh(refreshOf(tokens).key()).orElseThrow().spent())
                .isEmpty();
        assertThat(sessions().everythingEndedAt(HAN)).isEmpty();
        assertNotStored(next);
    }

    @Test
    void a_refusal_inside_a_unit_of_work_leaves_nothing_and_the_unit_goes_on() {
        TokenKey ended = newKey();
        sessions().endSessionsOf(ended, session(LEIA), LATER);
        NewTokens first = pair();
        NewTokens refused = pair(ended, newKey());
        Session session = session(HAN);
        unit().run(() -> {
            assertThat(sessions().open(session(HAN), refused)).isFalse();
            assertThat(sessions().open(session, first)).isTrue();
            assertThat(sessions().rotate(refreshOf(first).key(), spent(1), refused))
                    .isFalse();
            return sessions().add(session.id(), refused, LATER);
        });
        assertThat(reopened().live(HAN, START)).containsExactly(session);
        assertThat(sessions().findRefresh(refreshOf(refused).key())).isEmpty();
        assertThat(sessions().findRefresh(refreshOf(first).key()).orElseThrow().spent())
                .isEmpty();
        assertThat(sessions().findAccess(ended).orElseThrow().session().userId())
                .isEqualTo(LEIA);
    }
}
