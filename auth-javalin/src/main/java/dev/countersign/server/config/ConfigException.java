package dev.countersign.server.config;

import static java.util.Objects.requireNonNull;

/** An invalid configuration. The message has one line for each problem, with its place and a valid value. */
public final class ConfigException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message the message for the operator
     */
    public ConfigException(String message) {
        super(message);
        requireNonNull(message, "message");
    }
}
