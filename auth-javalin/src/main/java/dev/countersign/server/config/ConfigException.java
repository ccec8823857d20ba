package dev.countersign.server.config;

import static java.util.Objects.requireNonNull;

/** The server was told something it cannot follow; the message says where and what would be right, a line for each problem. */
public final class ConfigException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * A refusal.
     *
     * @param message for the person at the command line
     */
    public ConfigException(String message) {
        super(message);
        requireNonNull(message, "message");
    }
}
