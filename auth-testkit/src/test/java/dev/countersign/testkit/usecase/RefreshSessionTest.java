package dev.countersign.testkit.usecase;

import static dev.countersign.testkit.usecase.SampleNodes.assertRefused;
import static dev.countersign.testkit.usecase.SampleNodes.logIn;
import static dev.countersign.testkit.usecase.SampleNodes.use;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.Auth;
import dev.countersign.event.LoginDetail.RefreshTokenReused;
import dev.countersign.event.SecurityEvent;
import dev.countersign.json.JsonPointer;
import dev.countersign.session.IssuedTokens;
import dev.countersign.session.RefreshRules;
import dev.countersign.session.RefreshRules.Rotation;
import dev.countersign.template.Template;
import dev.countersign.token.AccessToken;
import dev.countersign.token.RefreshToken;
import dev.countersign.token.Revocation;
import dev.countersign.token.SubjectClaim;
import dev.countersign.token.TokenProfile;
import dev.countersign.usecase.AuthenticateRequest;
import dev.countersign.usecase.RefreshFlaw;
import dev.countersign.usecase.RefreshSession.Outcome;
import dev.countersign.usecase.RenewToken;
import dev.countersign.usecase.UserChange;
import dev.countersign.user.UserStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Refresh tokens of every kind, and new access tokens for valid ones. */
class RefreshSessionTest {

    private static final Duration IDLE = Duration.ofDays(7);
    private static final Duration ABSOLUTE = Duration.ofDays(30);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final int THREADS = 16;

    private final SampleNodes nodes = new SampleNodes();

    @AfterEach
    void close() {
        nodes.close();
    }

    static Stream<RefreshRules> singleUse() {
        return Stream.of(rules(Optional.empty(), Rotation.SINGLE_USE), rules(signed(), Rotation.SINGLE_USE));
    }

    static Stream<RefreshRules> kept() {
        return Stream.of(rules(Optional.empty(), Rotation.KEPT), rules(signed(), Rotation.KEPT));
    }

    static Stream<RefreshRules> all() {
        return Stream.concat(singleUse(), kept());
    }

    private static RefreshRules rules(Optional<TokenProfile> profile, Rotation rotation) {
        return new RefreshRules(profile, rotation, IDLE, ABSOLUTE, GRACE);
    }

    private static Optional<TokenProfile> signed() {
        return Optional.of(TokenProfile.builder(
                        Template.of(SampleAuth.json("{\"alg\":\"HS256\"}")),
                        Template.of(
                                SampleAuth.json(
                                        "{\"type\":\"refresh\",\"sub\":\"${user.uuid}\",\"jti\":\"${token.id}\",\"exp\":\"${token.expires_at | epoch-seconds}\"}")),
                        IDLE)
                .subject(new SubjectClaim(JsonPointer.parse("/sub"), SubjectClaim.Names.UUID, true))
                .matchingClaims(Set.of(JsonPointer.parse("/type")))
                .revocation(Revocation.NONE_TOKENS_OUTLIVE_PASSWORD_CHANGE)
                .build());
    }

    private Auth node(RefreshRules rules) {
        return nodes.node(SampleNodes.full().build(), rules, "shop");
    }

    private static RefreshToken refreshOf(IssuedTokens tokens) {
        return tokens.refresh().orElseThrow().token();
    }

    private static IssuedTokens refreshed(Auth auth, RefreshToken token) {
        Outcome outcome = auth.refresh(token);
        assertThat(outcome).isInstanceOf(Outcome.Refreshed.class);
        return ((Outcome.Refreshed) outcome).tokens();
    }

    private static void assertFlaw(Auth auth, RefreshToken token, RefreshFlaw flaw) {
        assertThat(auth.refresh(token)).isEqualTo(new Outcome.Refused(flaw));
    }

    @ParameterizedTest
    @MethodSource("singleUse")
    void each_refresh_gives_another_token_in_the_same_session(RefreshRules rules) {
        Auth auth = node(rules);
        IssuedTokens first = logIn(auth);
        Set<String> seen = new HashSet<>(Set.of(refreshOf(first).revealText()));
        IssuedTokens tokens = first;
        for (int i = 0; i < 5; i++) {
            nodes.clock.advance(Duration.ofHours(2));
            tokens = refreshed(auth, refreshOf(tokens));
            assertThat(seen.add(refreshOf(tokens).revealText())).isTrue();
            assertThat(tokens.session()).isEqualTo(first.session());
            assertThat(use(auth, tokens).session()).isEqualTo(first.session());
        }
    }

    @ParameterizedTest
    @MethodSource("singleUse")
    void within_the_grace_a_spent_token_gives_the_same_successor_again(RefreshRules rules) {
        Auth auth = node(rules);
        RefreshToken spent = refreshOf(logIn(auth));
        RefreshToken next = refreshOf(refreshed(auth, spent));
        nodes.clock.advance(GRACE);
        IssuedTokens again = refreshed(auth, spent);
        assertThat(refreshOf(again).revealText()).isEqualTo(next.revealText());
        use(auth, again);
    }

    @ParameterizedTest
    @MethodSource("singleUse")
    void after_the_grace_a_spent_token_ends_its_session_and_raises_an_event(RefreshRules rules) {
        Auth auth = node(rules);
        IssuedTokens first = logIn(auth);
        IssuedTokens next = refreshed(auth, refreshOf(first));
        use(auth, next);
        nodes.clock.advance(GRACE.plusMillis(1));

        assertFlaw(auth, refreshOf(first), RefreshFlaw.REUSED);

        assertRefused(auth, next);
        assertRefused(auth, first);
        assertFlaw(auth, refreshOf(next), RefreshFlaw.ENDED);
        assertThat(nodes.events)
                .extracting(SecurityEvent::detail)
                .last()
                .isEqualTo(new RefreshTokenReused(first.session().orElseThrow()));
    }

    @ParameterizedTest
    @MethodSource("singleUse")
    void many_requests_with_one_token_on_two_nodes_get_one_successor(RefreshRules rules) throws Exception {
        List<Auth> two = List.of(node(rules), node(rules));
        RefreshToken token = refreshOf(logIn(two.get(0)));
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<String>> given = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Auth auth = two.get(i % 2);
                given.add(threads.submit(() -> {
                    start.await();
                    return refreshOf(refreshed(auth, token)).revealText();
                }));
            }
            start.countDown();
            Set<String> successors = new HashSet<>();
            for (Future<String> one : given) {
                successors.add(one.get(30, TimeUnit.SECONDS));
            }
            assertThat(successors).hasSize(1).doesNotContain(token.revealText());
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @MethodSource("kept")
    void a_kept_token_stays_the_same_until_it_expires(RefreshRules rules) {
        Auth auth = node(rules);
        RefreshToken token = refreshOf(logIn(auth));
        for (int i = 0; i < 3; i++) {
            nodes.clock.advance(Duration.ofDays(2));
            IssuedTokens tokens = refreshed(auth, token);
            assertThat(refreshOf(tokens).revealText()).isEqualTo(token.revealText());
            use(auth, tokens);
        }
        nodes.clock.advance(Duration.ofDays(1));
        assertFlaw(auth, token, RefreshFlaw.EXPIRED);
    }

    @ParameterizedTest
    @MethodSource("singleUse")
    void an_idle_token_expires_and_a_session_has_an_end_whatever_is_refreshed(RefreshRules rules) {
        Auth auth = node(rules);
        RefreshToken idle = refreshOf(logIn(auth));
        nodes.clock.advance(IDLE);
        assertFlaw(auth, idle, RefreshFlaw.EXPIRED);

        IssuedTokens tokens = logIn(auth);
        for (int days = 0; days < 24; days += 6) {
            nodes.clock.advance(Duration.ofDays(6));
            tokens = refreshed(auth, refreshOf(tokens));
        }
        assertThat(tokens.refresh().orElseThrow().lifetime()).isEqualTo(Duration.ofDays(6));
        nodes.clock.advance(Duration.ofDays(6));
        assertFlaw(auth, refreshOf(tokens), RefreshFlaw.EXPIRED);
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_token_ends_with_its_session_and_with_its_user(RefreshRules rules) {
        Auth auth = node(rules);
        IssuedTokens ended = logIn(auth);
        auth.logOut().ofThisSession(use(auth, ended));
        assertFlaw(auth, refreshOf(ended), RefreshFlaw.ENDED);

        IssuedTokens other = logIn(auth);
        assertThat(auth.logOut().ofSessionWith(refreshOf(other))).isTrue();
        assertRefused(auth, other);
        assertThat(auth.logOut().ofSessionWith(refreshOf(other))).isFalse();

        IssuedTokens tokens = logIn(auth);
        auth.update(nodes.han.id(), UserChange.ofStatus(UserStatus.DISABLED));
        assertFlaw(auth, refreshOf(tokens), RefreshFlaw.ENDED);
    }

    @ParameterizedTest
    @MethodSource("all")
    void what_is_no_refresh_token_of_this_api_is_unknown(RefreshRules rules) {
        Auth auth = node(rules);
        IssuedTokens tokens = logIn(auth);
        for (String text :
                List.of("", "a.b.c", tokens.accessToken(), refreshOf(tokens).revealText() + "A")) {
            assertFlaw(auth, RefreshToken.of(text), RefreshFlaw.UNKNOWN);
        }
        Auth other = nodes.node(SampleNodes.full().build(), rules, "other");
        assertFlaw(other, refreshOf(tokens), RefreshFlaw.UNKNOWN);
        assertThat(other.logOut().ofSessionWith(refreshOf(tokens))).isFalse();
        refreshed(auth, refreshOf(tokens));
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_refresh_token_is_no_access_token(RefreshRules rules) {
        TokenProfile access = SampleNodes.full().build();
        Auth auth = nodes.node(access, rules, "shop");
        AccessToken asAccess = AccessToken.of(refreshOf(logIn(auth)).revealText());
        assertThat(auth.authenticate(asAccess)).isInstanceOf(AuthenticateRequest.Outcome.Refused.class);
    }

    @Test
    void a_form_of_refresh_tokens_that_access_tokens_have_too_is_refused() {
        RefreshRules rules = rules(Optional.of(SampleNodes.full().build()), Rotation.SINGLE_USE);
        assertThatThrownBy(() -> nodes.node(SampleNodes.full().build(), rules, "shop"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("constant");
    }

    @Test
    void refresh_tokens_need_stored_sessions() {
        assertThatThrownBy(() -> nodes.unstored(SampleNodes.full().build())
                        .refresh(RefreshRules.singleUse(IDLE, ABSOLUTE))
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sessions(");
        Auth without = nodes.unstored(SampleNodes.full().build()).build();
        assertThatThrownBy(() -> without.refresh(RefreshToken.of("x"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(without::logOut).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(
                        () -> nodes.unstored(TokenProfile.random(IDLE).build()).build())
                .isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @EnumSource(RenewToken.Presented.class)
    void a_valid_access_token_gives_a_new_one(RenewToken.Presented presented) {
        for (TokenProfile profile : List.of(
                SampleNodes.full().build(),
                SampleNodes.bare(SampleNodes.LIFETIME).build())) {
            Auth auth = nodes.node(profile);
            for (Auth from : List.of(auth, nodes.unstored(profile).build())) {
                IssuedTokens before = logIn(from);
                RenewToken.Outcome outcome = auth.renew(use(auth, before), presented);
                IssuedTokens after = ((RenewToken.Outcome.Renewed) outcome).tokens();
                use(auth, after);
                if (presented == RenewToken.Presented.ENDS) {
                    assertRefused(auth, before);
                } else {
                    use(auth, before);
                }
                nodes.clock.advance(Duration.ofSeconds(1));
            }
        }
    }
}
