package dev.countersign.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableList;
import dev.countersign.json.Json;
import dev.countersign.json.JsonNull;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import org.junit.jupiter.api.Test;

class AttributeChangeTest {

    @Test
    void members_are_set_in_place_and_others_left_alone() throws JsonSyntaxException {
        assertThat(applied("{\"a\":1,\"b\":{\"c\":2,\"d\":3},\"e\":4}", change(JsonNumber.of(9), "b", "c")))
                .isEqualTo("{\"a\":1,\"b\":{\"c\":9,\"d\":3},\"e\":4}");
    }

    @Test
    void objects_on_the_way_are_made_and_other_values_replaced() throws JsonSyntaxException {
        assertThat(applied("{\"a\":1}", change(JsonNumber.of(9), "a", "b", "c"), change(JsonNull.NULL, "x")))
                .isEqualTo("{\"a\":{\"b\":{\"c\":9}},\"x\":null}");
    }

    @Test
    void the_later_change_wins() throws JsonSyntaxException {
        assertThat(applied("{}", change(JsonNumber.of(1), "a"), change(JsonNumber.of(2), "a")))
                .isEqualTo("{\"a\":2}");
    }

    @Test
    void nothing_can_be_changed_without_a_name() {
        assertThatIllegalArgumentException().isThrownBy(() -> change(JsonNull.NULL));
    }

    private static AttributeChange change(Json value, String... path) {
        return new AttributeChange(ImmutableList.copyOf(path), value);
    }

    private static String applied(String before, AttributeChange... changes) throws JsonSyntaxException {
        return JsonText.write(AttributeChange.apply((JsonObject) JsonText.read(before), ImmutableList.copyOf(changes)));
    }
}
