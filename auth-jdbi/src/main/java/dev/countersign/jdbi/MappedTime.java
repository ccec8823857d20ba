package dev.countersign.jdbi;

import dev.countersign.jdbi.MappedColumn.Unit;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Times of mapped columns to text and back; integers are text here too. */
final class MappedTime {

    private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private MappedTime() {}

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
            return WRITTEN.format(instant) + vendor.zoneSuffix();
        }
        try {
            long parts = Math.multiplyExact(instant.getEpochSecond(), unit.perSecond());
            return Long.toString(Math.addExact(parts, instant.getNano() / (1_000_000_000L / unit.perSecond())));
        } catch (ArithmeticException beyond) {
            throw new IllegalArgumentException("a time does not fit in 64 bits", beyond);
        }
    }

    static Instant read(String text, Unit unit) {
        if (unit == Unit.TIMESTAMP) {
            return timestamp(text);
        }
        long parts = Long.parseLong(text);
        return Instant.ofEpochSecond(
                Math.floorDiv(parts, unit.perSecond()),
                Math.floorMod(parts, unit.perSecond()) * (1_000_000_000L / unit.perSecond()));
    }

    private static Instant timestamp(String text) {
        String iso = text.strip().replace(' ', 'T');
        try {
            return OffsetDateTime.parse(iso).toInstant();
        } catch (DateTimeParseException withoutZone) {
            return LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        }
    }
}
