package dev.countersign.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.io.Resources;
import dev.countersign.dialect.Dialect;
import dev.countersign.javalin.dialect.DialectReader;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.RawAnswer;
import dev.countersign.javalin.http.RawRequest;
import dev.countersign.javalin.http.RunningApp;
import dev.countersign.json.Json;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.text.JsonText;
import dev.countersign.password.RawPassword;
import dev.countersign.user.Identifier;
import dev.countersign.user.NewUser;
import dev.countersign.user.UserStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the format can say and no shipped dialect does, over HTTP. */
class EverythingTest {

    private static final String LOGIN =
            "{\"strategy\":\"local\",\"credentials\":{\"login\":\"rey\",\"secret\":\"from jakku, nowhere\"}}";

    private final RunningApp.Parts parts = new RunningApp.Parts();
    private RunningApp app = null;

    static Dialect everything(String... replaced) throws Exception {
        String text = Resources.toString(
                Resources.getResource(EverythingTest.class, "everything.yaml"), StandardCharsets.UTF_8);
        for (int i = 0; i < replaced.length; i += 2) {
            assertThat(text).contains(replaced[i]);
            text = text.replace(replaced[i], replaced[i + 1]);
        }
        return DialectReader.read("everything.yaml", text, Map.of("tenant", "jedi", "unknown", "ignored"));
    }

    @BeforeEach
    void start() throws Exception {
        start(everything());
    }

    private void start(Dialect dialect) {
        stop();
        app = RunningApp.start(parts.mount(dialect));
    }

    @AfterEach
    void stop() {
        if (app != null) {
            app.close();
        }
    }

    @BeforeEach
    void storeRey() {
        JsonObject attributes = JsonObject.of(Map.of(
                "nick", new JsonString("Rey\r\nSet-Cookie: stolen=1; é\u2028"),
                "age", JsonNumber.of(19),
                "digits", new JsonString("42"),
                "roles", JsonArray.of(List.of(new JsonString("jedi"))),
                "address", JsonObject.of(Map.of("city", new JsonString("Niima")))));
        try (RawPassword password = RawPassword.of("from jakku, nowhere")) {
            parts.users.insert(new NewUser(
                    UUID.fromString("11111111-2222-4333-8444-555555555555"),
                    null,
                    Identifier.username("rey").orElseThrow(),
                    UserStatus.ACTIVE,
                    attributes,
                    parts.hasher.hash(password),
                    parts.clock.instant()));
        }
    }

    private static RawRequest login(String body) {
        return RawRequest.post("/auth?grant_type=password")
                .header("X-Api-Version", "2")
                .header("X-Client", "test")
                .json(body);
    }

    private RawAnswer send(RawRequest request) {
        return app.send(request);
    }

    private String token() {
        RawAnswer answer = send(login(LOGIN));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return Asked.token(answer);
    }

    private static JsonObject part(String token, int index) throws Exception {
        byte[] json = Base64.getUrlDecoder()
                .decode(Splitter.on('.').splitToList(token).get(index));
        return (JsonObject) JsonText.read(json);
    }

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
    void required_headers_and_constants_are_asked_for_first() {
        RawRequest none = RawRequest.post("/v1/accounts:signIn").json(LOGIN);
        RawRequest wrong = RawRequest.post("/v1/accounts:signIn")
                .header("X-Api-Version", "3")
                .header("X-Client", "test")
                .json(LOGIN);

        assertThat(send(none).body()).isEqualTo("{\"header\":\"X-Api-Version\"}");
        assertThat(send(wrong).status()).isEqualTo(428);
        for (String constant : List.of("\"other\"", "null", "[\"local\"]")) {
            RawAnswer answer = send(login(LOGIN.replace("\"local\"", constant)));
            assertThat(answer.status()).isEqualTo(418);
            assertThat(answer.body())
                    .isEqualTo("{\"reason\":\"wrong_constant\",\"message\":\"no good\",\"status\":418}");
        }
    }

    @Test
    void a_media_type_can_be_assumed_and_forms_are_read_by_the_same_pointers() {
        RawRequest base = RawRequest.post("/v1/accounts:signIn")
                .header("X-Api-Version", "2")
                .header("X-Client", "test");
        assertThat(send(base.body(LOGIN)).status()).isEqualTo(201);
        RawRequest form = login("")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body("");
        assertThat(send(form).status()).isGreaterThanOrEqualTo(400);
        RawRequest encoded = RawRequest.post("/v1/accounts:signIn")
                .header("X-Api-Version", "2")
                .header("X-Client", "test")
                .header("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8")
                .body("strategy=local&credentials[login]=rey&credentials%5Bsecret%5D=from+jakku%2C+nowhere");
        assertThat(send(encoded).status()).isEqualTo(201);
        String parts = "--b%nContent-Disposition: form-data; name=\"strategy\"%n%nlocal%n"
                + "--b%nContent-Disposition: form-data; name=\"credentials[login]\"%n%nrey%n"
                + "--b%nContent-Disposition: form-data; name=\"credentials[secret]\"%n%nfrom jakku, nowhere%n--b--%n";
        RawRequest multipart = RawRequest.post("/v1/accounts:signIn")
                .header("X-Api-Version", "2")
                .header("X-Client", "test")
                .header("Content-Type", "multipart/form-data; boundary=\"b\"")
                .body(parts.replace("%n", "\r\n"));
        assertThat(send(multipart).status()).isEqualTo(201);
    }

    @Test
    void flawed_fields_are_nested_with_codes_and_the_first_is_told() {
        RawAnswer answer = send(login("{\"strategy\":\"local\",\"credentials\":{\"secret\":null}}"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.header("X-First")).isEqualTo("E1 login is needed");
        assertThat(answer.body())
                .isEqualTo("{\"first\":\"login is needed\",\"fields\":{\"credentials\":{\"login\":"
                        + "{\"code\":\"E1\",\"message\":\"login is needed\",\"at\":\"/credentials/login\"}}}}");
        assertThat(send(login("{\"strategy\":\"local\",\"credentials\":{\"login\":\"rey\",\"secret\":null}}"))
                        .text("/first"))
                .isEqualTo("pass is null");
    }

    @Test
    void flawed_fields_may_be_a_list_of_all() throws Exception {
        start(everything("shape: nested", "shape: list", "report: first", "report: all"));

        RawAnswer answer = send(login("{\"strategy\":\"local\"}"));
        assertThat(answer.text("/fields"))
                .isEqualTo("[{\"code\":\"E1\",\"message\":\"login is needed\",\"at\":\"/credentials/login\"},"
                        + "{\"code\":\"E1\",\"message\":\"pass is needed\",\"at\":\"/credentials/secret\"}]");
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

    @Test
    void every_type_of_attribute_is_kept() {
        RawAnswer answer = send(RawRequest.post("/users")
                .json("{\"name\":2187,\"password\":\"not finn's one\",\"age\":23,\"weight\":80.50,\"member\":false,"
                        + "\"roles\":[1,\"two\"],\"address\":{\"city\":\"D'Qar\"},\"any\":null,\"motto\":\"\"}"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(409);
        RawAnswer stored = send(RawRequest.post("/users")
                .json("{\"name\":2188,\"password\":\"not finn's one\",\"age\":23,\"weight\":80.50,\"member\":false,"
                        + "\"roles\":[1,\"two\"],\"address\":{\"city\":\"D'Qar\"},\"any\":null,\"motto\":\"\"}"));
        assertThat(stored.status()).isEqualTo(202);
        assertThat(stored.body()).isEqualTo("welcome 2188");

        RawAnswer login = send(
                login("{\"strategy\":\"local\",\"credentials\":{\"login\":\"2188\",\"secret\":\"not finn's one\"}}"));
        RawAnswer me = send(RawRequest.get("/me").header("X-Token", Asked.token(login)));
        assertThat(me.text("/attributes"))
                .isEqualTo("{\"age\":23,\"weight\":80.50,\"member\":false,\"roles\":[1,\"two\"],"
                        + "\"address\":{\"city\":\"D'Qar\"},\"any\":null,\"motto\":\"\"}");
        assertThat(me.body()).doesNotContain("changed");
    }

    @Test
    void attributes_of_other_types_are_refused_each_in_its_words() {
        RawAnswer answer = send(
                RawRequest.post("/users")
                        .json(
                                "{\"name\":\"bb8\",\"password\":\"short\",\"age\":2.5,\"weight\":\"1\",\"member\":0,\"roles\":{},\"address\":[]}"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("/fields/age/message")).isEqualTo("an age is a whole number");
        for (String name : ImmutableList.of("weight", "member", "roles", "address")) {
            assertThat(answer.text("/fields/" + name + "/message")).isEqualTo(name + " is odd");
        }
        assertThat(send(RawRequest.post("/users").json("{\"name\":\"bb8\",\"password\":\"short\"}"))
                        .text("/first"))
                .isEqualTo("fewer than 8");
    }

    @Test
    void an_update_changes_what_is_there_and_keeps_the_rest() {
        String token = token();
        RawAnswer answer = send(patch(token, "{\"nick\":\"\",\"city\":\"Ahch-To\"}"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/markdown");
        assertThat(answer.body()).isEqualTo("# ");
        RawAnswer me = send(RawRequest.get("/me").header("X-Token", token));
        assertThat(me.text("/attributes/address")).isEqualTo("{\"city\":\"Ahch-To\"}");
        assertThat(me.text("/attributes/nick")).isEqualTo("null");
        assertThat(me.text("/attributes/age")).isEqualTo("19");
    }

    private static RawRequest patch(String token, String body) {
        return RawRequest.of("PATCH", "/me").header("X-Token", token).json(body);
    }

    @Test
    void a_password_changes_only_with_the_current_one() {
        String token = token();
        RawAnswer without = send(patch(token, "{\"password\":{\"new\":\"master skywalker\"}}"));
        assertThat(without.status()).isEqualTo(422);
        assertThat(without.text("/fields/password/old/code")).isEqualTo("E1");
        RawAnswer wrong = send(patch(token, "{\"password\":{\"new\":\"master skywalker\",\"old\":\"guessed\"}}"));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.text("/fields/password/old/code")).isEqualTo("E9");
        assertThat(send(login(LOGIN)).status()).isEqualTo(201);

        parts.clock.advance(Duration.ofSeconds(5));
        assertThat(send(patch(token, "{\"password\":{\"new\":\"master skywalker\",\"old\":\"from jakku, nowhere\"}}"))
                        .status())
                .isEqualTo(200);
        assertThat(send(login(LOGIN)).status()).isEqualTo(403);
        assertThat(send(RawRequest.get("/me").header("X-Token", token)).status())
                .isEqualTo(401);
    }
}
