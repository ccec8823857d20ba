package dev.countersign.event;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import dev.countersign.user.UserId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A security event in the flat form of logs and tables. Its kind is text, so that a release reads events of later ones. Texts are cut, and characters that
 * a database cannot store are replaced by U+FFFD.
 *
 * @param at when it happened, in microseconds
 * @param kind the kind, such as {@code login_refused}
 * @param user the user's number; empty if there is none
 * @param by who caused it, such as {@code user}
 * @param address the client's network address; empty if unknown
 * @param client what the client calls itself, at most {@value #LONGEST} characters; empty if unknown
 * @param mount the name of the login API; empty if there is none
 * @param details further values by name, in order
 */
public record EventRecord(
        Instant at,
        String kind,
        Optional<UserId> user,
        String by,
        String address,
        String client,
        String mount,
        Map<String, String> details) {

    /** The most characters of a text. */
    public static final int LONGEST = 200;

    private static final int MOST_DETAILS = 20;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    /** Rejects null components, a kind or a name of a detail that is no plain word, and more than 20 details. */
    public EventRecord {
        at = requireNonNull(at, "at").truncatedTo(ChronoUnit.MICROS);
        kind = word(requireNonNull(kind, "kind"));
        requireNonNull(user, "user");
        by = word(requireNonNull(by, "by"));
        address = storable(requireNonNull(address, "address"));
        client = storable(requireNonNull(client, "client"));
        mount = storable(requireNonNull(mount, "mount"));
        if (requireNonNull(details, "details").size() > MOST_DETAILS) {
            throw new IllegalArgumentException("an event has at most " + MOST_DETAILS + " details");
        }
        ImmutableMap.Builder<String, String> checked = ImmutableMap.builder();
        details.forEach((name, value) -> checked.put(word(name), storable(value)));
        details = checked.buildOrThrow();
    }

    /**
     * The flat form of an event.
     *
     * @param event the event
     * @return its flat form
     */
    public static EventRecord of(SecurityEvent event) {
        requireNonNull(event, "event");

        return new EventRecord(
                event.at(),
                event.kind().label(),
                event.user(),
                event.by().label(),
                event.client().address().toString(),
                event.client().shortName(),
                event.mount(),
                event.detail().fields());
    }

    private static String word(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a name of an event has a-z, 0-9 and _, at most 40");
        }
        return name;
    }

    private static String storable(String text) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), LONGEST));
        text.codePoints()
                .limit(LONGEST)
                .map(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? 0xFFFD : c)
                .takeWhile(c -> clean.length() + Character.charCount(c) <= LONGEST)
                .forEachOrdered(clean::appendCodePoint);
        return clean.toString();
    }
}
