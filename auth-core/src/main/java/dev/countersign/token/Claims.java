package dev.countersign.token;

import static java.util.Objects.requireNonNull;

import dev.countersign.json.Json;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonPointer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;

/**
 * The header and claims of a verified token. Types are never coerced: {@code "1"} is not {@code 1}.
 *
 * @param header the JOSE header
 * @param body the claims, nested and typed
 */
public record Claims(JsonObject header, JsonObject body) {

    /** No claims and no header, as of a random token. */
    public static final Claims NONE = new Claims(JsonObject.EMPTY, JsonObject.EMPTY);

    // Twelve digits of seconds; milliseconds since 1970 have thirteen.
    private static final BigDecimal LATEST = BigDecimal.valueOf(999_999_999_999L);
    private static final BigDecimal EARLIEST = LATEST.negate();

    /** Rejects null components. */
    public Claims {
        requireNonNull(header, "header");
        requireNonNull(body, "body");
    }

    /**
     * Returns the claim at a place.
     *
     * @param at the place
     * @return the value, which may be JSON null; empty if it is absent
     */
    public Optional<Json> at(JsonPointer at) {
        return at.in(body);
    }

    /**
     * Returns a NumericDate (RFC 7519 §2).
     *
     * @param at the place
     * @return the time; empty if the value is absent, not a number, or longer than twelve digits
     */
    public Optional<Instant> time(JsonPointer at) {
        return at(at).filter(JsonNumber.class::isInstance).flatMap(json -> time(((JsonNumber) json).value()));
    }

    private static Optional<Instant> time(BigDecimal seconds) {
        if (seconds.compareTo(EARLIEST) < 0 || seconds.compareTo(LATEST) > 0 || seconds.scale() > 1000) {
            return Optional.empty();
        }
        BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
        long nanos = seconds.subtract(whole).movePointRight(9).longValue();
        return Optional.of(Instant.ofEpochSecond(whole.longValueExact(), nanos));
    }

    /**
     * Checks whether the number at a place is out of range for a time.
     *
     * @param at the place
     * @return whether the value is a number of seconds with more than twelve digits
     */
    boolean isBeyondTime(JsonPointer at) {
        return at(at).filter(JsonNumber.class::isInstance).isPresent() && time(at).isEmpty();
    }
}
