package dev.countersign.internal.hash;

import static java.util.Objects.requireNonNull;

/** A stored form is malformed, or its cost is out of bounds. The message quotes only costs. */
public final class MalformedHashException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param why the reason, for an operator
     */
    public MalformedHashException(String why) {
        super(why);
        requireNonNull(why, "why");
    }

    /** {@return the reason} */
    public String why() {
        return String.valueOf(getMessage());
    }
}
