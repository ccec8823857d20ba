package dev.countersign.file;

import static java.util.Objects.requireNonNull;

import dev.countersign.json.JsonPointer;

/**
 * A problem or warning about a file.
 *
 * @param file the file's name
 * @param line the line, from 1
 * @param at the place in the file's values
 * @param found what was found
 * @param right what is right instead
 */
public record Problem(String file, int line, JsonPointer at, String found, String right) {

    /** Rejects null components. */
    public Problem {
        requireNonNull(file, "file");
        requireNonNull(at, "at");
        requireNonNull(found, "found");
        requireNonNull(right, "right");
    }

    /**
     * Formats a place in a file.
     *
     * @param file the file's name
     * @param line the line, from 1
     * @param at the place in the file's values
     * @return the text, such as {@code acme.yaml:12 /operations/login}
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
