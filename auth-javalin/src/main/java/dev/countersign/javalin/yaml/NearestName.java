package dev.countersign.javalin.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/** Finds the known name that somebody probably meant. */
public final class NearestName {

    private NearestName() {}

    /**
     * Finds the nearest known name.
     *
     * @param word what was written
     * @param known the names there are
     * @return the nearest by edit distance, or empty if none is near
     */
    public static Optional<String> to(String word, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String name) -> distance(word, name))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(name -> distance(word, name) <= Math.max(2, Math.max(word.length(), name.length()) / 2));
    }

    /**
     * Words advice about an unknown name.
     *
     * @param word what was written
     * @param known the names there are
     * @return the nearest name, or all of them
     */
    public static String advice(String word, Collection<String> known) {
        return to(word, known)
                .map(name -> "did you mean " + name + "?")
                .orElseGet(() -> "there are " + String.join(", ", known));
    }

    private static int distance(String from, String to) {
        int[] row = IntStream.rangeClosed(0, to.length()).toArray();
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int substitution = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitution, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
