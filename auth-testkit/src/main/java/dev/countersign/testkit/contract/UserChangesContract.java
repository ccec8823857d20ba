package dev.countersign.testkit.contract;

import static dev.countersign.testkit.contract.SampleImports.named;
import static dev.countersign.testkit.contract.SampleSessions.LATER;
import static dev.countersign.testkit.contract.SampleSessions.newKey;
import static dev.countersign.testkit.contract.SampleSessions.pair;
import static dev.countersign.testkit.contract.SampleSessions.session;
import static dev.countersign.testkit.contract.SampleSessions.spent;
import static dev.countersign.testkit.contract.SampleUsers.HASH;
import static dev.countersign.testkit.contract.SampleUsers.OTHER_HASH;
import static dev.countersign.testkit.contract.SampleUsers.changed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.port.UserChanges;
import dev.countersign.port.UserChanges.Changes;
import dev.countersign.port.UserChanges.Listener;
import dev.countersign.session.EndScope;
import dev.countersign.session.NewTokens;
import dev.countersign.session.Session;
import dev.countersign.user.Login;
import dev.countersign.user.OnExisting;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract of every {@link UserChanges}. Extend it with the feed, and the stores whose changes it reports. */
public abstract class UserChangesContract extends UserChangesRaces {

    @Test
    void a_user_who_is_changed_or_deleted_is_reported() {
        User han = stored("han");
        User leia = stored("leia");
        try (Listener listener = changes().listen()) {
            users().update(changed(han, UserStatus.DISABLED), null);
            assertReported(listener, han);
            users().update(changed(leia, JsonObject.EMPTY.with("a", new JsonString("b"))), null);
            assertReported(listener, leia);
            users().update(changed(read(han), han.email(), SampleUsers.username("solo")), null);
            assertReported(listener, han);
            users().update(changed(read(leia), leia.attributes()), OTHER_HASH);
            assertReported(listener, leia);
            users().delete(han.id());
            assertReported(listener, han);
        }
    }

    @Test
    void logins_and_replaced_hashes_and_new_users_are_not_reported() {
        User han = stored("han");
        try (Listener listener = changes().listen()) {
            users().recordLogin(Login.of(han, SampleUsers.LATER));
            users().rehash(han.id(), HASH, OTHER_HASH);
            stored("leia");
            assertSilent(listener);
        }
    }

    @Test
    void a_change_that_was_refused_is_not_reported() {
        User han = stored("han");
        User leia = stored("leia");
        users().update(changed(leia, leia.attributes()), null);
        try (Listener listener = changes().listen()) {
            users().update(changed(leia, UserStatus.DISABLED), null);
            users().update(changed(read(leia), han.email(), null), null);
            users().delete(new UserId(Long.MAX_VALUE));
            assertSilent(listener);
        }
    }

    @Test
    void whatever_ends_a_session_or_a_token_is_reported() {
        User han = stored("han");
        Session session = session(han.id());
        NewTokens tokens = pair();
        NewTokens others = pair();
        NewTokens last = pair();
        sessions().open(session, tokens);
        sessions().open(session(han.id()), others);
        sessions().open(session(han.id()), last);
        try (Listener listener = changes().listen()) {
            sessions().endAccess(tokens.access().key(), LATER);
            assertReported(listener, han);
            sessions().end(session.id(), LATER);
            assertReported(listener, han);
            sessions().endSessionsOf(others.access().key(), session(han.id()), LATER);
            assertReported(listener, han);
            sessions().endSessionsOf(newKey(), session(han.id()), LATER);
            assertReported(listener, han);
            sessions().endAll(han.id(), EndScope.ENDING_WITH_PASSWORD, null, LATER);
            assertReported(listener, han);
            sessions().endAll(han.id(), EndScope.EVERYTHING, null, LATER);
            assertReported(listener, han);
            sessions().endAll(han.id(), EndScope.EVERYTHING, null, LATER.plusSeconds(1));
            assertReported(listener, han);
        }
    }

    @Test
    void new_sessions_and_tokens_are_not_reported() {
        User han = stored("han");
        try (Listener listener = changes().listen()) {
            Session session = session(han.id());
            NewTokens tokens = pair();
            sessions().open(session, tokens);
            sessions().add(session.id(), pair(), LATER);
            sessions().rotate(SessionStoreRaces.refreshOf(tokens).key(), spent(1), pair());
            sessions().end(SampleSessions.newId(), LATER);
            assertSilent(listener);
        }
    }

    @Test
    void users_whom_an_import_changes_are_reported() {
        User han = stored("han");
        User leia = stored("leia");
        try (Listener listener = changes().listen()) {
            bulk().store(
                            List.of(
                                    named("HAN@example.com", null, null),
                                    named("luke@example.com", null, null),
                                    named("LEIA@example.com", null, null)),
                            OnExisting.UPDATE,
                            SampleUsers.LATER);
            assertReported(listener, han, leia);
        }
    }

    @Test
    void a_unit_of_work_is_reported_when_it_has_ended() {
        User han = stored("han");
        User leia = stored("leia");
        try (Listener listener = changes().listen()) {
            unit().run(() -> {
                users().update(changed(han, UserStatus.DISABLED), null);
                return sessions().endAll(leia.id(), EndScope.EVERYTHING, null, LATER);
            });
            assertReported(listener, han, leia);
        }
    }

    @Test
    void a_unit_of_work_that_is_undone_is_not_reported() {
        User han = stored("han");
        try (Listener listener = changes().listen()) {
            assertThatThrownBy(() -> unit().run(() -> {
                        users().update(changed(han, UserStatus.DISABLED), null);
                        sessions().endAll(han.id(), EndScope.EVERYTHING, null, LATER);
                        throw new IllegalArgumentException("changed its mind");
                    }))
                    .hasMessage("changed its mind");
            assertSilent(listener);
        }
    }

    @Test
    void every_listener_hears_what_is_committed_after_its_start() {
        User han = stored("han");
        User leia = stored("leia");
        try (Listener first = changes().listen()) {
            users().delete(han.id());
            try (Listener second = changes().listen()) {
                assertSilent(second);
                users().delete(leia.id());
                assertReported(second, leia);
                assertReported(first, han, leia);
            }
        }
    }

    @Test
    void a_listener_that_is_closed_reports_no_more() {
        Listener listener = changes().listen();
        listener.close();
        listener.close();
        users().delete(stored("han").id());
        Changes heard = Changes.NONE;
        try {
            heard = listener.next(SHORT);
        } catch (IllegalStateException closed) {
            // Either is fine.
        }
        assertThat(heard).isEqualTo(Changes.NONE);
    }
}
