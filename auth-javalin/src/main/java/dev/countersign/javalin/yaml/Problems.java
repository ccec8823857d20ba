package dev.countersign.javalin.yaml;

import com.google.common.collect.ImmutableList;
import dev.countersign.json.JsonPointer;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.ToIntFunction;

/** Gathers what is wrong with one file, so that it can be told all at once. Not thread-safe. */
public final class Problems {

    private final String file;
    private final ToIntFunction<JsonPointer> lines;
    // A shape used in two places through an anchor would tell its problems twice.
    private final Set<Problem> found = new LinkedHashSet<>();

    Problems(String file, ToIntFunction<JsonPointer> lines) {
        this.file = file;
        this.lines = lines;
    }

    /**
     * Notes a problem.
     *
     * @param at where
     * @param what what is there
     * @param right what would be right
     */
    public void add(JsonPointer at, String what, String right) {
        found.add(new Problem(file, lines.applyAsInt(at), at, what, right));
    }

    /** {@return whether nothing is wrong so far} */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /**
     * Ends the reading of a file that has problems.
     *
     * @throws InvalidFileException if there is one
     */
    public void throwIfAny() throws InvalidFileException {
        if (!found.isEmpty()) {
            throw new InvalidFileException(found.stream()
                    .sorted(Comparator.comparingInt(Problem::line))
                    .collect(ImmutableList.toImmutableList()));
        }
    }
}
