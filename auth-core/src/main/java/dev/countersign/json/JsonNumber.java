package dev.countersign.json;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A JSON number with its exact value: ids above 2^53 keep all digits. 64-bit integers are equal regardless of their notation.
 *
 * @param value the number; an integer written with a fraction or an exponent has a scale
 */
public record JsonNumber(BigDecimal value) implements Json {

    /** Rejects null. */
    public JsonNumber {
        requireNonNull(value, "value");
    }

    /** Creates an integer.
     *
     * @param value any 64-bit integer
     * @return the JSON number
     */
    public static JsonNumber of(long value) {
        return new JsonNumber(BigDecimal.valueOf(value));
    }

    /**
     * Returns the number as a 64-bit integer.
     *
     * @return the integer; empty if the number has a fraction or does not fit
     */
    public OptionalLong asLong() {
        try {
            return OptionalLong.of(value.longValueExact());
        } catch (ArithmeticException notAnInteger) {
            return OptionalLong.empty();
        }
    }

    /** {@return whether this is a 64-bit integer in plain notation: {@code 3}, not {@code 3.0} or {@code 3e0}} */
    public boolean isPlainInteger() {
        return value.scale() == 0 && asLong().isPresent();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonNumber number
                && (asLong().isPresent() ? asLong().equals(number.asLong()) : value.equals(number.value));
    }

    @Override
    public int hashCode() {
        return asLong().isPresent() ? Long.hashCode(asLong().getAsLong()) : value.hashCode();
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
