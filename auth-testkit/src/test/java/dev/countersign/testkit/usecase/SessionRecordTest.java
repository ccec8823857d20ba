package dev.countersign.testkit.usecase;

import static dev.countersign.testkit.usecase.SampleNodes.logIn;
import static dev.countersign.testkit.usecase.SampleNodes.use;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.Auth;
import dev.countersign.event.LoginDetail.SessionsEnded;
import dev.countersign.event.LoginDetail.SessionsEnded.Cause;
import dev.countersign.event.SecurityEvent;
import dev.countersign.password.RawPassword;
import dev.countersign.session.Client;
import dev.countersign.session.IssuedTokens;
import dev.countersign.session.RefreshRules;
import dev.countersign.session.Session;
import dev.countersign.session.SessionId;
import dev.countersign.throttle.ClientAddress;
import dev.countersign.token.Revocation;
import dev.countersign.token.TokenProfile;
import dev.countersign.usecase.LogIn;
import dev.countersign.usecase.Sessions;
import dev.countersign.user.IdentifierKind;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is stored of a login, and what {@link Sessions} says about it. */
class SessionRecordTest {

    private static final Duration DAY = Duration.ofDays(1);

    private final SampleNodes nodes = new SampleNodes();

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void a_session_has_its_user_mount_client_and_start() {
        nodes.clock.advance(Duration.ofNanos(123_456_789));
        Session session = started(nodes.node(SampleNodes.full().build()), "a browser");
        assertThat(session.userId()).isEqualTo(nodes.han.id());
        assertThat(session.mount()).isEqualTo("shop");
        assertThat(session.client()).isEqualTo("a browser");
        assertThat(session.startedAt()).isEqualTo(nodes.clock.instant().truncatedTo(ChronoUnit.MICROS));
        assertThat(session.lastUsedAt()).isEqualTo(session.startedAt());
        assertThat(session.endedAt()).isNull();
        assertThat(session.id().value().version()).isEqualTo(4);
        assertThat(session.id().value().variant()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 199, 200, 201, 5000})
    void a_long_client_is_cut_at_its_end(int length) {
        String client = "ab".repeat(length).substring(0, length);
        Session session = started(nodes.node(SampleNodes.full().build()), client);
        assertThat(session.client()).isEqualTo(client.substring(0, Math.min(length, Session.LONGEST_CLIENT)));
    }

    @Test
    void a_session_lasts_as_long_as_the_last_of_its_tokens() {
        TokenProfile hour = SampleNodes.full().build();
        Instant now = nodes.clock.instant();
        assertThat(started(nodes.node(hour), "").expiresAt()).isEqualTo(now.plus(SampleNodes.LIFETIME));
        RefreshRules longer = RefreshRules.singleUse(DAY, DAY);
        assertThat(started(nodes.node(hour, longer, "a"), "").expiresAt()).isEqualTo(now.plus(DAY));
        Duration minute = Duration.ofMinutes(1);
        RefreshRules shorter = RefreshRules.singleUse(minute, minute);
        assertThat(started(nodes.node(hour, shorter, "b"), "").expiresAt()).isEqualTo(now.plus(SampleNodes.LIFETIME));
    }

    @ParameterizedTest
    @CsvSource({"BY_PASSWORD_CHANGE,true", "OTHERS_BY_PASSWORD_CHANGE,true", "NONE_TOKENS_OUTLIVE_PASSWORD_CHANGE,false"
    })
    void a_session_ends_with_the_password_unless_the_dialect_says_otherwise(Revocation revocation, boolean ends) {
        Auth auth = nodes.node(SampleNodes.by(SampleNodes.full(), revocation));
        assertThat(started(auth, "").endsWithPassword()).isEqualTo(ends);
    }

    @Test
    void after_many_logouts_within_a_second_a_login_gives_a_token_without_a_session() {
        Auth auth = nodes.node(SampleNodes.bare(SampleNodes.LIFETIME).build());
        nodes.clock.advance(Duration.ofMinutes(1));
        for (int i = 0; i < 8; i++) {
            IssuedTokens tokens = logIn(auth);
            assertThat(tokens.access().issuedAt())
                    .isEqualTo(nodes.clock
                            .instant()
                            .truncatedTo(ChronoUnit.SECONDS)
                            .plusSeconds(i));
            auth.logOut().ofThisSession(use(auth, tokens));
        }
        IssuedTokens unstored = logIn(auth);
        assertThat(unstored.session()).isEmpty();
        use(auth, unstored);
        nodes.clock.advance(Duration.ofSeconds(1));
        assertThat(logIn(auth).session()).isPresent();
    }

    @Test
    void a_session_is_ended_once_and_its_end_reported_once() {
        Sessions sessions = nodes.start(nodes.sessions());
        Session session = started(nodes.node(SampleNodes.full().build(), null, "shop", sessions), "");
        assertThat(sessions.end(session, Cause.OPERATOR)).isTrue();
        assertThat(sessions.end(session, Cause.OPERATOR)).isFalse();
        assertThat(ends()).containsExactly(new SessionsEnded(Optional.of(session.id()), Cause.OPERATOR));
    }

    @Test
    void ending_all_sessions_tells_how_many_there_were() {
        Sessions sessions = nodes.start(nodes.sessions());
        Auth auth = nodes.node(SampleNodes.full().build(), null, "shop", sessions);
        assertThat(sessions.endAll(nodes.han.id(), Cause.OPERATOR)).isZero();
        assertThat(ends()).isEmpty();
        logIn(auth);
        logIn(auth);
        assertThat(sessions.of(nodes.han.id())).hasSize(2);
        assertThat(sessions.endAll(nodes.han.id(), Cause.OPERATOR)).isEqualTo(2);
        assertThat(sessions.of(nodes.han.id())).isEmpty();
        assertThat(ends()).containsExactly(new SessionsEnded(Optional.empty(), Cause.OPERATOR));
    }

    @Test
    void a_session_is_found_by_its_id_and_by_that_of_a_token() {
        Sessions sessions = nodes.start(nodes.sessions());
        IssuedTokens tokens = logIn(nodes.node(SampleNodes.full().build(), null, "shop", sessions));
        SessionId id = tokens.session().orElseThrow();
        assertThat(sessions.find(id)).map(Session::id).contains(id);
        assertThat(sessions.findByTokenId(tokens.access().id()))
                .extracting(Session::id)
                .containsExactly(id);
        assertThat(sessions.findByTokenId("another")).isEmpty();
    }

    @Test
    void settings_at_their_bounds_are_accepted_and_others_refused() {
        assertThat(nodes.sessions()
                        .delay(Duration.ofMillis(100))
                        .withoutListening()
                        .delay())
                .isEqualTo(Duration.ofMillis(100));
        assertThat(nodes.sessions()
                        .delay(Duration.ofHours(1))
                        .withoutListening()
                        .delay())
                .isEqualTo(Duration.ofHours(1));
        nodes.sessions().remembering(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> nodes.sessions().delay(Duration.ofMillis(100).minusNanos(1)))
                .withMessageContaining("100 ms to 1 h");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> nodes.sessions().delay(Duration.ofHours(1).plusNanos(1)))
                .withMessageContaining("100 ms to 1 h");
    }

    @Test
    void silence_begins_after_the_delay_and_a_clock_that_goes_back_is_no_silence() {
        Sessions sessions = nodes.sessions().withoutListening();
        nodes.clock.advance(SampleNodes.DELAY);
        assertThat(sessions.health().silence()).isEqualTo(SampleNodes.DELAY);
        assertThat(sessions.health().isSilent()).isFalse();
        nodes.clock.advance(Duration.ofNanos(1));
        assertThat(sessions.health().isSilent()).isTrue();
        nodes.clock.advance(Duration.ofMinutes(-5));
        assertThat(sessions.health().silence()).isEqualTo(Duration.ZERO);
        assertThat(sessions.health().isSilent()).isFalse();
    }

    private List<SessionsEnded> ends() {
        return nodes.events.stream()
                .map(SecurityEvent::detail)
                .filter(SessionsEnded.class::isInstance)
                .map(SessionsEnded.class::cast)
                .toList();
    }

    private Session started(Auth auth, String client) {
        LogIn.Outcome outcome = auth.logIn(new LogIn.Attempt(
                IdentifierKind.EMAIL,
                "han@example.com",
                RawPassword.of(SampleUsers.PASSWORD),
                new Client(client, ClientAddress.unknown())));
        IssuedTokens tokens = ((LogIn.Outcome.LoggedIn) outcome).tokens();
        return nodes.store.find(tokens.session().orElseThrow()).orElseThrow();
    }
}
