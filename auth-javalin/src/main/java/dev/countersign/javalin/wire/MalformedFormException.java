package dev.countersign.javalin.wire;

/** A form cannot be read. */
final class MalformedFormException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedFormException(String what) {
        super(what, null, false, false);
    }
}
