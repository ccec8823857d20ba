package dev.countersign.server;

/** Whether the demonstration users, whose passwords are published, are made and served. */
public enum DemoMode {
    /** They are not made; a server that others can reach does not start while there are any. */
    NONE,
    /** They are made, for this machine alone. */
    THIS_MACHINE,
    /** They are made, and others may reach them. */
    EVERYBODY;

    /** {@return whether to make them} */
    boolean makesUsers() {
        return this != NONE;
    }
}
