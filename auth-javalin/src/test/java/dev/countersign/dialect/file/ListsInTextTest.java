package dev.countersign.dialect.file;

import static dev.countersign.dialect.file.SampleFile.problems;
import static dev.countersign.dialect.file.SampleFile.replace;
import static dev.countersign.dialect.file.SampleFile.small;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists and objects have no text form: where a file tells that a slot holds one, it stands alone or is joined. */
class ListsInTextTest {

    private static final String ME = "body: {id: \"${user.uuid}\"}";
    private static final String REGISTER = """
              register:
                routes: [POST /users]
                media_types: [application/json]
                fields:
                  email: {at: /email}
                  password: {at: /password}
                  attributes.roles: {at: /roles, type: array, optional: true}
                  attributes.address.city: {at: /city, optional: true}
                  attributes.map: {at: /map, type: object, optional: true}
                  attributes.any: {at: /any, type: any, optional: true}
                answer: {status: 204}
            """;

    private static String showing(String body) {
        return replace(small(ME, body), "field_errors:", REGISTER + "field_errors:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text: \"roles ${user.attributes.roles}\"",
                "text: \"${user.attributes.roles}\"",
                "body: {a: [\"roles ${user.attributes.roles}\"]}",
                "body: {a: \"${user.attributes.roles | string}\"}",
                "headers: {X-Roles: \"${user.attributes.roles}\"}",
                "cookies: [{name: a, value: \"${user.attributes.roles}\"}]"
            })
    void a_list_in_text_is_refused_with_the_conversion_it_needs(String answer) {
        assertThat(problems(showing(answer)))
                .singleElement()
                .asString()
                .startsWith("/operations/me/answer/")
                .endsWith(
                        ": ${user.attributes.roles} is a list, which has no text form; join it: ${user.attributes.roles | join"
                                + " ', '}");
        assertThat(problems(showing(answer.replace("roles}", "roles | join ', '}")
                        .replace("roles | string}", "roles | join ', '}"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"user.attributes", "user.attributes.map", "user.attributes.address"})
    void an_object_in_text_is_refused(String slot) {
        for (String answer : new String[] {
            "text: \"a ${%s}\"",
            "text: \"${%s}\"",
            "headers: {X-A: \"${%s}\"}",
            "body: \"${%s | join ','}\"",
            "body: \"${%s | string}\""
        }) {
            assertThat(problems(showing(answer.formatted(slot))))
                    .singleElement()
                    .asString()
                    .endsWith(": ${" + slot + "} has no text form; "
                            + (answer.startsWith("body")
                                    ? "put it alone in quotes, without text around it"
                                    : "use a member that is a text, or leave it out"));
        }
    }

    @Test
    void what_may_be_a_text_is_left_to_the_answer() {
        assertThat(problems(showing(
                        "text: \"${user.attributes.any} ${user.attributes.address.city} ${user.attributes.other}"
                                + " ${user.attributes.any | join ' '}\"")))
                .isEmpty();
        assertThat(problems(showing(
                        "body: [\"${user.attributes.roles}\", \"${user.attributes.map}\", \"${user.attributes}\"]")))
                .isEmpty();
    }

    @Test
    void keys_and_flawed_fields_are_lists_and_objects_too() {
        String keys = "  keys:\n    routes: [GET /keys]\n    answer: {text: \"keys ${keys}\"}\nfield_errors:";
        assertThat(problems(small("field_errors:", keys)))
                .containsExactly("/operations/keys/answer/text: ${keys} has no text form; use a member that is a"
                        + " text, or leave it out");
        String text = "fields: \"wrong: ${fields}\"";
        String joined = "fields: \"wrong: ${fields | join ', '}\"";
        String list = "field_errors:\n  shape: list\n  each: \"${field.message}\"";
        assertThat(problems(small("fields: \"${fields}\"", text))).hasSize(1);
        assertThat(problems(small("fields: \"${fields}\"", joined))).hasSize(1);
        assertThat(problems(small("fields: \"${fields}\"", text, "field_errors:", list)))
                .singleElement()
                .asString()
                .contains("join it: ${fields | join ', '}");
        assertThat(problems(small("fields: \"${fields}\"", joined, "field_errors:", list)))
                .isEmpty();
    }

    @Test
    void what_is_no_list_is_not_joined() {
        assertThat(problems(small(ME, "body: \"${user.email | join ' '}\"")))
                .containsExactly("/operations/me/answer/body: ${user.email} is not a list; leave join out");
    }
}
