package dev.countersign.server;

/** Whether the demonstration users, whose passwords are published, are created and served. */
public enum DemoMode {
    /** They are not created; a server that other machines can reach does not start while any exist. */
    NONE,
    /** They are created; only this machine may reach the server. */
    THIS_MACHINE,
    /** They are created; other machines may reach the server. */
    EVERYBODY;

    /** {@return whether to create the users} */
    boolean makesUsers() {
        return this != NONE;
    }
}
