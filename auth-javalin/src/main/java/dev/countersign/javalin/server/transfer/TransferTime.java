package dev.countersign.javalin.server.transfer;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Times as databases and programs print them; without an offset they are in UTC. */
final class TransferTime {

    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[' ']")
            .appendPattern("[XXX][X]['UTC']")
            .toFormatter(Locale.ROOT);
    private static final Pattern SECONDS = Pattern.compile("-?[0-9]{1,12}");

    private TransferTime() {}

    /** Reads ISO 8601, the same with a space for the T, or seconds since 1970; to the microsecond. */
    static Optional<Instant> read(String text) {
        try {
            return Optional.of(instant(text).truncatedTo(ChronoUnit.MICROS));
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    private static Instant instant(String text) {
        if (text.endsWith("Z")) {
            // Knows years beyond four digits, as they are written.
            return Instant.parse(text.replace(' ', 'T'));
        }
        if (SECONDS.matcher(text).matches()) {
            return Instant.ofEpochSecond(Long.parseLong(text));
        }
        TemporalAccessor parsed = FORMAT.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        return parsed instanceof OffsetDateTime zoned
                ? zoned.toInstant()
                : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC);
    }
}
