package dev.countersign.testkit.crypto;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.io.Resources;
import dev.countersign.password.PasswordHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The hashes of foreign-hashes.tsv. */
final class ForeignVectors {

    private ForeignVectors() {}

    /**
     * A hash that another system made.
     *
     * @param form the row of the table in docs/import.md
     * @param password what matches
     * @param stored as the other system writes it
     * @param origin what made it
     */
    record Vector(String form, String password, PasswordHash stored, String origin) {

        boolean isCut() {
            return form.equals("bcrypt, cut");
        }

        @Override
        public String toString() {
            return form + ", " + origin;
        }
    }

    static ImmutableList<Vector> all() {
        try {
            return Resources.readLines(
                            Resources.getResource(ForeignVectors.class, "foreign-hashes.tsv"), StandardCharsets.UTF_8)
                    .stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(ForeignVectors::vector)
                    .collect(ImmutableList.toImmutableList());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Vector vector(String line) {
        List<String> cells = Splitter.on('\t').splitToList(line);
        return new Vector(cells.get(0), cells.get(1), PasswordHash.of(cells.get(2)), cells.get(3));
    }
}
