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

    /** How an identifier's column is compared with what was typed. */
    enum Comparison {
        /** As it is; for a column whose own type or collation ignores case, or one that is always lower-case and always typed so. */
        AS_IT_IS,
        /** By the database's own {@code lower(…)}, which wants a unique index over just that. */
        LOWER_CASE
    }

    /** What a free attribute's column holds. */
    enum Kind {
        /** A JSON string. */
        TEXT,
        /** A JSON number. */
        NUMBER,
        /** A JSON boolean; a boolean column, or 1 and 0. */
        BOOLEAN,
        /** Any JSON value, as text or in a column of type json. */
        JSON
    }

    /** How a time is written. */
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

    /** Which of a user's times. */
    enum Event {
        /** When the user was stored. */
        CREATED(UserProperties.CREATED_AT),
        /** When the user last changed; null until then. */
        UPDATED(UserProperties.UPDATED_AT),
        /** When the user last changed; the time of creation until then, as Rails and Django have it. */
        UPDATED_OR_CREATED(UserProperties.UPDATED_AT),
        /** The latest login. */
        LAST_LOGIN(UserProperties.LAST_LOGIN_AT),
        /** The login before the latest. */
        PREVIOUS_LOGIN(UserProperties.PREVIOUS_LOGIN_AT),
        /** The latest change of the password. */
        PASSWORD_CHANGED(UserProperties.PASSWORD_CHANGED_AT),
        /** The latest time of issue of a token. */
        TOKEN_ISSUED(null),
        /** Since when the user has the e-mail address. */
        EMAIL_SINCE(null),
        /** Since when the user has the username. */
        USERNAME_SINCE(null);

        private final @Nullable UserProperty<Instant> property;

        Event(@Nullable UserProperty<Instant> property) {
            this.property = property;
        }

        /** {@return the property of a user that it is; empty if it is kept beside them} */
        public Optional<UserProperty<Instant>> property() {
            return Optional.ofNullable(property);
        }
    }

    /** The UUID, of type uuid or text, unique. Without it a user's UUID is made of its number. */
    record UuidColumn(String column) implements MappedColumn {

        /** Refuses what is missing. */
        public UuidColumn {
            requireNonNull(column, "column");
        }
    }

    /**
     * The e-mail address, unique.
     *
     * @param column the address as typed
     * @param comparison how it is compared; null if a column of its own has the folded form
     * @param folded the column of the folded form; null if there is none
     */
    record EmailColumn(
            String column,
            @Nullable Comparison comparison,
            @Nullable String folded) implements MappedColumn {

        /** Refuses what cannot be compared, or in two ways. */
        public EmailColumn {
            requireNonNull(column, "column");

            oneOf(column, comparison, folded);
        }
    }

    /**
     * The username, unique.
     *
     * @param column the name as typed
     * @param comparison how it is compared; null if a column of its own has the folded form
     * @param folded the column of the folded form; null if there is none
     */
    record UsernameColumn(
            String column,
            @Nullable Comparison comparison,
            @Nullable String folded) implements MappedColumn {

        /** Refuses what cannot be compared, or in two ways. */
        public UsernameColumn {
            requireNonNull(column, "column");

            oneOf(column, comparison, folded);
        }
    }

    /** Whether the username is a JSON number wherever it is shown: 1 or 0. Without it none is. */
    record UsernameNumberColumn(String column) implements MappedColumn {

        /** Refuses what is missing. */
        public UsernameNumberColumn {
            requireNonNull(column, "column");
        }
    }

    /**
     * Whether the user may log in. Without it everybody may, and nobody can be disabled.
     *
     * @param column of a boolean, integer or text type
     * @param active what it holds for those who may, such as {@code true} or {@code enabled}; for everything else they may not
     * @param disabled what is written when a user is disabled
     */
    record StatusColumn(String column, String active, String disabled) implements MappedColumn {

        /** Refuses what is missing. */
        public StatusColumn {
            requireNonNull(column, "column");
            requireNonNull(active, "active");
            requireNonNull(disabled, "disabled");
        }
    }

    /**
     * A free attribute; absent where the column is null. JSON null is kept beside it in {@link OtherAttributesColumn}, or as JSON in a column of
     * {@link Kind#JSON}; without either it is stored as null and so reads back absent.
     *
     * @param name the attribute's name
     * @param column where it is
     * @param kind of which type
     */
    record AttributeColumn(String name, String column, Kind kind) implements MappedColumn {

        /** Refuses what is missing. */
        public AttributeColumn {
            requireNonNull(name, "name");
            requireNonNull(column, "column");
            requireNonNull(kind, "kind");
        }
    }

    /** All other free attributes as one JSON object; null for none. Without it, attributes that have no column are refused. */
    record OtherAttributesColumn(String column) implements MappedColumn {

        /** Refuses what is missing. */
        public OtherAttributesColumn {
            requireNonNull(column, "column");
        }
    }

    /**
     * A time.
     *
     * @param event which
     * @param column where it is
     * @param unit how it is written
     */
    record TimeColumn(Event event, String column, Unit unit) implements MappedColumn {

        /** Refuses what is missing. */
        public TimeColumn {
            requireNonNull(event, "event");
            requireNonNull(column, "column");
            requireNonNull(unit, "unit");
        }
    }

    /**
     * A plain value that has no {@link Event}, such as a text.
     *
     * @param property which
     * @param column where it is, a column of a type of text for a text
     * @param unit how a time is written; not asked for a text
     */
    record PropertyColumn(UserProperty<?> property, String column, Unit unit) implements MappedColumn {

        /** Refuses what is missing, and what is an {@link Event}. */
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

    /** An integer that grows with every change by anybody. Without it, a change is noticed by comparing the row. */
    record VersionColumn(String column) implements MappedColumn {

        /** Refuses what is missing. */
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
