package dev.countersign.testkit.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Auth;
import dev.countersign.event.Actor;
import dev.countersign.event.EventDetail;
import dev.countersign.event.EventKind;
import dev.countersign.event.LoginDetail.HashReplaced;
import dev.countersign.event.LoginDetail.LoginRefused;
import dev.countersign.event.LoginDetail.LoginRefused.Reason;
import dev.countersign.event.LoginDetail.LoginSucceeded;
import dev.countersign.event.LoginDetail.SessionsEnded;
import dev.countersign.event.LoginDetail.SessionsEnded.Cause;
import dev.countersign.event.SecurityEvent;
import dev.countersign.event.UserDetail.IdentifiersChanged;
import dev.countersign.event.UserDetail.Refused;
import dev.countersign.event.UserDetail.UserChanged;
import dev.countersign.json.JsonString;
import dev.countersign.password.PasswordHash;
import dev.countersign.password.RawPassword;
import dev.countersign.session.Client;
import dev.countersign.session.IssuedTokens;
import dev.countersign.testkit.fake.PlainPasswordHasher;
import dev.countersign.throttle.ClientAddress;
import dev.countersign.throttle.ThrottlePolicy;
import dev.countersign.usecase.AuthenticateRequest.Outcome.Authenticated;
import dev.countersign.usecase.LogIn;
import dev.countersign.usecase.RegisterUser;
import dev.countersign.usecase.Registration;
import dev.countersign.usecase.Sessions;
import dev.countersign.usecase.UserChange;
import dev.countersign.user.AttributeChange;
import dev.countersign.user.IdentifierKind;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import dev.countersign.user.UserStatus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each login, refusal and change is one event with time, user, address and reason (ASVS 16.3.1). */
class ReportedEventsTest {

    private static final Client CLIENT = new Client("a browser", ClientAddress.of("192.0.2.7"));
    private static final String NEW = "a much better password";

    private final SampleNodes nodes = new SampleNodes();
    private final List<SecurityEvent> events = new CopyOnWriteArrayList<>();
    private final Auth auth = nodes.unstored(SampleNodes.full().build())
            .sessions(nodes.start(nodes.sessions()), "shop")
            .events(events::add)
            .events(event -> {
                throw new IllegalStateException("a broken receiver");
            })
            .build();

    @AfterEach
    void stop() {
        nodes.close();
    }

    private LogIn.Outcome logIn(String email, String typed) {
        try (RawPassword password = RawPassword.of(typed)) {
            return auth.logIn(new LogIn.Attempt(IdentifierKind.EMAIL, email, password, CLIENT));
        }
    }

    private Authenticated loggedIn() {
        LogIn.Outcome.LoggedIn in = (LogIn.Outcome.LoggedIn) logIn("han@example.com", SampleUsers.PASSWORD);
        Authenticated by = SampleNodes.use(auth, in.tokens());
        events.clear();
        return by;
    }

    private void assertOne(Optional<UserId> user, Actor by, Client client, EventDetail detail) {
        assertThat(events).containsExactly(new SecurityEvent(nodes.clock.instant(), user, by, client, "shop", detail));
        events.clear();
    }

    private void assertOne(EventDetail detail) {
        assertOne(Optional.of(nodes.han.id()), Actor.USER, CLIENT, detail);
    }

    @Test
    void every_login_is_one_event_and_a_refusal_names_its_reason_but_never_what_was_typed() {
        LogIn.Outcome.LoggedIn in = (LogIn.Outcome.LoggedIn) logIn("han@example.com", SampleUsers.PASSWORD);
        assertOne(new LoginSucceeded(in.tokens().session()));
        logIn("han@example.com", "wrong");
        assertOne(new LoginRefused(Reason.WRONG_PASSWORD));
        logIn("a password typed into the wrong field", "wrong");
        assertOne(Optional.empty(), Actor.USER, CLIENT, new LoginRefused(Reason.UNKNOWN_USER));
        auth.update(nodes.han.id(), UserChange.ofStatus(UserStatus.DISABLED));
        events.clear();
        logIn("han@example.com", "wrong");
        assertOne(new LoginRefused(Reason.WRONG_PASSWORD));
        logIn("han@example.com", SampleUsers.PASSWORD);
        assertOne(new LoginRefused(Reason.DISABLED));
    }

    @Test
    void a_registration_and_its_refusal_are_events() {
        RegisterUser.Outcome.Registered registered = (RegisterUser.Outcome.Registered)
                auth.register(Registration.ofEmail("new@example.com", RawPassword.of(NEW)), CLIENT);
        assertOne(Optional.of(registered.user().id()), Actor.USER, CLIENT, new UserChanged(EventKind.REGISTERED));
        auth.register(Registration.ofEmail("new@example.com", RawPassword.of(NEW)), CLIENT);
        assertOne(
                Optional.empty(),
                Actor.USER,
                CLIENT,
                new Refused(EventKind.REGISTRATION_REFUSED, List.of("email:taken")));
    }

    @Test
    void a_users_own_change_is_an_event_of_the_user() {
        Authenticated by = loggedIn();
        auth.update(by, UserChange.builder().email("solo@example.com").build(), CLIENT);
        assertOne(new IdentifiersChanged(true, false));
        auth.update(
                by,
                UserChange.builder()
                        .password(RawPassword.of(NEW))
                        .currentPassword(RawPassword.of("wrong"))
                        .build(),
                CLIENT);
        assertOne(new Refused(EventKind.CHANGE_REFUSED, List.of("current_password:wrong")));
        auth.update(
                by,
                UserChange.builder()
                        .password(RawPassword.of(NEW))
                        .currentPassword(RawPassword.of(SampleUsers.PASSWORD))
                        .build(),
                CLIENT);
        assertThat(events)
                .extracting(SecurityEvent::detail)
                .containsExactlyInAnyOrder(
                        new UserChanged(EventKind.PASSWORD_CHANGED),
                        new SessionsEnded(Optional.empty(), Cause.PASSWORD_CHANGE));
        assertThat(events).extracting(SecurityEvent::client).containsOnly(CLIENT);
    }

    @Test
    void each_kind_of_change_is_an_event_of_its_own_and_no_change_is_none() {
        Authenticated by = loggedIn();
        auth.update(by, UserChange.builder().username("solo").build(), CLIENT);
        assertOne(new IdentifiersChanged(false, true));
        auth.update(
                by,
                UserChange.builder()
                        .attributes(List.of(new AttributeChange(List.of("role"), new JsonString("pilot"))))
                        .build(),
                CLIENT);
        assertOne(new UserChanged(EventKind.ATTRIBUTES_CHANGED));
        auth.update(
                by,
                UserChange.builder()
                        .username("solo")
                        .email("han@example.com")
                        .attributes(List.of(new AttributeChange(List.of("role"), new JsonString("pilot"))))
                        .build(),
                CLIENT);
        assertThat(events).isEmpty();
    }

    @Test
    void a_change_with_a_token_that_was_ended_is_refused_with_an_event() {
        Authenticated by = loggedIn();
        auth.update(nodes.han.id(), UserChange.ofPasswordWithoutCurrent(RawPassword.of(NEW)));
        events.clear();
        auth.update(by, UserChange.builder().username("solo").build(), CLIENT);
        assertOne(new Refused(EventKind.CHANGE_REFUSED, List.of("token:revoked")));
    }

    @Test
    void a_user_without_a_password_has_a_reason_of_its_own() {
        User leia = SampleAuth.stored(nodes.memory.insert(SampleUsers.leia(null)));
        logIn("leia@example.com", "anything");
        assertOne(Optional.of(leia.id()), Actor.USER, CLIENT, new LoginRefused(Reason.NO_PASSWORD));
    }

    @Test
    void a_hash_that_is_replaced_at_a_login_is_an_event() {
        PasswordHash outdated =
                PlainPasswordHasher.keepingOutdatedPasswordsInTheClear().hash(RawPassword.of(SampleUsers.PASSWORD));
        PasswordHash now = nodes.memory
                .find(new UserKey.ById(nodes.han.id()))
                .orElseThrow()
                .hash();
        nodes.memory.rehash(nodes.han.id(), now, outdated);
        LogIn.Outcome.LoggedIn in = (LogIn.Outcome.LoggedIn) logIn("han@example.com", SampleUsers.PASSWORD);
        assertThat(events)
                .extracting(SecurityEvent::detail)
                .containsExactlyInAnyOrder(
                        new HashReplaced(), new LoginSucceeded(in.tokens().session()));
    }

    @Test
    void what_an_administrator_changes_is_an_event_of_the_operator() {
        auth.update(nodes.han.id(), UserChange.ofStatus(UserStatus.DISABLED));
        assertOne(
                Optional.of(nodes.han.id()),
                Actor.OPERATOR,
                Client.unknown(),
                new UserChanged(EventKind.USER_DISABLED));
        auth.update(nodes.han.id(), UserChange.ofStatus(UserStatus.DISABLED));
        assertThat(events).isEmpty();
        auth.update(nodes.han.id(), UserChange.ofStatus(UserStatus.ACTIVE));
        assertOne(
                Optional.of(nodes.han.id()), Actor.OPERATOR, Client.unknown(), new UserChanged(EventKind.USER_ENABLED));
    }

    @Test
    void disabling_ends_sessions_with_an_event_of_its_own_and_where_there_are_none_without() {
        Authenticated unused = loggedIn();
        auth.update(nodes.han.id(), UserChange.ofStatus(UserStatus.DISABLED));
        assertThat(events)
                .extracting(SecurityEvent::detail)
                .containsExactlyInAnyOrder(
                        new UserChanged(EventKind.USER_DISABLED), new SessionsEnded(Optional.empty(), Cause.DISABLED));
        auth.update(nodes.han.id(), UserChange.ofStatus(UserStatus.ACTIVE));
        events.clear();
        auth.update(nodes.han.id(), UserChange.ofPasswordWithoutCurrent(RawPassword.of(NEW)));
        assertOne(
                Optional.of(nodes.han.id()),
                Actor.OPERATOR,
                Client.unknown(),
                new UserChanged(EventKind.PASSWORD_CHANGED));
    }

    @Test
    void a_change_that_has_to_wait_is_an_event_with_the_reason() {
        Authenticated by = loggedIn();
        UserChange guess = UserChange.builder()
                .password(RawPassword.of(NEW))
                .currentPassword(RawPassword.of("wrong"))
                .build();
        for (int i = 0; i < ThrottlePolicy.DEFAULT.freeForUser(); i++) {
            auth.update(by, guess, CLIENT);
        }
        events.clear();
        auth.update(by, guess, CLIENT);
        assertOne(new Refused(EventKind.CHANGE_REFUSED, List.of("wait:too_many_for_user")));
    }

    @Test
    void a_login_whose_password_was_changed_meanwhile_has_a_reason_of_its_own() {
        nodes.users.afterFind(() -> {
            nodes.users.afterFind(() -> {});
            auth.update(nodes.han.id(), UserChange.ofPasswordWithoutCurrent(RawPassword.of(NEW)));
        });
        logIn("han@example.com", SampleUsers.PASSWORD);
        assertThat(events)
                .extracting(SecurityEvent::detail)
                .containsExactly(
                        new UserChanged(EventKind.PASSWORD_CHANGED), new LoginRefused(Reason.CHANGED_MEANWHILE));
    }

    @Test
    void a_login_without_a_password_is_one_event_too() {
        LogIn.Outcome.LoggedIn in = (LogIn.Outcome.LoggedIn) auth.logInWithoutPassword(nodes.han, CLIENT);
        assertOne(new LoginSucceeded(in.tokens().session()));
        nodes.memory.delete(nodes.han.id());
        assertThat(auth.logInWithoutPassword(nodes.han, CLIENT)).isInstanceOf(LogIn.Outcome.Refused.class);
        assertOne(new LoginRefused(Reason.CHANGED_MEANWHILE));
    }

    @Test
    void sessions_that_an_operator_ends_are_an_event_of_the_operator() {
        Sessions sessions = nodes.start(nodes.sessions());
        SampleNodes.logIn(auth);
        assertThat(sessions.endAll(nodes.han.id(), Cause.OPERATOR)).isEqualTo(1);
        assertThat(nodes.events).singleElement().satisfies(event -> {
            assertThat(event.by()).isEqualTo(Actor.OPERATOR);
            assertThat(event.detail()).isEqualTo(new SessionsEnded(Optional.empty(), Cause.OPERATOR));
        });
        SampleNodes.logIn(auth);
        sessions.endAll(nodes.han.id(), Cause.ENDED_BY_USER);
        assertThat(nodes.events.get(1).by()).isEqualTo(Actor.USER);
        assertThat(sessions.endAll(nodes.han.id(), Cause.OPERATOR)).isZero();
        assertThat(nodes.events).hasSize(2);
    }

    @Test
    void a_logout_is_an_event_of_the_client() {
        Authenticated by = loggedIn();
        auth.logOut(CLIENT).ofThisSession(by);
        assertOne(new SessionsEnded(by.session(), Cause.LOGOUT));
    }

    @Test
    void a_logout_everywhere_ends_this_session_and_all_others_with_an_event_for_each() {
        IssuedTokens other = SampleNodes.logIn(auth);
        Authenticated by = loggedIn();
        auth.logOut(CLIENT).everywhere(by);
        assertThat(events)
                .extracting(SecurityEvent::detail)
                .containsExactly(
                        new SessionsEnded(by.session(), Cause.LOGOUT),
                        new SessionsEnded(Optional.empty(), Cause.ENDED_BY_USER));
        SampleNodes.assertRefused(auth, other);
    }

    @Test
    void other_sessions_and_one_of_them_are_ended_with_an_event_and_what_is_ended_already_without() {
        Authenticated first = loggedIn();
        Authenticated second = loggedIn();
        Authenticated third = loggedIn();
        assertThat(auth.logOut(CLIENT).ofSession(first.user(), second.session().orElseThrow()))
                .isTrue();
        assertOne(new SessionsEnded(second.session(), Cause.ENDED_BY_USER));
        assertThat(auth.logOut(CLIENT).ofSession(first.user(), second.session().orElseThrow()))
                .isFalse();
        assertThat(events).isEmpty();
        auth.logOut(CLIENT).ofOtherSessions(first);
        assertOne(new SessionsEnded(Optional.empty(), Cause.ENDED_BY_USER));
        assertThat(auth.logOut(CLIENT).ofSession(first.user(), third.session().orElseThrow()))
                .isFalse();
        auth.logOut(CLIENT).ofOtherSessions(first);
        assertThat(events).isEmpty();
    }
}
