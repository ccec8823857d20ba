package dev.countersign.event;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of security events. */
public enum EventKind {
    /** A user logged in. */
    LOGIN_SUCCEEDED,
    /** A login was refused. */
    LOGIN_REFUSED,
    /** A user was stored. */
    REGISTERED,
    /** A registration was refused. */
    REGISTRATION_REFUSED,
    /** A user has a new password. */
    PASSWORD_CHANGED,
    /** A user has another e-mail address or username. */
    IDENTIFIERS_CHANGED,
    /** A user has other attributes. */
    ATTRIBUTES_CHANGED,
    /** A user may no longer log in. */
    USER_DISABLED,
    /** A disabled user may log in again. */
    USER_ENABLED,
    /** A user was deleted. */
    USER_DELETED,
    /** A change of a user was refused. */
    CHANGE_REFUSED,
    /** The hash of an unchanged password was replaced by a current one. */
    HASH_REPLACED,
    /** Sessions ended before their time. */
    SESSIONS_ENDED,
    /** A spent refresh token came back. */
    REFRESH_TOKEN_REUSED,
    /** Users were imported. */
    USERS_IMPORTED,
    /** Users were exported. */
    USERS_EXPORTED,
    /** A mount has a new key. */
    KEY_ADDED,
    /** Keys of a mount were removed. */
    KEYS_RETIRED,
    /** The keys were encrypted under another master key. */
    MASTER_KEY_CHANGED,
    /** Events could not be stored. */
    EVENTS_LOST;

    /** {@return the name in logs and tables, such as {@code login_refused}} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds a kind.
     *
     * @param label its name in logs and tables
     * @return the kind; empty if there is none with this name
     */
    public static Optional<EventKind> of(String label) {
        requireNonNull(label, "label");

        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(label))
                .findFirst();
    }
}
