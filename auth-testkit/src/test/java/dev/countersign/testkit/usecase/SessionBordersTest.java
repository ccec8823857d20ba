package dev.countersign.testkit.usecase;

import static dev.countersign.testkit.usecase.SampleNodes.logIn;
import static dev.countersign.testkit.usecase.SampleNodes.use;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Auth;
import dev.countersign.event.EventKind;
import dev.countersign.event.SecurityEvent;
import dev.countersign.password.RawPassword;
import dev.countersign.session.IssuedTokens;
import dev.countersign.session.RefreshRules;
import dev.countersign.session.Session;
import dev.countersign.session.SessionId;
import dev.countersign.token.RefreshToken;
import dev.countersign.token.TokenFlaw;
import dev.countersign.token.TokenProfile;
import dev.countersign.usecase.AuthenticateRequest.Outcome;
import dev.countersign.usecase.AuthenticateRequest.Outcome.Authenticated;
import dev.countersign.usecase.ChangeOwnUser;
import dev.countersign.usecase.LogOut;
import dev.countersign.usecase.RenewToken;
import dev.countersign.usecase.RenewToken.Presented;
import dev.countersign.usecase.Sessions;
import dev.countersign.usecase.UserChange;
import dev.countersign.user.User;
import dev.countersign.user.UserKey;
import dev.countersign.user.UserStatus;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where a session or a token stops: at its login API, its user, its end. */
class SessionBordersTest {

    private static final TokenProfile RANDOM =
            TokenProfile.random(SampleNodes.LIFETIME).build();
    private static final RefreshRules RULES = RefreshRules.singleUse(Duration.ofDays(1), Duration.ofDays(2));

    private final SampleNodes nodes = new SampleNodes();

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void a_random_token_of_another_login_api_is_none_here() {
        IssuedTokens tokens = logIn(nodes.node(RANDOM, null, "shop"));
        assertThat(nodes.node(RANDOM, null, "forum")
                        .authenticate(tokens.access().token()))
                .isEqualTo(new Outcome.Refused(TokenFlaw.BAD_SIGNATURE));
        use(nodes.node(RANDOM, null, "shop"), tokens);
    }

    @Test
    void a_random_token_expires_whether_it_was_used_before_or_not() {
        // The jump of the clock must not depend on how soon another thread is heard.
        Auth auth = deaf(RANDOM);
        IssuedTokens used = logIn(auth);
        IssuedTokens unused = logIn(auth);
        nodes.clock.advance(SampleNodes.LIFETIME.minusMillis(1));
        use(auth, used);
        nodes.clock.advance(Duration.ofMillis(1));
        assertThat(auth.authenticate(used.access().token())).isEqualTo(new Outcome.Refused(TokenFlaw.EXPIRED));
        assertThat(auth.authenticate(unused.access().token())).isEqualTo(new Outcome.Refused(TokenFlaw.EXPIRED));
    }

    /** A node that hears of no change. */
    private Auth deaf(TokenProfile profile) {
        return nodes.node(
                profile,
                null,
                "shop",
                nodes.sessions().whenSilent(Sessions.WhenSilent.ACCEPT).withoutListening());
    }

    @Test
    void whoever_asks_for_the_current_user_gets_the_stored_one_and_so_does_everybody_after() {
        Auth auth = deaf(SampleNodes.full().build());
        IssuedTokens tokens = logIn(auth);
        use(auth, tokens);
        UserChange change = UserChange.builder().email("solo@example.com").build();
        nodes.node(SampleNodes.full().build()).update(nodes.han.id(), change);
        assertThat(use(auth, tokens).user().email()).hasToString("han@example.com");
        Outcome current = auth.authenticateWithCurrentUser(tokens.access().token());
        assertThat(((Outcome.Authenticated) current).user().email()).hasToString("solo@example.com");
        assertThat(use(auth, tokens).user().email()).hasToString("solo@example.com");
    }

    @Test
    void whoever_asks_for_a_user_who_is_gone_is_refused_and_so_is_everybody_after() {
        Auth auth = deaf(SampleNodes.full().build());
        IssuedTokens tokens = logIn(auth);
        use(auth, tokens);
        nodes.memory.delete(nodes.han.id());
        use(auth, tokens);
        assertThat(auth.authenticateWithCurrentUser(tokens.access().token()))
                .isEqualTo(new Outcome.Refused(TokenFlaw.REVOKED));
        assertThat(auth.authenticate(tokens.access().token())).isEqualTo(new Outcome.Refused(TokenFlaw.REVOKED));
    }

    @Test
    void a_token_that_is_known_to_have_ended_costs_no_look_up_for_the_current_user_either() {
        Auth auth = deaf(SampleNodes.full().build());
        IssuedTokens tokens = logIn(auth);
        Auth other = nodes.node(SampleNodes.full().build());
        other.logOut().ofThisSession(use(other, tokens));
        SampleNodes.assertRefused(auth, tokens);
        nodes.users.reset();
        assertThat(auth.authenticateWithCurrentUser(tokens.access().token()))
                .isEqualTo(new Outcome.Refused(TokenFlaw.REVOKED));
        assertThat(nodes.users.calls()).isEmpty();
    }

    @Test
    void a_random_token_of_a_user_who_is_gone_is_refused() {
        Auth auth = nodes.node(RANDOM);
        IssuedTokens used = logIn(auth);
        IssuedTokens unused = logIn(auth);
        use(auth, used);
        nodes.memory.delete(nodes.han.id());
        assertThat(auth.authenticateWithCurrentUser(used.access().token())).isInstanceOf(Outcome.Refused.class);
        assertThat(auth.authenticate(unused.access().token())).isInstanceOf(Outcome.Refused.class);
    }

    @ParameterizedTest
    @EnumSource
    void a_token_of_a_user_who_is_gone_or_disabled_is_not_renewed(Presented presented) {
        Auth auth = nodes.node(SampleNodes.full().build());
        Authenticated by = use(auth, logIn(auth));
        nodes.unstored(SampleNodes.full().build())
                .build()
                .update(nodes.han.id(), UserChange.ofStatus(UserStatus.DISABLED));
        assertThat(auth.renew(by, presented)).isEqualTo(new RenewToken.Outcome.Refused(TokenFlaw.REVOKED));
        nodes.memory.delete(nodes.han.id());
        assertThat(auth.renew(by, presented)).isEqualTo(new RenewToken.Outcome.Refused(TokenFlaw.REVOKED));
    }

    @Test
    void a_session_that_has_expired_cannot_be_ended() {
        Auth auth = nodes.node(SampleNodes.full().build());
        SessionId session = logIn(auth).session().orElseThrow();
        nodes.clock.advance(SampleNodes.LIFETIME);
        assertThat(auth.logOut().ofSession(nodes.han, session)).isFalse();
        assertThat(auth.logOut().ofSession(nodes.han, new SessionId(new UUID(1, 1))))
                .isFalse();
        assertThat(nodes.events).extracting(SecurityEvent::kind).containsOnly(EventKind.LOGIN_SUCCEEDED);
    }

    @Test
    void a_refresh_token_ends_its_own_session_once() {
        Auth auth = nodes.node(SampleNodes.full().build(), RULES, "shop");
        IssuedTokens one = logIn(auth);
        IssuedTokens other = logIn(auth);
        RefreshToken token = one.refresh().orElseThrow().token();
        LogOut logOut = auth.logOut();
        assertThat(nodes.node(SampleNodes.full().build(), RULES, "forum")
                        .logOut()
                        .ofSessionWith(token))
                .isFalse();
        assertThat(logOut.ofSessionWith(RefreshToken.of("another"))).isFalse();
        use(auth, one);
        assertThat(logOut.ofSessionWith(token)).isTrue();
        assertThat(logOut.ofSessionWith(token)).isFalse();
        assertThat(auth.authenticate(one.access().token())).isEqualTo(new Outcome.Refused(TokenFlaw.REVOKED));
        use(auth, other);
    }

    @Test
    void without_refresh_tokens_none_ends_a_session() {
        Auth auth = nodes.node(SampleNodes.full().build());
        logIn(auth);
        assertThat(auth.logOut().ofSessionWith(RefreshToken.of("any"))).isFalse();
    }

    @Test
    void the_session_that_follows_a_password_change_has_the_client_of_the_former_one() {
        Auth auth = nodes.node(SampleNodes.full().build());
        Authenticated by = use(auth, logIn(auth));
        ChangeOwnUser.Outcome outcome = auth.update(
                by,
                UserChange.builder()
                        .password(RawPassword.of("another good password"))
                        .currentPassword(RawPassword.of(SampleUsers.PASSWORD))
                        .build());
        IssuedTokens replacement =
                ((ChangeOwnUser.Outcome.Changed) outcome).replacement().orElseThrow();
        assertThat(replacement.session()).isPresent().isNotEqualTo(by.session());
        assertThat(auth.logOut().sessions(nodes.han))
                .extracting(Session::client)
                .containsExactly("a browser");
    }

    @Test
    void a_name_is_the_users_since_it_was_changed_and_no_sooner() {
        Auth auth = nodes.unstored(SampleNodes.full().build()).build();
        nodes.clock.advance(Duration.ofMinutes(1));
        auth.update(
                nodes.han.id(),
                UserChange.builder().email("HAN@example.com").username("solo").build());
        User changed = stored();
        assertThat(changed.origin().emailSince()).isEqualTo(nodes.han.origin().emailSince());
        assertThat(changed.origin().usernameSince()).isEqualTo(nodes.clock.instant());
        nodes.clock.advance(Duration.ofMinutes(1));
        auth.update(
                nodes.han.id(), UserChange.builder().email("solo@example.com").build());
        User again = stored();
        assertThat(again.origin().emailSince()).isEqualTo(nodes.clock.instant());
        assertThat(again.origin().usernameSince()).isEqualTo(changed.origin().usernameSince());
        assertThat(again.origin().storedAt()).isEqualTo(nodes.han.origin().storedAt());
    }

    private User stored() {
        return nodes.memory.find(new UserKey.ById(nodes.han.id())).orElseThrow().user();
    }
}
