package dev.countersign.dialect.file;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import dev.countersign.dialect.FieldFlaw;
import dev.countersign.internal.yaml.Section;
import dev.countersign.json.Json;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** The texts that a file defines for flaws: messages or codes. A null counts as defined: the flaw then has no text, even if its fallback has one. */
final class FlawTexts<T> {

    private final Map<FieldFlaw, Optional<T>> written;

    private FlawTexts(Map<FieldFlaw, Optional<T>> written) {
        this.written = written;
    }

    static <T> FlawTexts<T> read(Section from, BiFunction<Section, String, Optional<T>> read) {
        ImmutableMap.Builder<FieldFlaw, Optional<T>> written = ImmutableMap.builder();
        for (FieldFlaw flaw : FieldFlaw.values()) {
            if (from.json(flaw.word()).filter(Json::isNull).isPresent()) {
                written.put(flaw, Optional.empty());
            } else {
                read.apply(from, flaw.word()).ifPresent(text -> written.put(flaw, Optional.of(text)));
            }
        }
        return new FlawTexts<>(written.buildOrThrow());
    }

    boolean has(FieldFlaw flaw) {
        return written.containsKey(flaw);
    }

    /** These texts, overridden by those of a field. */
    FlawTexts<T> with(FlawTexts<T> field) {
        return new FlawTexts<>(ImmutableMap.<FieldFlaw, Optional<T>>builder()
                .putAll(written)
                .putAll(field.written)
                .buildKeepingLast());
    }

    /** The flaw or its nearest fallback that has a text. */
    Optional<FieldFlaw> owner(FieldFlaw flaw) {
        return has(flaw) ? Optional.of(flaw) : flaw.fallback().flatMap(this::owner);
    }

    /** The text that is reported for a flaw. */
    Optional<T> text(FieldFlaw flaw) {
        return owner(flaw).flatMap(owner -> requireNonNull(written.get(owner)));
    }
}
