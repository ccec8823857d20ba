package dev.countersign.user;

import static java.util.Objects.requireNonNull;

import dev.countersign.json.WholeText;
import java.time.Instant;

/**
 * A plain value of a user: stores keep it in a column with its name, imports and exports use its name, and templates show it as {@code user.NAME}.
 * Immutable; equal only to itself. {@link UserProperties} lists all of them.
 *
 * @param <T> the type of the value
 */
public final class UserProperty<T> {

    /** The type of a value. */
    public enum Kind {
        /** A point in time, to the microsecond. */
        TIME,
        /** A text without NUL characters and unpaired surrogates, which not every database can store. */
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

    /** {@return the same property, which every user has} */
    UserProperty<T> required() {
        return new UserProperty<>(name, kind, type, true, ofLogin);
    }

    /** {@return the same property, which only logins and imports write} */
    UserProperty<T> ofLogin() {
        return new UserProperty<>(name, kind, type, required, true);
    }

    /** {@return the name, in lower case with underscores} */
    public String name() {
        return name;
    }

    /** {@return the type of the values} */
    public Kind kind() {
        return kind;
    }

    /** {@return whether every user has it} */
    public boolean isRequired() {
        return required;
    }

    /** {@return whether only logins and imports write it, so that other changes of the user leave it unchanged} */
    public boolean isOfLogin() {
        return ofLogin;
    }

    /**
     * Checks a value of this property.
     *
     * @param value the value, of the property's type
     * @return the value
     * @throws ClassCastException if the value is of another type
     * @throws IllegalArgumentException if the value is a text that cannot be stored
     */
    public T checked(Object value) {
        requireNonNull(value, "value");

        if (value instanceof String text && !isStorable(text)) {
            throw new IllegalArgumentException(name + " has a character that no store keeps");
        }
        return type.cast(value);
    }

    /**
     * Checks whether stores can keep a text.
     *
     * @param text any text
     * @return whether it has neither NUL characters nor unpaired surrogates
     */
    public static boolean isStorable(String text) {
        return WholeText.isWhole(text) && text.indexOf('\0') < 0;
    }

    @Override
    public String toString() {
        return name;
    }
}
