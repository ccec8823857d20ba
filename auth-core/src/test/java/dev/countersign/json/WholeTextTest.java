package dev.countersign.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholeTextTest {

    private static final JsonString WHOLE = new JsonString("Hán 🚀 \uE000\uD7FF");

    @Test
    void text_of_whole_characters_is_whole() {
        assertThat(WholeText.isWhole(WHOLE.value())).isTrue();
        assertThat(WholeText.isWhole("")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD800", "\uDBFF", "\uDC00", "\uDFFF", "a\uD83D", "\uDE80\uD83D"})
    void half_a_pair_is_not_whole_wherever_it_is(String half) {
        assertThat(WholeText.isWhole(half)).isFalse();
        assertThat(WholeText.isIn(new JsonString(half))).isFalse();
        assertThat(WholeText.isIn(JsonArray.of(WHOLE, new JsonString(half)))).isFalse();
        assertThat(WholeText.isIn(JsonObject.EMPTY.with("name", new JsonString(half))))
                .isFalse();
        assertThat(WholeText.isIn(JsonObject.EMPTY.with(half, WHOLE))).isFalse();
        assertThat(WholeText.isIn(JsonArray.of(JsonObject.EMPTY.with("a", JsonArray.of(new JsonString(half))))))
                .isFalse();
    }

    @Test
    void a_value_without_half_a_pair_is_whole() {
        Json value = JsonObject.EMPTY
                .with("text", WHOLE)
                .with("list", JsonArray.of(WHOLE, JsonNull.NULL, JsonNumber.of(1)))
                .with("flag", new JsonBoolean(true));
        assertThat(WholeText.isIn(value)).isTrue();
        assertThat(WholeText.replacedIn(value)).isEqualTo(value);
    }

    @Test
    void half_a_pair_is_replaced_and_nothing_else() {
        Json value = JsonObject.EMPTY.with(
                "list", JsonArray.of(new JsonString("a\uD83Db🚀"), WHOLE, JsonNumber.of(1), new JsonString("\uDE80")));
        assertThat(WholeText.replacedIn(value))
                .isEqualTo(JsonObject.EMPTY.with(
                        "list",
                        JsonArray.of(new JsonString("a\uFFFDb🚀"), WHOLE, JsonNumber.of(1), new JsonString("\uFFFD"))));
    }
}
