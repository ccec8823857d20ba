package dev.countersign.event;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * Writes events as lines of {@code key=value} pairs (logfmt). A value with anything but plain ASCII text stands in quotes, and control, format, bidirectional
 * and other invisible characters are escaped, so that no client can add a line or a pair to a log (ASVS 16.4.1).
 */
public final class EventLine {

    private EventLine() {}

    /**
     * An event in one line.
     *
     * @param event the event
     * @return the line, without its time, which loggers write
     */
    public static String of(SecurityEvent event) {
        return of(EventRecord.of(requireNonNull(event, "event")));
    }

    /**
     * An event in one line.
     *
     * @param event the event
     * @return the line, without its time, which loggers write
     */
    public static String of(EventRecord event) {
        requireNonNull(event, "event");

        StringBuilder line = new StringBuilder();
        add(line, "event", event.kind());
        event.user().ifPresent(user -> add(line, "user", user.toString()));
        add(line, "by", event.by());
        add(line, "address", event.address());
        add(line, "mount", event.mount());
        event.details().forEach((name, value) -> add(line, name, value));
        add(line, "client", event.client());
        return line.toString();
    }

    private static void add(StringBuilder line, String name, String value) {
        if (value.isEmpty()) {
            return;
        }
        if (line.length() > 0) {
            line.append(' ');
        }
        line.append(name).append('=');
        if (value.chars().allMatch(EventLine::isPlain)) {
            line.append(value);
        } else {
            line.append('"');
            value.codePoints().forEach(c -> line.append(escaped(c)));
            line.append('"');
        }
    }

    private static boolean isPlain(int c) {
        return c > ' ' && c < 0x7F && c != '"' && c != '=' && c != '\\';
    }

    /**
     * A text in one line of a terminal or a log.
     *
     * @param text any text
     * @return the text, with invisible characters, quotes and backslashes escaped
     */
    public static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> safe.append(escaped(c)));
        return safe.toString();
    }

    private static String escaped(int c) {
        if (c == '"' || c == '\\') {
            return "\\" + (char) c;
        }
        if (isVisible(c)) {
            return Character.toString(c);
        }
        return c > 0xFFFF ? String.format(Locale.ROOT, "\\U%08x", c) : String.format(Locale.ROOT, "\\u%04x", c);
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> c == ' ' || Character.getType(c) != Character.SPACE_SEPARATOR;
        };
    }
}
