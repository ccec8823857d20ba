package dev.countersign.user;

import static java.util.Objects.requireNonNull;

import dev.countersign.json.WholeText;
import java.time.Instant;

/**
 * A plain value of a user: stores keep it in a column of its name, imports and exports write it under its name, and templates show it as
 * {@code user.NAME}. Immutable; equal to itself only. {@link UserProperties} has all of them.
 *
 * @param <T> the type of the value
 */
public final class UserProperty<T> {

    /** How a value is kept and written. */
    public enum Kind {
        /** A point in time, of microseconds. */
        TIME,
        /** A text without NUL characters and halves of surrogate pairs, which not every database keeps. */
        TEXT
    }

    private final String name;
    private final Kind kind;
    private final Class<T> type;
    private final boolean required;
    private final boolean ofLogin;

    private UserProperty(String name, Kind kind, Class<T> type, boolean required, boolean ofLogin) {
        this.name = requireNonNull(name, "name");
        this.kind = kind;
        this.type = type;
        this.required = required;
        this.ofLogin = ofLogin;
    }

    /** {@return a point in time that a user may have} */
    public static UserProperty<Instant> time(String name) {
        return new UserProperty<>(name, Kind.TIME, Instant.class, false, false);
    }

    /** {@return a text that a user may have} */
    public static UserProperty<String> text(String name) {
        return new UserProperty<>(name, Kind.TEXT, String.class, false, false);
    }

    /** {@return the same, which every user has} */
    UserProperty<T> required() {
        return new UserProperty<>(name, kind, type, true, ofLogin);
    }

    /** {@return the same, written by logins and imports only} */
    UserProperty<T> ofLogin() {
        return new UserProperty<>(name, kind, type, required, true);
    }

    /** {@return the name, in lower case with underscores} */
    public String name() {
        return name;
    }

    /** {@return how a value is kept and written} */
    public Kind kind() {
        return kind;
    }

    /** {@return whether every user has it} */
    public boolean isRequired() {
        return required;
    }

    /** {@return whether logins and imports write it, and a change of the user leaves it} */
    public boolean isOfLogin() {
        return ofLogin;
    }

    /**
     * A value of this property.
     *
     * @param value the value, of the property's type
     * @return the value
     * @throws ClassCastException if it is of another type
     * @throws IllegalArgumentException if it is a text that cannot be stored
     */
    public T checked(Object value) {
        requireNonNull(value, "value");

        if (value instanceof String text && !isStorable(text)) {
            throw new IllegalArgumentException(name + " has a character that no store keeps");
        }
        return type.cast(value);
    }

    /**
     * Tells whether stores keep a text.
     *
     * @param text any text
     * @return whether it has neither NUL characters nor halves of surrogate pairs
     */
    public static boolean isStorable(String text) {
        return WholeText.isWhole(text) && text.indexOf('\0') < 0;
    }

    @Override
    public String toString() {
        return name;
    }
}
