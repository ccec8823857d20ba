package dev.countersign.internal.yaml;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.countersign.file.InvalidFileException;
import dev.countersign.file.Problem;
import dev.countersign.json.JsonPointer;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;

/**
 * Gathers what is wrong with one file, so that all of it is reported at once: problems, with which a file cannot be used, and warnings, with which
 * it can. Not thread-safe.
 */
public final class Problems {

    /**
     * Where in a text something is written.
     *
     * @param line the line, from 1
     * @param origin the same for two places that an anchor and its aliases give one text
     */
    record Place(int line, String origin) {}

    private final String file;
    private final Function<JsonPointer, Place> places;
    private final Set<Problem> found = new LinkedHashSet<>();
    private final Set<Problem> warnings = new LinkedHashSet<>();
    private final Set<String> reported = new HashSet<>();

    Problems(String file, Function<JsonPointer, Place> places) {
        this.file = file;
        this.places = places;
    }

    /**
     * Notes a problem: the file cannot be used.
     *
     * @param at where
     * @param what what is there
     * @param right what would be right
     */
    public void add(JsonPointer at, String what, String right) {
        requireNonNull(at, "at");
        requireNonNull(what, "what");
        requireNonNull(right, "right");

        note(found, at, what, right);
    }

    /**
     * Notes a warning: the file can be used, and probably does not do what it should.
     *
     * @param at where
     * @param what what is there
     * @param right what would be right
     */
    public void warn(JsonPointer at, String what, String right) {
        requireNonNull(at, "at");
        requireNonNull(what, "what");
        requireNonNull(right, "right");

        note(warnings, at, what, right);
    }

    private void note(Set<Problem> notes, JsonPointer at, String what, String right) {
        Place place = places.apply(at);
        // A mapping that aliases repeat is read once for each of them: its mistake is one mistake.
        if (reported.add(place.origin() + ' ' + what)) {
            notes.add(new Problem(file, place.line(), at, what, right));
        }
    }

    /** {@return whether there is no problem so far; warnings do not count} */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** {@return where that is, as problems write it} */
    public String place(JsonPointer at) {
        requireNonNull(at, "at");

        return Problem.place(file, places.apply(at).line(), at);
    }

    /** {@return the warnings so far, in the order of the file's lines} */
    public ImmutableList<Problem> warnings() {
        return sorted(warnings);
    }

    /**
     * Ends the reading of a file that has problems.
     *
     * @throws InvalidFileException if there is one
     */
    public void throwIfAny() throws InvalidFileException {
        if (!found.isEmpty()) {
            throw new InvalidFileException(sorted(found));
        }
    }

    private static ImmutableList<Problem> sorted(Set<Problem> notes) {
        return notes.stream().sorted(Comparator.comparingInt(Problem::line)).collect(ImmutableList.toImmutableList());
    }
}
