package dev.countersign.server.transfer;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads times as databases and programs print them; without an offset they are in UTC. */
final class TransferTime {

    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[' ']")
            .appendPattern("[XXX][X]['UTC']")
            .toFormatter(Locale.ROOT)
            // Without strict resolving, 30 February would become the 28th, and 24:00 the next day.
            .withResolverStyle(ResolverStyle.STRICT)
            .withChronology(IsoChronology.INSTANCE);
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Pattern SECONDS = Pattern.compile("-?[0-9]{1,12}");

    private TransferTime() {}

    /** Reads ISO 8601, also with a space in place of the T, or seconds since 1970; to the microsecond. */
    static Optional<Instant> read(String text) {
        try {
            return Optional.of(instant(text).truncatedTo(ChronoUnit.MICROS)).filter(time -> !time.isBefore(FIRST));
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    private static Instant instant(String text) {
        if (SECONDS.matcher(text).matches()) {
            return Instant.ofEpochSecond(Long.parseLong(text));
        }
        TemporalAccessor parsed = FORMAT.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        return parsed instanceof OffsetDateTime zoned
                ? zoned.toInstant()
                : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC);
    }
}
