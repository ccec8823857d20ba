package dev.countersign.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A contract that cannot fail shows nothing. */
class JsonMatchTest {

    private static final String TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJpZCI6MX0.c2ln";

    private final Captures captures = new Captures();

    private List<String> differences(String expected, String actual) throws JsonSyntaxException {
        return JsonMatch.differences(JsonText.read(expected), JsonText.read(actual), captures);
    }

    @Test
    void the_same_json_does_not_differ() throws JsonSyntaxException {
        assertThat(differences("{\"a\":[1,null,true,\"x\"],\"b\":{}}", "{ \"a\": [1, null, true, \"x\"], \"b\": {} }"))
                .isEmpty();
    }

    @Test
    void types_and_the_order_of_members_make_a_difference() throws JsonSyntaxException {
        assertThat(differences("{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}")).hasSize(1);
        assertThat(differences("{\"a\":1}", "{\"a\":\"1\"}")).containsExactly("at \"/a\" expected 1 but was \"1\"");
        assertThat(differences("{\"a\":null}", "{}")).hasSize(1);
        assertThat(differences("{}", "{\"a\":null}")).hasSize(1);
        assertThat(differences("[1]", "[1,2]")).hasSize(1);
    }

    @Test
    void every_difference_is_told_with_its_place() throws JsonSyntaxException {
        assertThat(differences("{\"a\":{\"b\":[1,2]},\"c\":\"x\"}", "{\"a\":{\"b\":[3,2]},\"c\":\"y\"}"))
                .containsExactly("at \"/a/b/0\" expected 1 but was 3", "at \"/c\" expected \"x\" but was \"y\"");
    }

    @Test
    void what_a_place_holds_is_remembered() throws JsonSyntaxException {
        assertThat(differences("{\"t\":\"Bearer {{t:token}}\"}", "{\"t\":\"Bearer " + TOKEN + "\"}"))
                .isEmpty();
        assertThat(captures.fill("x={{t}}")).isEqualTo("x=" + TOKEN);
        assertThat(differences("[\"{{t}}\"]", "[\"" + TOKEN + "\"]")).isEmpty();
        assertThat(differences("[\"{{t}}\"]", "[\"" + TOKEN + "x\"]")).hasSize(1);
        assertThat(JsonText.write(captures.decoded("t")))
                .isEqualTo("{\"header\":{\"alg\":\"HS256\"},\"claims\":{\"id\":1}}");
    }

    @Test
    void a_place_takes_its_kind_only() throws JsonSyntaxException {
        assertThat(differences("[\"{{:token}}\"]", "[\"no token\"]")).hasSize(1);
        assertThat(differences("[\"{{:uuid}}\"]", "[\"a52ee085-ff47-4ee1-bac3-a8a319f674ed\"]"))
                .isEmpty();
        assertThat(differences("[\"{{:uuid}}\"]", "[\"a52ee085-ff47-1ee1-bac3-a8a319f674ed\"]"))
                .hasSize(1);
        assertThat(differences("[\"{{:text}}\"]", "[1]")).hasSize(1);
    }

    @Test
    void tokens_are_spoilt_in_three_ways() throws JsonSyntaxException {
        assertThat(differences("[\"{{t:token}}\"]", "[\"" + TOKEN + "\"]")).isEmpty();
        assertThat(captures.fill("{{t|forged}}")).isEqualTo("eyJhbGciOiJIUzI1NiJ9.eyJpZCI6MX0.A2ln");
        assertThat(captures.fill("{{t|cut}}")).isEqualTo("eyJhbGciOiJIUzI1NiJ9.eyJpZCI6MX0");
        assertThat(captures.fill("{{t|unsigned}}")).isEqualTo("eyJhbGciOiJub25lIn0.eyJpZCI6MX0.");
    }

    @Test
    void what_nobody_captured_cannot_be_used() {
        assertThatThrownBy(() -> captures.fill("{{t}}")).hasMessageContaining("nothing is remembered as t");
    }
}
