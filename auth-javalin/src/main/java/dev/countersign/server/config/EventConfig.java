package dev.countersign.server.config;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Splitter;
import dev.countersign.internal.yaml.Durations;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where security events go.
 *
 * @param sinks the receivers; none if empty
 * @param retention how long the table keeps events; empty for ever
 */
public record EventConfig(Set<Sink> sinks, Optional<Duration> retention) {

    /** The default of {@code retention}: 90 days. */
    public static final Duration USUAL_RETENTION = Duration.ofDays(90);

    private static final Duration SHORTEST_RETENTION = Duration.ofHours(1);
    private static final Duration LONGEST_RETENTION = Duration.ofDays(36_500);
    private static final String NONE = "none";
    private static final String FOREVER = "forever";

    /** A receiver of events. */
    public enum Sink {
        /** Lines in the log. */
        LOG,
        /** Rows of a table in the database. */
        TABLE
    }

    /** Rejects null components. */
    public EventConfig {
        sinks = Set.copyOf(requireNonNull(sinks, "sinks"));
        requireNonNull(retention, "retention");
    }

    /** {@return whether events go there} */
    public boolean has(Sink sink) {
        return sinks.contains(requireNonNull(sink, "sink"));
    }

    static EventConfig read(SettingValues values) {
        return new EventConfig(
                values.text(Setting.EVENTS).map(text -> sinks(text, values)).orElseGet(() -> EnumSet.allOf(Sink.class)),
                values.text(Setting.EVENT_RETENTION)
                        .map(text -> retention(text, values))
                        .orElse(Optional.of(USUAL_RETENTION)));
    }

    private static Set<Sink> sinks(String text, SettingValues values) {
        List<String> words =
                Splitter.on(',').trimResults().omitEmptyStrings().splitToList(text.toLowerCase(Locale.ROOT));
        Set<Sink> sinks = EnumSet.noneOf(Sink.class);
        for (Sink sink : Sink.values()) {
            if (words.contains(sink.name().toLowerCase(Locale.ROOT))) {
                sinks.add(sink);
            }
        }
        boolean isNone = words.equals(List.of(NONE));
        if (!isNone && (sinks.size() != words.size() || words.isEmpty())) {
            values.refuse(Setting.EVENTS, Setting.EVENTS.key() + " is " + text, "log, table, log,table or none");
        }
        return sinks;
    }

    private static Optional<Duration> retention(String text, SettingValues values) {
        if (text.equals(FOREVER)) {
            return Optional.empty();
        }
        Optional<Duration> time = Durations.parse(text)
                .filter(found -> found.compareTo(SHORTEST_RETENTION) >= 0 && found.compareTo(LONGEST_RETENTION) <= 0);
        if (time.isEmpty()) {
            values.refuse(
                    Setting.EVENT_RETENTION,
                    Setting.EVENT_RETENTION.key() + " is " + text,
                    "a time of at least 1h, such as 90d, or forever; to store no events at all, leave table out of the setting"
                            + " events");
        }
        return time;
    }
}
