package dev.countersign.testkit.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Auth;
import dev.countersign.event.Actor;
import dev.countersign.event.EventDetail;
import dev.countersign.event.EventKind;
import dev.countersign.event.LoginDetail.LoginRefused;
import dev.countersign.event.LoginDetail.LoginRefused.Reason;
import dev.countersign.event.LoginDetail.LoginSucceeded;
import dev.countersign.event.LoginDetail.SessionsEnded;
import dev.countersign.event.LoginDetail.SessionsEnded.Cause;
import dev.countersign.event.SecurityEvent;
import dev.countersign.event.UserDetail.IdentifiersChanged;
import dev.countersign.event.UserDetail.Refused;
import dev.countersign.event.UserDetail.UserChanged;
import dev.countersign.password.RawPassword;
import dev.countersign.session.Client;
import dev.countersign.throttle.ClientAddress;
import dev.countersign.usecase.AuthenticateRequest.Outcome.Authenticated;
import dev.countersign.usecase.LogIn;
import dev.countersign.usecase.RegisterUser;
import dev.countersign.usecase.Registration;
import dev.countersign.usecase.UserChange;
import dev.countersign.user.IdentifierKind;
import dev.countersign.user.UserId;
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
    void a_logout_is_an_event_of_the_client() {
        Authenticated by = loggedIn();
        auth.logOut(CLIENT).ofThisSession(by);
        assertOne(new SessionsEnded(by.session(), Cause.LOGOUT));
    }
}
