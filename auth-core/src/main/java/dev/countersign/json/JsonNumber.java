package dev.countersign.json;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.OptionalLong;

/** A JSON number, kept exactly: ids beyond 2^53 lose nothing. Integers of 64 bits are equal however they were written. */
public record JsonNumber(BigDecimal value) implements Json {

    /** Refuses a missing number. */
    public JsonNumber {
        OptionalLong integer = integer(requireNonNull(value));
        value = integer.isPresent() ? BigDecimal.valueOf(integer.getAsLong()) : value;
    }

    /**
     * An integer.
     *
     * @param value any 64-bit integer
     * @return the JSON number
     */
    public static JsonNumber of(long value) {
        return new JsonNumber(BigDecimal.valueOf(value));
    }

    /**
     * The number as a 64-bit integer.
     *
     * @return the integer, or empty when the number has a fraction or does not fit
     */
    public OptionalLong asLong() {
        return integer(value);
    }

    private static OptionalLong integer(BigDecimal value) {
        try {
            return OptionalLong.of(value.longValueExact());
        } catch (ArithmeticException notAnInteger) {
            return OptionalLong.empty();
        }
    }

    @Override
    public String typeName() {
        return "number";
    }

    @Override
    public String toString() {
        return asLong().isPresent() ? Long.toString(asLong().getAsLong()) : value.toString();
    }
}
