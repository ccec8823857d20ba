package dev.countersign.dialect.file;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Reason;
import dev.countersign.file.Problem;

/**
 * A valid dialect file.
 *
 * @param dialect the dialect
 * @param warnings warnings about probable mistakes, in the order of the file's lines
 * @param reserved the defined reasons that this release never raises
 */
public record DialectFile(Dialect dialect, ImmutableList<Problem> warnings, ImmutableList<Reason> reserved) {

    /** Rejects null components. */
    public DialectFile {
        requireNonNull(dialect, "dialect");
        requireNonNull(warnings, "warnings");
        requireNonNull(reserved, "reserved");
    }
}
