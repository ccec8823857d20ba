package dev.countersign.jdbi.table;

import static java.util.Objects.requireNonNull;

import dev.countersign.user.UserProperties;
import dev.countersign.user.UserProperty;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A column of an application's own table of users, and what it means. */
public sealed interface MappedColumn {

    /** {@return the column's name, spelled as the database stores it} */
    String column();

    /** How the column of an identifier is compared with what a user types. */
    enum Comparison {
        /** Unchanged; for a column whose type or collation ignores case, or one whose values are always lower-case and always typed so. */
        AS_IT_IS,
        /** By the database's own {@code lower(…)}; needs a unique index over that expression. */
        LOWER_CASE
    }

    /** The type of a free attribute's column. */
    enum Kind {
        /** A JSON string. */
        TEXT,
        /** A JSON number. */
        NUMBER,
        /** A JSON boolean, in a boolean column or as 1 and 0. */
        BOOLEAN,
        /** Any JSON value, as text or in a column of type json. */
        JSON
    }

    /** How a time is stored. */
    enum Unit {
        /** Seconds since 1970 in an integer column. */
        SECONDS,
        /** Milliseconds since 1970 in an integer column. */
        MILLISECONDS,
        /** Microseconds since 1970 in an integer column. */
        MICROSECONDS,
        /** A column of a timestamp type, in UTC if it has no zone; on SQLite text such as {@code 2014-02-11 07:19:55.123456}. */
        TIMESTAMP
    }

    /** The event whose time a column stores. */
    enum Event {
        /** When the user was stored. */
        CREATED(UserProperties.CREATED_AT),
        /** The user's last change; null before the first. */
        UPDATED(UserProperties.UPDATED_AT),
        /** The user's last change; before the first, the time of creation, as Rails and Django store it. */
        UPDATED_OR_CREATED(UserProperties.UPDATED_AT),
        /** The latest login. */
        LAST_LOGIN(UserProperties.LAST_LOGIN_AT),
        /** The login before the latest. */
        PREVIOUS_LOGIN(UserProperties.PREVIOUS_LOGIN_AT),
        /** The latest change of the password. */
        PASSWORD_CHANGED(UserProperties.PASSWORD_CHANGED_AT),
        /** The latest time of issue of a token. */
        TOKEN_ISSUED(null),
        /** The time from which the user has had the e-mail address. */
        EMAIL_SINCE(null),
        /** The time from which the user has had the username. */
        USERNAME_SINCE(null);

        private final @Nullable UserProperty<Instant> property;

        Event(@Nullable UserProperty<Instant> property) {
            this.property = property;
        }

        /** {@return the user property that stores this time; empty if the time is not a property of the user} */
        public Optional<UserProperty<Instant>> property() {
            return Optional.ofNullable(property);
        }
    }

    /** The UUID, of type uuid or text, unique. Without it a user's UUID is derived from the number. */
    record UuidColumn(String column) implements MappedColumn {

        /** Rejects null components. */
        public UuidColumn {
            requireNonNull(column, "column");
        }
    }

    /**
     * The e-mail address, unique.
     *
     * @param column the column of the address as typed
     * @param comparison how the column is compared; null if there is a column of the folded form
     * @param folded the column of the folded form; null if there is none
     */
    record EmailColumn(
            String column,
            @Nullable Comparison comparison,
            @Nullable String folded) implements MappedColumn {

        /** Rejects a column with no comparison and no folded form, or with both. */
        public EmailColumn {
            requireNonNull(column, "column");

            oneOf(column, comparison, folded);
        }
    }

    /**
     * The username, unique.
     *
     * @param column the column of the name as typed
     * @param comparison how the column is compared; null if there is a column of the folded form
     * @param folded the column of the folded form; null if there is none
     */
    record UsernameColumn(
            String column,
            @Nullable Comparison comparison,
            @Nullable String folded) implements MappedColumn {

        /** Rejects a column with no comparison and no folded form, or with both. */
        public UsernameColumn {
            requireNonNull(column, "column");

            oneOf(column, comparison, folded);
        }
    }

    /** Whether the username appears as a JSON number in tokens and answers: 1 or 0. Without this column every username is a string. */
    record UsernameNumberColumn(String column) implements MappedColumn {

        /** Rejects null components. */
        public UsernameNumberColumn {
            requireNonNull(column, "column");
        }
    }

    /**
     * Whether the user may log in. Without it every user may, and no user can be disabled.
     *
     * @param column a column of a boolean, integer or text type
     * @param active the value of users who may log in, such as {@code true} or {@code enabled}; any other value means that they may not
     * @param disabled the value that is written when a user is disabled
     */
    record StatusColumn(String column, String active, String disabled) implements MappedColumn {

        /** Rejects null components. */
        public StatusColumn {
            requireNonNull(column, "column");
            requireNonNull(active, "active");
            requireNonNull(disabled, "disabled");
        }
    }

    /**
     * A free attribute; absent where the column is null. JSON null is stored beside it in {@link OtherAttributesColumn}, or as JSON in a column of
     * {@link Kind#JSON}; without either it is stored as a null column and reads back as absent.
     *
     * @param name the attribute's name
     * @param column the column's name
     * @param kind the column's type
     */
    record AttributeColumn(String name, String column, Kind kind) implements MappedColumn {

        /** Rejects null components. */
        public AttributeColumn {
            requireNonNull(name, "name");
            requireNonNull(column, "column");
            requireNonNull(kind, "kind");
        }
    }

    /** All other free attributes as one JSON object; null for none. Without it, attributes that have no column are rejected. */
    record OtherAttributesColumn(String column) implements MappedColumn {

        /** Rejects null components. */
        public OtherAttributesColumn {
            requireNonNull(column, "column");
        }
    }

    /**
     * A time.
     *
     * @param event the event
     * @param column the column's name
     * @param unit how the time is stored
     */
    record TimeColumn(Event event, String column, Unit unit) implements MappedColumn {

        /** Rejects null components. */
        public TimeColumn {
            requireNonNull(event, "event");
            requireNonNull(column, "column");
            requireNonNull(unit, "unit");
        }
    }

    /**
     * A plain value that has no {@link Event}, such as a text.
     *
     * @param property the user property
     * @param column the column's name; a text needs a column of a text type
     * @param unit how a time is stored; ignored for a text
     */
    record PropertyColumn(UserProperty<?> property, String column, Unit unit) implements MappedColumn {

        /** Rejects null components, and a property that is an {@link Event}. */
        public PropertyColumn {
            requireNonNull(property, "property");
            requireNonNull(column, "column");
            requireNonNull(unit, "unit");

            if (Stream.of(Event.values())
                    .anyMatch(event -> event.property().filter(property::equals).isPresent())) {
                throw new IllegalArgumentException(property.name() + " is mapped by a time column");
            }
        }
    }

    /** An integer that any change of the row increases. Without it, concurrent changes are detected by comparing the whole row. */
    record VersionColumn(String column) implements MappedColumn {

        /** Rejects null components. */
        public VersionColumn {
            requireNonNull(column, "column");
        }
    }

    private static void oneOf(String column, @Nullable Comparison comparison, @Nullable String folded) {
        if ((comparison == null) == (folded == null)) {
            throw new IllegalArgumentException(
                    column + " is compared either in a way of its own or by a column of the folded form");
        }
    }
}
