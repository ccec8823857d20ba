package dev.countersign.api;

import static dev.countersign.api.SessionApi.OPERATIONS;
import static dev.countersign.api.SessionApi.file;
import static dev.countersign.api.SessionApi.logIn;
import static dev.countersign.api.SessionApi.me;
import static dev.countersign.api.SessionApi.refresh;
import static dev.countersign.api.SessionApi.refusal;
import static dev.countersign.api.SessionApi.text;
import static dev.countersign.api.SessionApi.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The change of a password, as dialect files describe it. */
class PasswordApiTest {

    private final SessionApi stores = new SessionApi();
    private final LoginApi api = stores.mount(file(OPERATIONS));

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void a_password_change_ends_all_sessions_and_answers_with_new_tokens() {
        Answer current = logIn(api);
        Answer other = logIn(api);

        Answer changed = api.handle(with(text(current, "/access"), "POST", "/password")
                .json("{\"old\":\"kessel run in 12 parsecs\",\"new\":\"kessel run in 11 parsecs\"}"));

        assertThat(changed.status()).isEqualTo(200);
        assertThat(me(api, text(changed, "/access"))).isEqualTo(200);
        assertThat(refresh(api, text(changed, "/refresh")).status()).isEqualTo(200);
        assertThat(List.of(current, other)).allMatch(one -> me(api, text(one, "/access")) == 401);
        assertThat(List.of(current, other))
                .allMatch(one -> refresh(api, text(one, "/refresh")).status() == 401);
        assertThat(logIn(api).status()).isEqualTo(401);
        assertThat(logIn(api, "kessel run in 11 parsecs").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"new\":\"kessel run in 11 parsecs\"}",
                "{\"old\":\"wrong\",\"new\":\"kessel run in 11 parsecs\"}",
                "{\"old\":\"kessel run in 12 parsecs\"}",
                "{\"old\":\"kessel run in 12 parsecs\",\"new\":\"short\"}"
            })
    void a_password_change_that_is_refused_ends_nothing(String body) {
        Answer in = logIn(api);

        assertThat(refusal(api.handle(
                        with(text(in, "/access"), "POST", "/password").json(body))))
                .isEqualTo("400 invalid_fields");
        assertThat(me(api, text(in, "/access"))).isEqualTo(200);
        assertThat(api.plan(with("x", "POST", "/password").json(body).head()).lane())
                .isEqualTo(Plan.Lane.HASHING);
    }

    @Test
    void a_password_change_can_leave_the_presented_token_alone() {
        LoginApi lenient = stores.mount(
                file(OPERATIONS, "  lifetime: 1h\n", "  lifetime: 1h\n  revocation: others_by_password_change\n"),
                "lenient");
        Answer current = logIn(lenient);
        Answer other = logIn(lenient);

        Answer changed = lenient.handle(with(text(current, "/access"), "POST", "/password")
                .json("{\"old\":\"kessel run in 12 parsecs\",\"new\":\"kessel run in 11 parsecs\"}"));

        assertThat(text(changed, "/access")).isEqualTo(text(current, "/access"));
        assertThat(me(lenient, text(current, "/access"))).isEqualTo(200);
        assertThat(me(lenient, text(other, "/access"))).isEqualTo(401);
        assertThat(refresh(lenient, text(current, "/refresh")).status()).isEqualTo(200);
    }
}
