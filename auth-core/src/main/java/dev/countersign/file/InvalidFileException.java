package dev.countersign.file;

import java.util.List;
import java.util.stream.Collectors;

/** A file cannot be used; carries every problem, and its message has a line for each. */
public final class InvalidFileException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * A file that cannot be used.
     *
     * @param problems what is wrong with it, at least one problem
     */
    public InvalidFileException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** {@return what is wrong, in the order of the file's lines; at least one problem} */
    public List<Problem> problems() {
        return problems;
    }
}
