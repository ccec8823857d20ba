package dev.countersign.file;

import static java.util.Objects.requireNonNull;

import dev.countersign.json.JsonPointer;

/**
 * One thing wrong with a file.
 *
 * @param file the file's name
 * @param line the line, from 1
 * @param at the place in the file's values
 * @param found what is there
 * @param right what would be right
 */
public record Problem(String file, int line, JsonPointer at, String found, String right) {

    /** Refuses what is missing. */
    public Problem {
        requireNonNull(file, "file");
        requireNonNull(at, "at");
        requireNonNull(found, "found");
        requireNonNull(right, "right");
    }

    /**
     * A place in a file as problems write it.
     *
     * @param file the file's name
     * @param line the line, from 1
     * @param at the place in the file's values
     * @return such as {@code acme.yaml:12 /operations/login}
     */
    public static String place(String file, int line, JsonPointer at) {
        requireNonNull(file, "file");
        requireNonNull(at, "at");

        return file + ":" + line + (at.segments().isEmpty() ? "" : " " + at);
    }

    @Override
    public String toString() {
        return place(file, line, at) + ": " + found + "; " + right;
    }
}
