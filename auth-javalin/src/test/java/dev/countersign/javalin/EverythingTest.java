package dev.countersign.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.javalin.http.RawAnswer;
import dev.countersign.javalin.http.RawRequest;
import dev.countersign.json.Json;
import dev.countersign.json.text.JsonText;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the format can say and no shipped dialect does, over HTTP: answers, tokens and errors. */
class EverythingTest extends EverythingServed {

    @Test
    void an_answer_has_its_status_headers_and_converted_values() {
        RawAnswer answer = send(login(LOGIN).header("X-Request-Id", "r 7"));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Content-Type")).isEqualTo("application/vnd.everything+json");
        assertThat(answer.header("X-Tenant")).isEqualTo("jedi");
        assertThat(answer.header("X-Request")).isEqualTo("r 7");
        assertThat(answer.header("X-Expires")).isEqualTo("2026/03/01 13:00");
        assertThat(answer.all("X-Nick")).isEmpty();
        assertThat(answer.body())
                .isEqualTo(
                        "{\"expires\":1772370000000,\"text\":\"rey until 2026-03-01T13:00:00Z, not ${this}\","
                                + "\"city\":\"Niima\",\"age\":\"19\",\"number\":42,\"empty\":[],\"nothing\":null,\"half\":0.50}");
    }

    @Test
    void trap_4_every_cookie_says_its_own_same_site() {
        List<String> cookies = send(login(LOGIN)).all("Set-Cookie");

        assertThat(cookies).hasSize(3);
        assertThat(cookies.get(0))
                .matches("session=eyJ[^;]+; Path=/; Expires=[^;]+; Max-Age=3600; Secure; HttpOnly; SameSite=Lax");
        assertThat(cookies.get(1)).startsWith("hint=").contains("Path=/me").endsWith("SameSite=Strict");
        assertThat(cookies.get(1)).doesNotContain("Secure", "HttpOnly", "\r", "stolen=1;");
        assertThat(cookies.get(2))
                .contains("Domain=example.com", "Secure", "HttpOnly")
                .endsWith("SameSite=None");
    }

    @Test
    void a_line_break_in_a_users_data_makes_no_header() {
        RawAnswer answer = send(RawRequest.get("/me").header("X-Token", token()));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("X-Nick")).startsWith("nick Rey  Set-Cookie: stolen=1");
        assertThat(answer.all("Set-Cookie")).isEmpty();
    }

    @Test
    void a_lone_surrogate_in_a_users_data_breaks_nothing() {
        assertThat(send(patch(token(), "{\"nick\":\"\\ud800 \\u0000 ;\"}")).status())
                .isEqualTo(200);
        RawAnswer answer = send(login(LOGIN));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.all("Set-Cookie").get(1)).startsWith("hint=?%20%00%20%3B; ");
    }

    @Test
    void a_token_has_its_header_and_claims_in_order_and_of_their_types() throws Exception {
        String token = token();

        assertThat(JsonText.write(part(token, 0)))
                .matches("\\{\"alg\":\"EdDSA\",\"typ\":\"JWT\",\"kid\":\"[^\"]+\",\"ctx\":\\{\"v\":1}}");
        assertThat(JsonText.write(part(token, 1)))
                .matches("\\{\"ctx\":\\{\"user\":\\{\"id\":\"11111111-2222-4333-8444-555555555555\"},"
                        + "\"list\":\\[6,\"literal\",null,1\\.50,\\[]]},\"roles\":\\[\"jedi\"],\"price\":\"costs \\$\\{5}\","
                        + "\"millis\":1772366400000,\"when\":\"2026-03-01T12:00:00Z\",\"issued\":1772366400,\"lasts\":3600,"
                        + "\"jti\":\"[0-9a-f-]{36}\",\"kind\":\"access\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EdDSA", "ES256", "RS256", "HS512"})
    void every_algorithm_signs_and_publishes_what_may_be_known(String algorithm) throws Exception {
        start(everything("alg: EdDSA", "alg: " + algorithm));
        String token = token();
        RawAnswer keys = send(RawRequest.get("/keys"));

        assertThat(part(token, 0).get("alg").map(Json::toString)).contains(algorithm);
        assertThat(send(RawRequest.get("/me").header("X-Token", token)).status())
                .isEqualTo(200);
        assertThat(keys.body()).doesNotContain("\"d\"", "\"k\"", "\"p\"");
        if (algorithm.startsWith("HS")) {
            assertThat(keys.body()).isEqualTo("{\"keys\":[]}");
        } else {
            assertThat(keys.text("/keys/0/kid"))
                    .isEqualTo(part(token, 0).get("kid").orElseThrow().toString());
        }
    }

    @Test
    void a_token_travels_in_every_place_and_the_first_one_wins() {
        String token = token();
        for (RawRequest request : List.of(
                RawRequest.get("/me").header("Cookie", "a=b; session=" + token),
                RawRequest.get("/me").header("Authorization", "bEARER  " + token),
                RawRequest.get("/me").header("Authorization", token),
                RawRequest.get("/me").header("X-Token", token),
                RawRequest.get("/me?access_token=" + token),
                RawRequest.get("/me").header("Cookie", "session=" + token).header("X-Token", "another"),
                RawRequest.get("/me?access_token=junk").header("X-Token", token))) {
            assertThat(send(request).status()).as(request.toString()).isEqualTo(200);
        }
        assertThat(send(RawRequest.get("/me").header("Cookie", "session=junk").header("X-Token", token))
                        .status())
                .isEqualTo(401);
        assertThat(send(RawRequest.get("/me").header("Cookie", "session=\"\u0001; ;;=; session"))
                        .status())
                .isLessThan(500);
    }

    @Test
    void an_operation_has_its_own_transport_and_may_answer_with_nothing() {
        String token = token();
        RawAnswer holds = send(RawRequest.post("/verify").json("{\"proof\":{\"token\":\"" + token + "\"}}"));

        assertThat(holds.status()).isEqualTo(204);
        assertThat(holds.body()).isEmpty();
        assertThat(holds.all("Content-Type")).isEmpty();
        assertThat(send(RawRequest.post("/verify").json("{}").header("X-Token", token))
                        .status())
                .isEqualTo(401);
        assertThat(send(RawRequest.post("/verify").json("{\"proof\":{\"token\":7}}"))
                        .status())
                .isEqualTo(401);
        assertThat(send(RawRequest.post("/verify").json("{\"proof\":")).status())
                .isEqualTo(400);
    }

    @Test
    void an_issue_time_ends_a_token_with_some_skew() {
        parts.clock.advance(Duration.ofMinutes(1));
        RawRequest me = RawRequest.get("/me").header("X-Token", token());

        parts.clock.advance(Duration.ofMinutes(60).plusSeconds(29));
        assertThat(send(me).status()).isEqualTo(200);
        parts.clock.advance(Duration.ofSeconds(1));
        RawAnswer expired = send(me);
        assertThat(expired.status()).isEqualTo(419);
        assertThat(expired.body()).isEqualTo("{\"expired\":true}");
        parts.clock.advance(Duration.ofHours(-2));
        assertThat(send(me).status()).isEqualTo(401);
    }

    @Test
    void errors_are_text_or_nothing_or_JSON() {
        RawAnswer text = send(login(LOGIN.replace("jakku", "tatooine")));
        assertThat(text.status()).isEqualTo(403);
        assertThat(text.header("Content-Type").replace("; ", ";")).isEqualTo("text/plain;charset=utf-8");
        assertThat(text.body()).isEqualTo("no: bad_credentials");

        RawAnswer nothing = send(RawRequest.get("/me"));
        assertThat(nothing.status()).isEqualTo(401);
        assertThat(nothing.body()).isEmpty();
        assertThat(nothing.all("Content-Type")).isEmpty();
        assertThat(nothing.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"jedi\"");

        RawAnswer method = send(RawRequest.of("DELETE", "/me"));
        assertThat(method.body()).isEqualTo("{\"allowed\":\"GET, HEAD, PATCH\",\"method\":\"DELETE\"}");
        assertThat(send(login(LOGIN).header("Content-Type", "text/<b>")).status())
                .isLessThan(500);
    }

    @Test
    void a_request_header_chooses_another_shape_of_errors() {
        RawAnswer answer = send(RawRequest.get("/me").header("Accept", "application/problem+json"));

        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("X-Shape")).isEqualTo("problem");
        assertThat(answer.header("X-Tenant")).isEqualTo("jedi");
        assertThat(answer.body()).isEqualTo("{\"title\":\"missing_token\",\"status\":401}");
        assertThat(send(RawRequest.get("/me").header("Accept", "*/*")).body()).isEmpty();
    }
}
