package dev.countersign.dialect.file;

import static java.util.Objects.requireNonNull;

import dev.countersign.dialect.Dialect;
import dev.countersign.file.Problem;
import java.util.List;

/**
 * A valid dialect file.
 *
 * @param dialect the dialect
 * @param warnings warnings about probable mistakes, in the order of the file's lines
 */
public record DialectFile(Dialect dialect, List<Problem> warnings) {

    /** Rejects null components. */
    public DialectFile {
        requireNonNull(dialect, "dialect");
        requireNonNull(warnings, "warnings");
        warnings = List.copyOf(warnings);
    }
}
