package dev.countersign.user;

/** Whether a user may log in. */
public enum UserStatus {
    /** May log in. */
    ACTIVE,
    /** Disabled by an administrator. */
    DISABLED;

    /** {@return whether a user of this status may log in and use tokens} */
    public boolean mayLogIn() {
        return this == ACTIVE;
    }
}
