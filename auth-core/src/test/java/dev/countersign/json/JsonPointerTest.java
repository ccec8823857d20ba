package dev.countersign.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPointerTest {

    /** The document of RFC 6901 §5, as far as it tells anything. */
    private static final JsonObject DOCUMENT = JsonObject.of(ImmutableMap.<String, Json>builder()
            .put("foo", JsonArray.of(new JsonString("bar"), new JsonString("baz")))
            .put("", JsonNumber.of(0))
            .put("a/b", JsonNumber.of(1))
            .put("c%d", JsonNumber.of(2))
            .put("i\\j", JsonNumber.of(5))
            .put(" ", JsonNumber.of(7))
            .put("m~n", JsonNumber.of(8))
            .put("none", JsonNull.NULL)
            .put("01", JsonNumber.of(9))
            .buildOrThrow());

    @ParameterizedTest
    @CsvSource({
        "/foo/0,bar",
        "/foo/1,baz",
        "/,0",
        "/a~1b,1",
        "/c%d,2",
        "/i\\j,5",
        "'/ ',7",
        "/m~0n,8",
        "/01,9",
        "/none,null"
    })
    void places_are_found(String pointer, String value) {
        assertThat(JsonPointer.parse(pointer).in(DOCUMENT)).map(Json::toString).contains(value);
    }

    @Test
    void the_empty_pointer_is_the_whole() {
        assertThat(JsonPointer.parse("")).isEqualTo(JsonPointer.ROOT);
        assertThat(JsonPointer.ROOT.in(DOCUMENT)).contains(DOCUMENT);
        assertThat(JsonPointer.ROOT.leaf()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/bar",
                "/foo/2",
                "/foo/-",
                "/foo/-1",
                "/foo/00",
                "/foo/01",
                "/foo/+1",
                "/foo/1e0",
                "/foo/9999999999",
                "/foo/x",
                "/none/x",
                "/foo/0/0"
            })
    void places_that_do_not_exist_are_empty(String pointer) {
        assertThat(JsonPointer.parse(pointer).in(DOCUMENT)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", " /foo", "#/foo", "/a~b", "/~", "/~2", "/a~", "/a\n~b"})
    void what_is_no_pointer_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> JsonPointer.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/a/b", "/a~1b/~0", "/~01", "//", "/é/🐎"})
    void the_text_form_is_read_back(String text) {
        assertThat(JsonPointer.parse(text)).hasToString(text);
    }

    @Test
    void a_tilde_before_a_one_is_unescaped_once() {
        assertThat(JsonPointer.parse("/~01").segments()).containsExactly("~1");
        assertThat(JsonPointer.ROOT.child("~1")).hasToString("/~01");
    }

    @Test
    void a_child_is_one_segment_more() {
        JsonPointer child = JsonPointer.parse("/a").child("b/c");
        assertThat(child.segments()).isEqualTo(ImmutableList.of("a", "b/c"));
        assertThat(child.leaf()).isEqualTo("b/c");
    }
}
