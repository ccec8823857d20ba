package dev.countersign.file;

import java.util.List;
import java.util.stream.Collectors;

/** A file cannot be used. The exception carries every problem; its message has one line for each. */
public final class InvalidFileException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * Creates the exception.
     *
     * @param problems the problems, at least one
     */
    public InvalidFileException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** {@return the problems in the order of the file's lines; at least one} */
    public List<Problem> problems() {
        return problems;
    }
}
