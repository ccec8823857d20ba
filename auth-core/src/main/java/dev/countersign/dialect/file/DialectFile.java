package dev.countersign.dialect.file;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.Reason;
import dev.countersign.file.Problem;

/**
 * A dialect file that can be used.
 *
 * @param dialect what it says
 * @param warnings what probably does not do what it should, in the order of the file's lines
 * @param reserved reasons that it has answers for and that nothing raises yet
 */
public record DialectFile(Dialect dialect, ImmutableList<Problem> warnings, ImmutableList<Reason> reserved) {

    /** Refuses what is missing. */
    public DialectFile {
        requireNonNull(dialect, "dialect");
        requireNonNull(warnings, "warnings");
        requireNonNull(reserved, "reserved");
    }
}
