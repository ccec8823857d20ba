package dev.countersign.internal.yaml;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the valid name that is nearest to a misspelt one. */
public final class NearestName {

    // One edit per four letters: with more edits it would be another word.
    private static final int LETTERS_PER_EDIT = 4;

    private NearestName() {}

    /**
     * Finds the nearest known name.
     *
     * @param word the misspelt name
     * @param known the valid names
     * @return the nearest by letters missing, added, changed or swapped; empty if none is similar
     */
    public static Optional<String> to(String word, Collection<String> known) {
        requireNonNull(word, "word");

        return known.stream()
                .filter(name -> isNear(word, name))
                .min(Comparator.comparingInt((String name) -> distance(word, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /**
     * Formats the advice about an unknown name.
     *
     * @param word the misspelt name
     * @param known the valid names
     * @return a question with the nearest name, or a list of all names
     */
    public static String advice(String word, Collection<String> known) {
        requireNonNull(word, "word");

        return to(word, known)
                .map(NearestName::question)
                .orElseGet(() -> known.isEmpty() ? "leave it out" : "there are " + String.join(", ", known));
    }

    /** {@return the text {@code did you mean NAME?}} */
    public static String question(String name) {
        requireNonNull(name, "name");

        return "did you mean " + name + "?";
    }

    private static boolean isNear(String word, String name) {
        int edits = Math.max(1, Math.max(word.length(), name.length()) / LETTERS_PER_EDIT);
        return Math.abs(word.length() - name.length()) <= edits && distance(word, name) <= edits;
    }

    /** The edit distance; swapping two neighbours is one edit. */
    private static int distance(String from, String to) {
        int[][] edits = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : cheapest(edits, from, to, i, j);
            }
        }
        return edits[from.length()][to.length()];
    }

    private static int cheapest(int[][] edits, String from, String to, int i, int j) {
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        int cheapest = Math.min(edits[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(cheapest, edits[i - 2][j - 2] + 1) : cheapest;
    }
}
