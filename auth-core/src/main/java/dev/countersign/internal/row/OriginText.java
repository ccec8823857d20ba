package dev.countersign.internal.row;

import com.google.common.base.Splitter;
import dev.countersign.user.Kept;
import dev.countersign.user.Origin;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The properties that a user keeps of an old system, as stored in a row: names of {@link Kept} separated by spaces, and the system's name. */
public final class OriginText {

    private OriginText() {}

    /** {@return the kept properties as stored in a row} */
    public static @Nullable String kept(Origin origin) {
        return origin.kept().isEmpty()
                ? null
                : origin.kept().stream().map(Kept::name).sorted().collect(Collectors.joining(" "));
    }

    /** {@return the old system's name as stored in a row} */
    public static @Nullable String system(Origin origin) {
        return origin.system().isEmpty() ? null : origin.system();
    }

    /**
     * Reads the kept properties of a user, without times.
     *
     * @param kept the text in the row; null for none
     * @param system the old system's name in the row; null for none
     * @return an origin with the times of 1970
     * @throws IllegalArgumentException if {@link #kept} never writes the text
     */
    public static Origin read(@Nullable String kept, @Nullable String system) {
        return new Origin(
                Instant.EPOCH,
                Instant.EPOCH,
                Instant.EPOCH,
                system == null ? Origin.UNNAMED_SYSTEM : system,
                kept == null ? Set.of() : keptNames(kept));
    }

    private static Set<Kept> keptNames(String text) {
        return Splitter.on(' ')
                .omitEmptyStrings()
                .splitToStream(text)
                .map(Kept::valueOf)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Kept.class)));
    }
}
