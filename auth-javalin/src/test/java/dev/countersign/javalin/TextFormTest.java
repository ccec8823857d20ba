package dev.countersign.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.javalin.http.RawAnswer;
import dev.countersign.javalin.http.RawRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What only turns out to be a list or an object when a request is answered is left out of a text, or joined. */
class TextFormTest extends EverythingServed {

    private static final String ATTRIBUTES = "attributes: \"${user.attributes}\"";

    @BeforeEach
    void showAttributesAsText() throws Exception {
        start(everything(
                ATTRIBUTES,
                "text: \"<${user.attributes.any}>\"\n        joined: \"<${user.attributes.any | join '+'}>\"\n"
                        + "        string: \"${user.attributes.any | string | default 'none'}\"",
                "routes: [GET /me]\n    answer:",
                "routes: [GET /me]\n    answer:\n      headers: {X-Any: \"${user.attributes.any}\","
                        + " X-Joined: \"${user.attributes.any | join ' '}\"}",
                "attributes.nick: {at: /nick,",
                "attributes.any: {at: /any, type: any, optional: true, nullable: true}\n      attributes.nick: {at: /nick,",
                "text: \"# ${user.attributes.nick}\"",
                "text: \"${user.attributes.any}\""));
    }

    private RawAnswer meAfter(String value) {
        String token = token();
        RawAnswer changed = send(patch(token, "{\"any\":" + value + "}"));
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        assertThat(changed.body()).isEqualTo(value.startsWith("\"") ? value.substring(1, value.length() - 1) : "");
        return send(RawRequest.get("/me").header("X-Token", token));
    }

    @Test
    void a_list_is_left_out_of_a_text_and_joined_where_the_file_says_so() {
        RawAnswer me = meAfter("[\"ROLE_ADMIN\",\"ROLE_USER\",7,null]");

        assertThat(me.text("/text")).isEqualTo("<>");
        assertThat(me.text("/joined")).isEqualTo("<ROLE_ADMIN+ROLE_USER+7>");
        assertThat(me.text("/string")).isEqualTo("none");
        assertThat(me.all("X-Any")).isEmpty();
        assertThat(me.header("X-Joined")).isEqualTo("ROLE_ADMIN ROLE_USER 7");
        assertThat(me.toString()).doesNotContain("[ROLE_ADMIN");
    }

    @Test
    void an_object_is_left_out_of_a_text() {
        RawAnswer me = meAfter("{\"a\":[1]}");

        assertThat(me.text("/text")).isEqualTo("<>");
        assertThat(me.text("/joined")).isEqualTo("<>");
        assertThat(me.all("X-Any")).isEmpty();
    }

    @Test
    void a_text_is_put_in_as_it_is() {
        RawAnswer me = meAfter("\"one\"");

        assertThat(me.text("/text")).isEqualTo("<one>");
        assertThat(me.text("/joined")).isEqualTo("<one>");
        assertThat(me.header("X-Any")).isEqualTo("one");
    }
}
