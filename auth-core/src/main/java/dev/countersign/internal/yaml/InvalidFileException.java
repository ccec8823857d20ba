package dev.countersign.internal.yaml;

import com.google.common.collect.ImmutableList;
import java.util.stream.Collectors;

/** A file cannot be used; carries every problem, and its message has a line for each. */
public final class InvalidFileException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient ImmutableList<Problem> problems;

    InvalidFileException(ImmutableList<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = problems;
    }

    /** {@return what is wrong, in the order of the file's lines; at least one problem} */
    public ImmutableList<Problem> problems() {
        return problems;
    }
}
