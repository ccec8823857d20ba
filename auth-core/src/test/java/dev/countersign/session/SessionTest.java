package dev.countersign.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.token.AccessToken;
import dev.countersign.token.IssuedToken;
import dev.countersign.token.RefreshToken;
import dev.countersign.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTest {

    private static final Instant START = Instant.parse("2024-02-29T12:00:00Z");
    private static final Instant END = START.plusSeconds(3600);
    private static final String UUID_TEXT = "0b5d9e30-5b1c-4f7a-9d5e-3f3d2c1b0a99";

    @Test
    void a_session_is_live_until_the_instant_of_its_end() {
        assertThat(session(null, "").isLive(END.minusNanos(1))).isTrue();
        assertThat(session(null, "").isLive(END)).isFalse();
        assertThat(session(null, "").isEnded()).isFalse();
    }

    @Test
    void a_session_that_was_ended_is_live_no_more() {
        assertThat(session(START, "").isLive(START)).isFalse();
        assertThat(session(START, "").isEnded()).isTrue();
    }

    @Test
    void the_text_of_a_client_has_a_limit() {
        String longest = "x".repeat(Session.LONGEST_CLIENT);
        assertThat(session(null, longest).client()).isEqualTo(longest);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> session(null, longest + "x"))
                .withMessageContaining("200 characters");
    }

    @Test
    void the_id_of_a_session_is_a_uuid_as_text() {
        SessionId id = new SessionId(UUID.fromString(UUID_TEXT));
        assertThat(id).hasToString(UUID_TEXT);
        assertThat(SessionId.parse(UUID_TEXT)).contains(id);
        assertThat(SessionId.parse(UUID_TEXT.toUpperCase(Locale.ROOT))).contains(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1-1-1-1-1", UUID_TEXT + "0", " " + UUID_TEXT, "0b5d9e305b1c4f7a9d5e3f3d2c1b0a99"})
    void other_text_is_no_id(String text) {
        assertThat(SessionId.parse(text)).isEmpty();
    }

    @Test
    void tokens_alone_belong_to_no_session() {
        IssuedToken access = new IssuedToken(AccessToken.of("a.b.c"), "1", START, END);
        IssuedTokens alone = IssuedTokens.alone(access);
        assertThat(alone.accessToken()).isEqualTo("a.b.c");
        assertThat(alone.refreshToken()).isEmpty();
        assertThat(alone.session()).isEmpty();
    }

    @Test
    void a_refresh_token_has_its_text_and_lifetime() {
        IssuedToken access = new IssuedToken(AccessToken.of("a.b.c"), "1", START, END);
        IssuedTokens.Refresh refresh = new IssuedTokens.Refresh(RefreshToken.of("r"), START, START.plusSeconds(7200));
        assertThat(new IssuedTokens(access, Optional.of(refresh), Optional.empty()).refreshToken())
                .contains("r");
        assertThat(refresh.lifetime()).isEqualTo(Duration.ofHours(2));
        assertThat(access.lifetime()).isEqualTo(Duration.ofHours(1));
    }

    private static Session session(@Nullable Instant ended, String client) {
        return new Session(
                new SessionId(new UUID(1, 1)), "shop", new UserId(1), START, START, END, ended, false, client);
    }
}
