package dev.countersign.template;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Formats a time with a {@link DateTimeFormatter} pattern, in UTC and with English names. */
record DatePattern(DateTimeFormatter format) implements Conversion {

    // The output of these letters depends on the JDK release or the locale.
    private static final String UNSTABLE_LETTERS = "GYwWecFgBv";

    static DatePattern of(String pattern) {
        checkLetters(pattern);
        try {
            // Locale.ROOT has no full names: it writes Sep for September.
            DateTimeFormatter format =
                    DateTimeFormatter.ofPattern(pattern, Locale.US).withZone(ZoneOffset.UTC);
            return new DatePattern(checked(format));
        } catch (DateTimeException | IllegalArgumentException unusable) {
            throw new SlotException(
                    "the date pattern " + pattern + ": " + unusable.getMessage(),
                    "a pattern such as 'yyyy-MM-dd HH:mm', letters that are text in doubled quotes: 'yyyy-MM-dd''T''HH:mm'");
        }
    }

    /** Rejects a valid pattern that writes nothing. */
    private static DateTimeFormatter checked(DateTimeFormatter format) {
        if (format.format(Instant.EPOCH).isEmpty()) {
            throw new DateTimeException("it writes nothing");
        }
        return format;
    }

    private static void checkLetters(String pattern) {
        boolean literal = false;
        boolean letters = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            literal ^= c == '\'';
            boolean letter = !literal && Character.isLetter(c);
            letters |= letter;
            if (letter && UNSTABLE_LETTERS.indexOf(c) >= 0) {
                throw new SlotException(
                        "the letter " + c + " in the date pattern " + pattern,
                        "letters that mean the same everywhere: y M d for the date, H h a m s S for the time, E D Q, X x Z z"
                                + " for the zone");
            }
        }
        if (!letters) {
            throw new SlotException("the date pattern '" + pattern + "' shows nothing of the time", "yyyy-MM-dd");
        }
    }

    @Override
    public boolean writesTime() {
        return true;
    }

    @Override
    public SlotValue apply(SlotValue value) {
        if (value instanceof SlotValue.OfTime time) {
            return write(time.value());
        }
        return Conversion.time(((SlotValue.OfJson) value).value())
                .map(this::write)
                .orElse(SlotValue.ABSENT);
    }

    private SlotValue write(Instant time) {
        try {
            return SlotValue.of(format.format(time));
        } catch (DateTimeException outOfRange) {
            return SlotValue.ABSENT;
        }
    }
}
