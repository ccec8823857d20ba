package dev.countersign.javalin.yaml;

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

    @Override
    public String toString() {
        String place = at.segments().isEmpty() ? "" : " " + at;
        return file + ":" + line + place + ": " + found + "; " + right;
    }
}
