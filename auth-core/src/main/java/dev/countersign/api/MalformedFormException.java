package dev.countersign.api;

/** A form that cannot be read. */
final class MalformedFormException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedFormException(String message) {
        super(message);
    }
}
