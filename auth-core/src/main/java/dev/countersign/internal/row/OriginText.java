package dev.countersign.internal.row;

import com.google.common.base.Splitter;
import dev.countersign.user.Kept;
import dev.countersign.user.Origin;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a user keeps of an old system, as a row has it: names of {@link Kept} with spaces between, and the system's name. */
public final class OriginText {

    private OriginText() {}

    /** {@return what a user keeps of an old system, as a row has it} */
    public static @Nullable String kept(Origin origin) {
        return origin.kept().isEmpty()
                ? null
                : origin.kept().stream().map(Kept::name).sorted().collect(Collectors.joining(" "));
    }

    /** {@return the old system's name, as a row has it} */
    public static @Nullable String system(Origin origin) {
        return origin.system().isEmpty() ? null : origin.system();
    }

    /**
     * Reads what a user keeps of an old system, without any time.
     *
     * @param kept as a row has it; null for nothing
     * @param system the old system's name as a row has it; null for none
     * @return the origin of a user of 1970
     * @throws IllegalArgumentException if the text is none that {@link #kept} writes
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
