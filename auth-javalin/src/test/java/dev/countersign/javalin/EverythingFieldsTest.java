package dev.countersign.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.countersign.javalin.http.Asked;
import dev.countersign.javalin.http.RawAnswer;
import dev.countersign.javalin.http.RawRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the format can say and no shipped dialect does, over HTTP: what requests hold. */
class EverythingFieldsTest extends EverythingServed {

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
    void an_attribute_that_would_be_nested_too_deeply_to_be_stored_is_refused() throws Exception {
        start(everything(
                "attributes.any: {at: /any,",
                "attributes.a.b.c: {at: /deep, type: any, optional: true}\n      attributes.any: {at: /any,"));
        String body = "{\"name\":\"bb8\",\"password\":\"long enough\",\"deep\":%s%s}";

        RawAnswer deep = send(RawRequest.post("/users").json(body.formatted("[".repeat(30), "]".repeat(30))));
        assertThat(deep.status()).isEqualTo(422);
        assertThat(deep.text("/fields/deep/message")).isEqualTo("deep is odd");
        RawAnswer deepest = send(RawRequest.post("/users").json(body.formatted("[".repeat(29), "]".repeat(29))));
        assertThat(deepest.status()).isEqualTo(202);
    }

    @Test
    void a_password_of_few_characters_and_too_many_bytes_is_reported_with_the_bytes() throws Exception {
        start(everything("    wrong: no", "    too_long: over ${field.limit}\n    wrong: no"));
        assertThat(send(register("🐎".repeat(19))).text("/first")).isEqualTo("over " + longestBytes());
        assertThat(send(register("x".repeat(65))).text("/first")).isEqualTo("over 64");
        start(everything(
                "    wrong: no", "    too_many_bytes: bytes over ${field.limit}\n    wrong: no ${field.limit}"));
        assertThat(send(register("🐎".repeat(19))).text("/first")).isEqualTo("bytes over " + longestBytes());
        RawAnswer wrong = send(patch(token(), "{\"password\":{\"new\":\"master skywalker\",\"old\":\"guessed\"}}"));
        assertThat(wrong.text("/fields/password/old/message")).isEqualTo("no ");
    }

    private int longestBytes() {
        assertThat(parts.hasher.longestBytes()).isLessThan(19 * 4);
        return parts.hasher.longestBytes();
    }

    private static RawRequest register(String password) {
        return RawRequest.post("/users").json("{\"name\":\"bb8\",\"password\":\"" + password + "\"}");
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
