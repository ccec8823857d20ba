package dev.countersign.internal.hash;

import static java.util.Objects.requireNonNull;

/** A stored form is not what it claims to be, or costs too much or too little. The message quotes nothing but costs. */
public final class MalformedHashException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Says why.
     *
     * @param why for an operator
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
