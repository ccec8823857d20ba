package dev.countersign.api;

import static dev.countersign.api.SessionApi.file;
import static dev.countersign.api.SessionApi.logIn;
import static dev.countersign.api.SessionApi.refresh;
import static dev.countersign.api.SessionApi.refusal;
import static dev.countersign.api.SessionApi.text;
import static dev.countersign.api.SessionApi.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.io.BaseEncoding;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.text.JsonText;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes that name the user of the token, as {@code GET /records/{user.uuid}}, and tokens that name their session. */
class UserPathTest {

    private static final String OPERATIONS = """
            update:
              routes: ["PATCH /records/{user.uuid}", "PATCH /numbers/{user.id}/name"]
              media_types: [application/json]
              fields:
                attributes.name: {at: /name}
              answer: {body: {name: "${user.attributes.name}"}}
            sessions:
              routes: ["GET /numbers/{user.id}/sessions"]
              each: "${session.id}"
              answer: {body: {sessions: "${sessions}"}}
            """;

    private final SessionApi stores = new SessionApi();
    private final LoginApi api = stores.mount(file(
            OPERATIONS,
            "routes: [GET /me]",
            "routes: [GET /me, \"GET /records/{user.uuid}\"]",
            "jti: \"${token.id}\"",
            "sid: \"${session.id}\""));
    private final String access = text(logIn(api), "/access");
    private final String uuid = text(api.handle(with(access, "GET", "/me")), "/id");

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void a_path_that_names_the_user_of_the_token_is_served() throws Exception {
        Answer shown = api.handle(with(access, "GET", "/records/" + uuid));
        assertThat(shown.status()).isEqualTo(200);
        assertThat(text(shown, "/id")).isEqualTo(uuid);
        for (String path : new String[] {"/records/" + uuid, "/numbers/1/name"}) {
            Answer changed = api.handle(with(access, "PATCH", path).json("{\"name\":\"Han\"}"));
            assertThat(text(changed, "/name")).isEqualTo("Han");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /records/00000000-0000-0000-0000-000000000000",
                "GET /records/UUID/",
                "GET /records/",
                "GET /records",
                "GET /records/%30UUID",
                "GET /records/UUID;v=1",
                "GET /records/{user.uuid}",
                "GET /records/1",
                "GET /records/me",
                "GET /numbers/2/sessions",
                "GET /numbers/01/sessions",
                "PATCH /numbers/2/name"
            })
    void a_path_that_names_another_user_is_not_found(String route) {
        String[] parts = route.replace("UUID", uuid).split(" ", 2);
        assertThat(refusal(api.handle(with(access, parts[0], parts[1]).json("{\"name\":\"Eve\"}"))))
                .isEqualTo("404 not_found");
        assertThat(text(api.handle(with(access, "GET", "/me")), "/name")).isEmpty();
    }

    @Test
    void who_has_no_token_learns_nothing_from_a_path() {
        assertThat(refusal(api.handle(Request.of("GET", "/records/" + uuid)))).isEqualTo("401 missing_token");
        assertThat(refusal(api.handle(Request.of("GET", "/records/x")))).isEqualTo("401 missing_token");
        assertThat(refusal(api.handle(with("x", "GET", "/records/" + uuid)))).isEqualTo("401 malformed_token");
    }

    @Test
    void a_token_names_its_session_also_after_a_refresh() throws Exception {
        Answer first = logIn(api);
        Answer second = refresh(api, text(first, "/refresh"));
        String session = claim(text(first, "/access"));
        assertThat(claim(text(second, "/access"))).isEqualTo(session);
        assertThat(claim(access)).isNotEqualTo(session);
        Answer listed = api.handle(with(access, "GET", "/numbers/1/sessions"));
        assertThat(text(listed)).contains(session, claim(access));
    }

    private static String claim(String token) throws Exception {
        byte[] body = BaseEncoding.base64Url()
                .omitPadding()
                .decode(Splitter.on('.').splitToList(token).get(1));
        return JsonPointer.parse("/sid")
                .in(JsonText.read(new String(body, StandardCharsets.UTF_8)))
                .orElseThrow()
                .toString();
    }
}
