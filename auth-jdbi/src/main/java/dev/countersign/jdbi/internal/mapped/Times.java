package dev.countersign.jdbi.internal.mapped;

import dev.countersign.jdbi.internal.sql.Vendor;
import dev.countersign.jdbi.table.MappedColumn.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Converts times to the text of mapped columns and back; integers are text here too. */
final class Times {

    private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private Times() {}

    /**
     * The text to be stored.
     *
     * @throws IllegalArgumentException if a column of that unit cannot store it exactly
     */
    static String write(Instant instant, Unit unit, Vendor vendor) {
        if (unit == Unit.TIMESTAMP) {
            if (instant.isBefore(FIRST) || !instant.isBefore(END)) {
                throw new IllegalArgumentException("the table keeps times of the years 1 to 9999");
            }
            // A column without zone ignores the offset; such columns are in UTC.
            return WRITTEN.format(instant) + (vendor == Vendor.POSTGRESQL ? "+00:00" : "");
        }
        try {
            long parts = Math.multiplyExact(instant.getEpochSecond(), perSecond(unit));
            return Long.toString(Math.addExact(parts, instant.getNano() / (1_000_000_000L / perSecond(unit))));
        } catch (ArithmeticException beyond) {
            throw new IllegalArgumentException("a time does not fit in 64 bits", beyond);
        }
    }

    /** The SQL expression that reads a column. */
    static String selected(Unit unit, Vendor vendor, String column) {
        // This form depends neither on the session's time zone nor on the JVM's.
        return unit == Unit.TIMESTAMP && vendor == Vendor.POSTGRESQL
                ? "CAST(extract(epoch FROM " + column + ") * 1000000 AS BIGINT)"
                : column;
    }

    /** Parses the text that the expression of {@link #selected} returns. */
    static Instant read(String text, Unit written, Vendor vendor) {
        Unit unit = written == Unit.TIMESTAMP && vendor == Vendor.POSTGRESQL ? Unit.MICROSECONDS : written;
        if (unit == Unit.TIMESTAMP) {
            return timestamp(text);
        }
        long parts = Long.parseLong(text);
        return Instant.ofEpochSecond(
                Math.floorDiv(parts, perSecond(unit)),
                Math.floorMod(parts, perSecond(unit)) * (1_000_000_000L / perSecond(unit)));
    }

    private static Instant timestamp(String text) {
        String iso = text.strip().replace(' ', 'T');
        try {
            return OffsetDateTime.parse(iso).toInstant();
        } catch (DateTimeParseException withoutZone) {
            return LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        }
    }

    private static long perSecond(Unit unit) {
        return switch (unit) {
            case SECONDS -> 1;
            case MILLISECONDS -> 1_000;
            case MICROSECONDS, TIMESTAMP -> 1_000_000;
        };
    }

    /** The smallest difference that the unit can store. */
    static Duration step(Unit unit) {
        return Duration.ofSeconds(1).dividedBy(perSecond(unit));
    }
}
