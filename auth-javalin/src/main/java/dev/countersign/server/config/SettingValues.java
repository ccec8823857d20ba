package dev.countersign.server.config;

import dev.countersign.internal.yaml.Durations;
import dev.countersign.internal.yaml.Section;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Reads values from the settings' sources. An invalid value is reported to its source and read as empty. */
final class SettingValues {

    private final Map<Setting, ConfigLoader.Source> sources;

    SettingValues(Map<Setting, ConfigLoader.Source> sources) {
        this.sources = sources;
    }

    ConfigLoader.@Nullable Source source(Setting setting) {
        return sources.get(setting);
    }

    /** Reports an invalid value. */
    void refuse(Setting setting, String what, String right) {
        ConfigLoader.Source source = sources.get(setting);
        if (source != null) {
            source.problems().add(source.section().at(setting.key()), what, right);
        }
    }

    private <T> Optional<T> value(Setting setting, BiFunction<Section, String, Optional<T>> read) {
        return Optional.ofNullable(sources.get(setting)).flatMap(source -> read.apply(source.section(), setting.key()));
    }

    Optional<String> text(Setting setting) {
        return value(setting, Section::text);
    }

    Optional<Integer> integer(Setting setting, int lowest, int highest) {
        return value(setting, (section, key) -> section.integer(key, lowest, highest));
    }

    /** Reads a 64-bit number. */
    Optional<Long> number(Setting setting, long lowest, long highest) {
        return value(setting, (section, key) -> section.number(key, lowest, highest));
    }

    boolean flag(Setting setting, boolean otherwise) {
        return value(setting, (section, key) -> Optional.of(section.flag(key, otherwise)))
                .orElse(otherwise);
    }

    /** Reads whole seconds, from 1 s to {@code most}. */
    Optional<Duration> seconds(Setting setting, int most) {
        return text(setting).flatMap(text -> {
            Optional<Duration> found = Durations.parse(text)
                    .filter(time -> time.toMillisPart() == 0 && time.toSeconds() >= 1 && time.toSeconds() <= most);
            if (found.isEmpty()) {
                refuse(setting, setting.key() + " is " + text, "whole seconds from 1s to " + most + "s");
            }
            return found;
        });
    }

    /** Reads a duration within a range. */
    Optional<Duration> duration(Setting setting, Duration least, Duration most) {
        return text(setting).flatMap(text -> {
            Optional<Duration> found =
                    Durations.parse(text).filter(time -> time.compareTo(least) >= 0 && time.compareTo(most) <= 0);
            if (found.isEmpty()) {
                refuse(
                        setting,
                        setting.key() + " is " + text,
                        "a time from " + least.toMillis() + "ms to " + most.toSeconds() + "s, such as 500ms or 2s");
            }
            return found;
        });
    }

    /** Reads a word of a list. */
    <E extends Enum<E>> E word(Setting setting, E otherwise) {
        return value(
                        setting,
                        (section, key) -> Optional.of(section.word(key, otherwise.getDeclaringClass(), otherwise)))
                .orElse(otherwise);
    }

    /** Resolves a path against the folder of its configuration file; a path in a flag or a variable against the working folder. */
    Path resolve(Setting setting, String text) {
        ConfigLoader.Source source = sources.get(setting);
        return source == null ? Path.of(text) : source.path(text);
    }

    Optional<Path> path(Setting setting, String right) {
        return text(setting).flatMap(text -> {
            try {
                return Optional.of(resolve(setting, text));
            } catch (InvalidPathException noPath) {
                refuse(setting, setting.key() + " is not a path", right + " (" + TextFile.noPathReason(text) + ")");
                return Optional.empty();
            }
        });
    }
}
