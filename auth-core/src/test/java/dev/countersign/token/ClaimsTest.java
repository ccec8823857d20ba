package dev.countersign.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.json.Json;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsTest {

    private static final JsonPointer AT = JsonPointer.parse("/t");

    @ParameterizedTest
    @CsvSource({
        "0,1970-01-01T00:00:00Z",
        "1550000000,2019-02-12T19:33:20Z",
        "1550000000.0,2019-02-12T19:33:20Z",
        "1.55e9,2019-02-12T19:33:20Z",
        "1550000000.25,2019-02-12T19:33:20.250Z",
        "1550000000.0000000019,2019-02-12T19:33:20.000000001Z",
        "-1,1969-12-31T23:59:59Z",
        "-0.5,1969-12-31T23:59:59.500Z",
        "999999999999,+33658-09-27T01:46:39Z"
    })
    void a_numeric_date_is_a_time(String number, Instant time) throws JsonSyntaxException {
        assertThat(claims(number).time(AT)).contains(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"1550000000\"",
                "\"2019-02-12T19:33:20Z\"",
                "null",
                "true",
                "[1550000000]",
                "{}",
                "1e12",
                "1550000000000",
                "1e30",
                "-1e30"
            })
    void nothing_else_is(String json) throws JsonSyntaxException {
        assertThat(claims(json).time(AT)).isEmpty();
        assertThat(claims(json).at(AT)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e2147483647", "0e2147483647", "1e-2147483647", "1e999999999", "1e-999999999"})
    void exponents_without_bounds_cost_nothing(String number) {
        // Not read from text: the reader refuses these before.
        Claims claims = claims(new JsonNumber(new BigDecimal(number)));
        assertThat(claims.time(AT)).isIn(java.util.Optional.empty(), java.util.Optional.of(Instant.EPOCH));
    }

    @Test
    void an_absent_claim_is_none() throws JsonSyntaxException {
        assertThat(claims("1").at(JsonPointer.parse("/x"))).isEmpty();
        assertThat(claims("1").time(JsonPointer.parse("/x"))).isEmpty();
    }

    @Test
    void nested_claims_are_found() throws JsonSyntaxException {
        assertThat(claims("{\"u\":[{\"at\":1}]}").time(JsonPointer.parse("/t/u/0/at")))
                .contains(Instant.ofEpochSecond(1));
    }

    private static Claims claims(String json) throws JsonSyntaxException {
        return claims(JsonText.read(json));
    }

    private static Claims claims(Json value) {
        return new Claims(JsonObject.EMPTY, JsonObject.EMPTY.with("t", value));
    }
}
