package dev.countersign.testkit.usecase;

import static dev.countersign.testkit.usecase.SampleNodes.assertRefused;
import static dev.countersign.testkit.usecase.SampleNodes.awaitRefused;
import static dev.countersign.testkit.usecase.SampleNodes.logIn;
import static dev.countersign.testkit.usecase.SampleNodes.use;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Auth;
import dev.countersign.event.LoginDetail.SessionsEnded;
import dev.countersign.event.LoginDetail.SessionsEnded.Cause;
import dev.countersign.event.SecurityEvent;
import dev.countersign.password.RawPassword;
import dev.countersign.session.IssuedTokens;
import dev.countersign.session.Session;
import dev.countersign.token.Revocation;
import dev.countersign.token.TokenProfile;
import dev.countersign.usecase.ChangeOwnUser;
import dev.countersign.usecase.LogOut;
import dev.countersign.usecase.UserChange;
import dev.countersign.user.UserStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What ends sessions, on the node where it is done and on another one. */
class SessionEndTest {

    private static final String NEW = "another good password";

    private final SampleNodes nodes = new SampleNodes();

    @AfterEach
    void close() {
        nodes.close();
    }

    static Stream<Supplier<TokenProfile>> forms() {
        return Stream.of(
                () -> SampleNodes.bare(SampleNodes.LIFETIME).build(),
                () -> SampleNodes.full().build(),
                () -> TokenProfile.random(SampleNodes.LIFETIME).build());
    }

    @ParameterizedTest
    @MethodSource("forms")
    void a_token_works_until_its_logout_on_every_node_and_after_a_restart(Supplier<TokenProfile> form)
            throws Exception {
        Auth here = nodes.node(form.get());
        Auth there = nodes.node(form.get());
        IssuedTokens tokens = logIn(here);
        assertThat(use(there, tokens).user()).isEqualTo(use(here, tokens).user());

        here.logOut().ofThisSession(use(here, tokens));

        assertRefused(here, tokens);
        awaitRefused(there, tokens);
        assertRefused(nodes.node(form.get()), tokens);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void a_login_right_after_a_logout_gives_a_token_that_works(Supplier<TokenProfile> form) {
        Auth auth = nodes.node(form.get());
        for (int i = 0; i < 5; i++) {
            IssuedTokens tokens = logIn(auth);
            auth.logOut().ofThisSession(use(auth, tokens));
            assertRefused(auth, tokens);
        }
    }

    @Test
    void tokens_that_are_the_same_text_end_together() {
        Auth auth = nodes.node(SampleNodes.bare(SampleNodes.LIFETIME).build());
        IssuedTokens one = logIn(auth);
        IssuedTokens other = logIn(auth);
        assertThat(one.accessToken()).isEqualTo(other.accessToken());

        auth.logOut().ofSession(nodes.han, one.session().orElseThrow());

        assertRefused(auth, other);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void logging_out_everywhere_ends_all_sessions_and_of_the_others_all_but_one(Supplier<TokenProfile> form)
            throws Exception {
        Auth here = nodes.node(form.get());
        Auth there = nodes.node(form.get());
        IssuedTokens one = logIn(here);
        nodes.clock.advance(Duration.ofSeconds(1));
        IssuedTokens two = logIn(there);
        nodes.clock.advance(Duration.ofSeconds(1));
        IssuedTokens three = logIn(there);
        use(there, one);

        here.logOut().ofOtherSessions(use(here, two));

        use(here, two);
        awaitRefused(there, one);
        assertRefused(here, three);
        use(there, two);

        there.logOut().everywhere(use(there, two));

        awaitRefused(here, two);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void disabling_ends_sessions_and_enabling_does_not_bring_them_back(Supplier<TokenProfile> form) throws Exception {
        Auth here = nodes.node(form.get());
        Auth there = nodes.node(form.get());
        IssuedTokens tokens = logIn(here);
        use(there, tokens);

        here.update(nodes.han.id(), UserChange.ofStatus(UserStatus.DISABLED));
        assertRefused(here, tokens);
        awaitRefused(there, tokens);
        here.update(nodes.han.id(), UserChange.ofStatus(UserStatus.ACTIVE));

        assertRefused(here, tokens);
        awaitRefused(there, tokens);
        use(here, logIn(here));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void a_deleted_user_has_no_sessions(Supplier<TokenProfile> form) throws Exception {
        Auth here = nodes.node(form.get());
        IssuedTokens tokens = logIn(here);
        use(here, tokens);
        nodes.memory.delete(nodes.han.id());
        awaitRefused(here, tokens);
    }

    @Test
    void a_password_change_does_what_the_profile_says() {
        IssuedTokens kept = changePassword(Revocation.NONE_TOKENS_OUTLIVE_PASSWORD_CHANGE, true, true);
        assertThat(kept).isNull();
    }

    @Test
    void a_password_change_can_spare_the_session_that_makes_it() {
        assertThat(changePassword(Revocation.OTHERS_BY_PASSWORD_CHANGE, true, false))
                .isNull();
    }

    @Test
    void a_password_change_can_end_all_sessions_and_gives_a_new_one() {
        IssuedTokens next = changePassword(Revocation.BY_PASSWORD_CHANGE, false, false);
        assertThat(next).isNotNull();
        assertThat(nodes.events)
                .extracting(SecurityEvent::detail)
                .contains(new SessionsEnded(Optional.empty(), Cause.PASSWORD_CHANGE));
    }

    /** Changes the password in one of two sessions; the tokens that replace its own, or null. */
    private IssuedTokens changePassword(Revocation rule, boolean ownLives, boolean otherLives) {
        Auth auth = nodes.node(SampleNodes.by(SampleNodes.full(), rule));
        IssuedTokens own = logIn(auth);
        IssuedTokens other = logIn(auth);
        use(auth, other);
        ChangeOwnUser.Outcome outcome =
                auth.update(use(auth, own), UserChange.ofPasswordWithoutCurrent(RawPassword.of(NEW)));
        assertLives(auth, own, ownLives);
        assertLives(auth, other, otherLives);
        IssuedTokens next =
                ((ChangeOwnUser.Outcome.Changed) outcome).replacement().orElse(null);
        if (next != null) {
            use(auth, next);
            assertThat(auth.logOut().sessions(nodes.han))
                    .extracting(Session::client)
                    .containsExactly("a browser");
        }
        use(auth, logIn(auth, NEW));
        return next;
    }

    private static void assertLives(Auth auth, IssuedTokens tokens, boolean lives) {
        if (lives) {
            use(auth, tokens);
        } else {
            assertRefused(auth, tokens);
        }
    }

    @Test
    void what_was_ended_stays_so_when_the_lifetime_is_shortened_later() {
        Duration longer = Duration.ofDays(60);
        IssuedTokens before = logInWithoutSessions(SampleNodes.bare(longer).build());
        Auth first = nodes.node(SampleNodes.bare(longer).build());
        IssuedTokens stored = logIn(first);
        nodes.clock.advance(Duration.ofDays(20));
        first.logOut().everywhere(use(first, stored));
        assertRefused(first, before);

        Auth shorter = nodes.node(SampleNodes.bare(Duration.ofDays(30)).build());

        assertRefused(shorter, before);
        assertRefused(shorter, stored);
        use(shorter, logIn(shorter));
    }

    @Test
    void a_token_without_a_session_works_and_ends_by_itself() throws Exception {
        TokenProfile profile = SampleNodes.bare(SampleNodes.LIFETIME).build();
        IssuedTokens before = logInWithoutSessions(profile);
        Auth here = nodes.node(profile);
        Auth there = nodes.node(profile);
        use(there, before);

        here.logOut().ofThisSession(use(here, before));

        assertRefused(here, before);
        awaitRefused(there, before);
        use(here, logIn(here));
    }

    @Test
    void a_token_without_a_session_that_says_it_is_later_outlives_the_end_of_everything() {
        TokenProfile profile = SampleNodes.full().build();
        IssuedTokens before = logInWithoutSessions(profile);
        Auth auth = nodes.node(profile);
        auth.logOut().everywhere(use(auth, logIn(auth)));
        nodes.clock.advance(Duration.ofMinutes(2));

        assertRefused(auth, before);
        use(auth, logInWithoutSessions(profile));
    }

    private IssuedTokens logInWithoutSessions(TokenProfile profile) {
        return logIn(nodes.unstored(profile).build());
    }

    @Test
    void a_user_lists_the_own_sessions_and_ends_one_but_none_of_somebody_else() {
        Auth auth = nodes.node(SampleNodes.full().build());
        IssuedTokens one = logIn(auth);
        nodes.clock.advance(Duration.ofSeconds(5));
        IssuedTokens two = logIn(auth);
        LogOut logOut = auth.logOut();
        List<Session> listed = logOut.sessions(nodes.han);
        assertThat(listed)
                .extracting(Session::id)
                .containsExactly(two.session().orElseThrow(), one.session().orElseThrow());
        assertThat(listed).extracting(Session::client).containsOnly("a browser");

        assertThat(logOut.ofSession(
                        SampleAuth.stored(nodes.memory.insert(SampleUsers.leia(null))),
                        listed.get(0).id()))
                .isFalse();
        use(auth, two);
        assertThat(logOut.ofSession(nodes.han, listed.get(0).id())).isTrue();
        assertRefused(auth, two);
        assertThat(logOut.ofSession(nodes.han, listed.get(0).id())).isFalse();
        assertThat(logOut.sessions(nodes.han))
                .extracting(Session::id)
                .containsExactly(one.session().orElseThrow());
    }

    @Test
    void an_expired_session_is_neither_listed_nor_forgotten_while_a_skew_may_accept_its_token() {
        Auth auth = nodes.node(SampleNodes.full().skew(Duration.ofSeconds(60)).build());
        IssuedTokens tokens = logIn(auth);
        auth.logOut().ofThisSession(use(auth, tokens));
        nodes.clock.advance(SampleNodes.LIFETIME.plusSeconds(30));
        assertRefused(auth, tokens);
        assertThat(auth.logOut().sessions(nodes.han)).isEmpty();
    }
}
