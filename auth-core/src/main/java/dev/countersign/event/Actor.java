package dev.countersign.event;

import java.util.Locale;

/** Who caused an event. */
public enum Actor {
    /** A client of a login API: the user, or somebody who claims to be one. */
    USER,
    /** An operator with a command of the server, or an application on behalf of an administrator. */
    OPERATOR,
    /** The server itself. */
    SERVER;

    /** {@return the name in logs and tables, such as {@code user}} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
