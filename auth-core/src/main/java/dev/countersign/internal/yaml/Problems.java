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
 * Collects everything wrong with one file, to report it all at once. Problems make a file invalid, warnings do not. Not thread-safe.
 */
public final class Problems {

    /**
     * The place of a value in the text.
     *
     * @param line the line, from 1
     * @param origin the place of the text itself: equal for an anchor and its aliases
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
     * Adds a problem: the file cannot be used.
     *
     * @param at the place
     * @param what what was found
     * @param right what is right instead
     */
    public void add(JsonPointer at, String what, String right) {
        requireNonNull(at, "at");
        requireNonNull(what, "what");
        requireNonNull(right, "right");

        note(found, at, what, right);
    }

    /**
     * Adds a warning: the file can be used, but probably contains a mistake.
     *
     * @param at the place
     * @param what what was found
     * @param right what is right instead
     */
    public void warn(JsonPointer at, String what, String right) {
        requireNonNull(at, "at");
        requireNonNull(what, "what");
        requireNonNull(right, "right");

        note(warnings, at, what, right);
    }

    private void note(Set<Problem> notes, JsonPointer at, String what, String right) {
        Place place = places.apply(at);
        // A mapping with aliases is read once for each of them: report its problem only once.
        if (reported.add(place.origin() + ' ' + what)) {
            notes.add(new Problem(file, place.line(), at, what, right));
        }
    }

    /** {@return whether there are no problems so far; warnings do not count} */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** {@return the place as problems write it} */
    public String place(JsonPointer at) {
        requireNonNull(at, "at");

        return Problem.place(file, places.apply(at).line(), at);
    }

    /** {@return the warnings so far, in the order of the file's lines} */
    public ImmutableList<Problem> warnings() {
        return sorted(warnings);
    }

    /**
     * Throws if the file has problems.
     *
     * @throws InvalidFileException if there is a problem
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
