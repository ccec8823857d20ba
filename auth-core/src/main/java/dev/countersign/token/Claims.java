package dev.countersign.token;

import dev.countersign.json.Json;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonPointer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * A verified token's statements. Types are never coerced: {@code "1"} is not {@code 1}.
 *
 * @param header the JOSE header
 * @param body the claims, nested and typed
 */
public record Claims(JsonObject header, JsonObject body) {

    /**
     * The claim at a place.
     *
     * @param at the place
     * @return the value, which may be JSON null, or empty when it is absent
     */
    public Optional<Json> at(JsonPointer at) {
        return at.in(body);
    }

    /**
     * A NumericDate (RFC 7519 §2).
     *
     * @param at the place
     * @return the time; empty when there is none, or no number, or out of the range of {@link Instant}
     */
    public Optional<Instant> time(JsonPointer at) {
        return at(at).filter(JsonNumber.class::isInstance).flatMap(json -> time(((JsonNumber) json).value()));
    }

    private static Optional<Instant> time(BigDecimal seconds) {
        if ((long) seconds.precision() - seconds.scale() > 12 || seconds.scale() > 1000) {
            return Optional.empty();
        }
        try {
            BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
            long nanos = seconds.subtract(whole).movePointRight(9).longValue();
            return Optional.of(Instant.ofEpochSecond(whole.longValueExact(), nanos));
        } catch (DateTimeException | ArithmeticException outOfRange) {
            return Optional.empty();
        }
    }
}
