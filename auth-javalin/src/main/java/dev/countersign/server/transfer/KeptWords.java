package dev.countersign.server.transfer;

import com.google.common.base.Splitter;
import dev.countersign.user.Kept;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads and writes the properties that a user keeps of an old system, as words: {@code number uuid email username}, or {@code none}. */
final class KeptWords {

    private static final String NOTHING = "none";

    private KeptWords() {}

    static String write(Set<Kept> kept) {
        return kept.isEmpty()
                ? NOTHING
                : kept.stream()
                        .map(what -> what.name().toLowerCase(Locale.ROOT))
                        .sorted()
                        .collect(Collectors.joining(" "));
    }

    static Optional<Set<Kept>> read(String text) {
        EnumSet<Kept> kept = EnumSet.noneOf(Kept.class);
        if (text.equals(NOTHING)) {
            return Optional.of(kept);
        }
        for (String word : Splitter.on(' ').omitEmptyStrings().split(text)) {
            Optional<Kept> one = EnumSet.allOf(Kept.class).stream()
                    .filter(what -> what.name().toLowerCase(Locale.ROOT).equals(word))
                    .findFirst();
            if (one.isEmpty()) {
                return Optional.empty();
            }
            kept.add(one.get());
        }
        return Optional.of(kept);
    }
}
