package dev.countersign.internal.yaml;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known name that a misspelt one probably is. */
public final class NearestName {

    // One slip in a short name, two in one of eight letters: more makes another word.
    private static final int LETTERS_PER_SLIP = 4;

    private NearestName() {}

    /**
     * Finds the nearest known name.
     *
     * @param word what was written
     * @param known the names there are
     * @return the nearest by letters missing, added, changed or swapped; empty if none is near
     */
    public static Optional<String> to(String word, Collection<String> known) {
        requireNonNull(word, "word");

        return known.stream()
                .filter(name -> isNear(word, name))
                .min(Comparator.comparingInt((String name) -> distance(word, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /**
     * Words advice about an unknown name.
     *
     * @param word what was written
     * @param known the names there are
     * @return the nearest name, or all of them
     */
    public static String advice(String word, Collection<String> known) {
        requireNonNull(word, "word");

        return to(word, known)
                .map(NearestName::question)
                .orElseGet(() -> known.isEmpty() ? "leave it out" : "there are " + String.join(", ", known));
    }

    /** {@return the question whether that name was meant} */
    public static String question(String name) {
        requireNonNull(name, "name");

        return "did you mean " + name + "?";
    }

    private static boolean isNear(String word, String name) {
        int slips = Math.max(1, Math.max(word.length(), name.length()) / LETTERS_PER_SLIP);
        return Math.abs(word.length() - name.length()) <= slips && distance(word, name) <= slips;
    }

    /** The edit distance; two neighbours that changed places are one edit. */
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
