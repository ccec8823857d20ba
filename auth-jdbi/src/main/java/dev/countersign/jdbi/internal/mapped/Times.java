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

/** Times of mapped columns to text and back; integers are text here too. */
final class Times {

    private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private Times() {}

    /**
     * The text that is stored.
     *
     * @throws IllegalArgumentException if a column of that kind could not give it back
     */
    static String write(Instant instant, Unit unit, Vendor vendor) {
        if (unit == Unit.TIMESTAMP) {
            if (instant.isBefore(FIRST) || !instant.isBefore(END)) {
                throw new IllegalArgumentException("the table keeps times of the years 1 to 9999");
            }
            // Ignored by a column without zone, as it should be: such columns are in UTC.
            return WRITTEN.format(instant) + (vendor == Vendor.POSTGRESQL ? "+00:00" : "");
        }
        try {
            long parts = Math.multiplyExact(instant.getEpochSecond(), perSecond(unit));
            return Long.toString(Math.addExact(parts, instant.getNano() / (1_000_000_000L / perSecond(unit))));
        } catch (ArithmeticException beyond) {
            throw new IllegalArgumentException("a time does not fit in 64 bits", beyond);
        }
    }

    /** The expression to read a column by. */
    static String selected(Unit unit, Vendor vendor, String column) {
        // Neither the session's zone nor the JVM's has a say in this form.
        return unit == Unit.TIMESTAMP && vendor == Vendor.POSTGRESQL
                ? "CAST(extract(epoch FROM " + column + ") * 1000000 AS BIGINT)"
                : column;
    }

    /** Reads what that expression gives. */
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

    /** The smallest step of such a time. */
    static Duration step(Unit unit) {
        return Duration.ofSeconds(1).dividedBy(perSecond(unit));
    }
}
