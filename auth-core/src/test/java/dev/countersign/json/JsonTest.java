package dev.countersign.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {

    private static final JsonString A = new JsonString("a");

    @Test
    void objects_are_equal_whatever_the_order_and_keep_the_one_they_have() {
        JsonObject one = JsonObject.of(ImmutableMap.of("x", A, "y", JsonNull.NULL));
        JsonObject two = JsonObject.of(ImmutableMap.of("y", JsonNull.NULL, "x", A));
        assertThat(one).isEqualTo(two).hasSameHashCodeAs(two);
        assertThat(two.members().keySet()).containsExactly("y", "x");
    }

    @Test
    void setting_a_member_keeps_its_place_and_leaves_the_original_alone() {
        JsonObject object = JsonObject.of(ImmutableMap.of("x", A, "y", A));
        JsonObject changed = object.with("x", JsonNull.NULL).with("z", A);
        assertThat(changed.members().keySet()).containsExactly("x", "y", "z");
        assertThat(changed.get("x")).contains(JsonNull.NULL);
        assertThat(object.get("x")).contains(A);
    }

    @Test
    void null_is_a_value_and_an_absent_member_is_none() {
        JsonObject object = JsonObject.EMPTY.with("x", JsonNull.NULL);
        assertThat(object.get("x")).contains(JsonNull.NULL);
        assertThat(object.get("y")).isEmpty();
        assertThat(JsonNull.NULL.isNull()).isTrue();
        assertThat(A.isNull()).isFalse();
    }

    @Test
    void a_number_is_no_string() {
        assertThat(JsonNumber.of(1)).isNotEqualTo(new JsonString("1"));
        assertThat(JsonNumber.of(1).asString()).isEmpty();
        assertThat(new JsonString("1").asString()).contains("1");
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "-1,-1",
        "9223372036854775807,9223372036854775807",
        "9223372036854775808,",
        "1.5,",
        "1.0,1",
        "1e3,1000",
        "1e-1,",
        "1e99999999,",
        "1e-99999999,",
        "1e2147483647,",
        "0e2147483647,0"
    })
    void only_what_is_a_64_bit_integer_is_one(BigDecimal number, Long integer) {
        assertThat(new JsonNumber(number).asLong().isPresent()).isEqualTo(integer != null);
        if (integer != null) {
            assertThat(new JsonNumber(number).asLong()).hasValue(integer);
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1.0", "1000,1e3", "0,0e5", "-7,-7.00"})
    void equal_integers_are_equal_however_they_are_written(BigDecimal one, BigDecimal other) {
        assertThat(new JsonNumber(one)).isEqualTo(new JsonNumber(other)).hasSameHashCodeAs(new JsonNumber(other));
        assertThat(new JsonNumber(one)).hasToString(new JsonNumber(other).toString());
    }

    @Test
    void other_numbers_are_other_numbers() {
        JsonNumber half = new JsonNumber(new BigDecimal("1.5"));
        assertThat(half).isEqualTo(new JsonNumber(new BigDecimal("1.5"))).hasToString("1.5");
        assertThat(half).isNotEqualTo(JsonNumber.of(1)).isNotEqualTo(new JsonNumber(new BigDecimal("1.25")));
        assertThat(half.hashCode()).isNotEqualTo(JsonNumber.of(1).hashCode());
        assertThat(JsonNumber.of(1).hashCode()).isNotEqualTo(JsonNumber.of(2).hashCode());
    }

    @ParameterizedTest
    @CsvSource({"7,true", "7.0,false", "7e1,false", "9223372036854775807,true", "9223372036854775808,false"})
    void a_plain_integer_has_neither_point_nor_exponent(BigDecimal number, boolean plain) {
        assertThat(new JsonNumber(number).isPlainInteger()).isEqualTo(plain);
    }

    @Test
    void values_print_themselves() {
        Json list = JsonArray.of(A, new JsonBoolean(true), JsonNull.NULL);
        assertThat(JsonObject.EMPTY.with("x", list)).hasToString("{x=[a, true, null]}");
        assertThat(list).isEqualTo(JsonArray.of(((JsonArray) list).items()));
    }

    @Test
    void types_are_named() {
        assertThat(JsonObject.EMPTY.typeName()).isEqualTo("object");
        assertThat(JsonArray.of().typeName()).isEqualTo("array");
        assertThat(A.typeName()).isEqualTo("string");
        assertThat(JsonNumber.of(1).typeName()).isEqualTo("number");
        assertThat(new JsonBoolean(true).typeName()).isEqualTo("boolean");
        assertThat(JsonNull.NULL.typeName()).isEqualTo("null");
    }
}
