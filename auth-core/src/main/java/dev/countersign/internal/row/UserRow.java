package dev.countersign.internal.row;

import static java.util.Objects.requireNonNull;

import dev.countersign.AuthFault;
import dev.countersign.json.JsonObject;
import dev.countersign.user.Identifier;
import dev.countersign.user.Kept;
import dev.countersign.user.Login;
import dev.countersign.user.NewUser;
import dev.countersign.user.Origin;
import dev.countersign.user.PropertyValues;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserKey;
import dev.countersign.user.UserProperties;
import dev.countersign.user.UserProperty;
import dev.countersign.user.UserStatus;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A user as a row: plain values under fixed names, which any database can store. {@code id}, {@code version} and the times (those of {@link
 * UserProperties}, {@code token_issued_at}, {@code stored_at}, {@code email_since}, {@code username_since}, in microseconds since 1970) are 64-bit
 * integers; {@code username_number} is 1 or 0; {@code uuid}, {@code email}, {@code username}, {@code status} ({@code ACTIVE} or {@code DISABLED}),
 * {@code attributes} (JSON), {@code kept} (names of {@link Kept} separated by spaces) and {@code origin_system} are text, and so are {@code
 * email_folded} and {@code username_folded}, which are unique and used for comparison. An absent value is null. Thread-safe.
 */
public final class UserRow {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private UserRow() {}

    /**
     * The values to store for a new user, without the hash: pass that where nothing prints it.
     *
     * @param user the user
     * @return the values by name, including the properties that the user has; {@code token_issued_at} is the time of creation
     */
    public static Map<String, @Nullable Object> of(NewUser user) {
        return newRow(user, user.properties().asMap().keySet());
    }

    /** The values of {@link #of(NewUser)}, with null for the properties that the user does not have. */
    public static Map<String, @Nullable Object> of(NewUser user, UserProperties properties) {
        return newRow(user, properties.all());
    }

    private static Map<String, @Nullable Object> newRow(NewUser user, Iterable<UserProperty<?>> properties) {
        Map<String, @Nullable Object> row = names(user.email(), user.username(), user.status(), user.attributes());
        row.put("uuid", user.uuid().toString());
        properties.forEach(property -> row.put(property.name(), value(user.properties(), property)));
        row.put(UserProperties.CREATED_AT.name(), micros(user.createdAt()));
        row.put("token_issued_at", micros(user.createdAt()));
        origin(row, Origin.here(user.createdAt()));
        return Collections.unmodifiableMap(row);
    }

    /**
     * The values that an update writes, and {@code id} and {@code version}, by which it finds the row. UUID and login times are not included, because
     * an update changes neither; nor is the hash.
     *
     * @param changed the user after the change
     * @return the values by name; a later release may have more
     */
    public static Map<String, @Nullable Object> of(User changed) {
        return of(changed, UserProperties.KNOWN);
    }

    /** The values of {@link #of(User)}, with the given properties. */
    public static Map<String, @Nullable Object> of(User changed, UserProperties properties) {
        requireNonNull(properties, "properties");

        Map<String, @Nullable Object> row =
                names(changed.email(), changed.username(), changed.status(), changed.attributes());
        row.put("id", changed.id().value());
        row.put("version", changed.version());
        for (UserProperty<?> property : properties.all()) {
            if (!property.isOfLogin()) {
                row.put(property.name(), value(changed.properties(), property));
            }
        }
        origin(row, changed.origin());
        return Collections.unmodifiableMap(row);
    }

    /**
     * The values that recording a login writes and compares.
     *
     * @param login the login
     * @return {@code id}, {@code at}, {@code token_issued_at}, and {@code password_changed_at}, which must equal that of the row
     */
    public static Map<String, @Nullable Object> of(Login login) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("id", login.id().value());
        row.put("at", micros(login.at()));
        row.put("token_issued_at", micros(login.tokenIssuedAt()));
        row.put("password_changed_at", microsOrNull(login.passwordChangedAt()));
        return Collections.unmodifiableMap(row);
    }

    private static Map<String, @Nullable Object> names(
            @Nullable Identifier email, @Nullable Identifier username, UserStatus status, JsonObject attributes) {
        if ((email != null && email.folded().isEmpty())
                || (username != null && username.folded().isEmpty())) {
            throw new IllegalArgumentException("nobody could be found by this e-mail address or username");
        }
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("email", email == null ? null : email.text());
        row.put("email_folded", email == null ? null : email.folded());
        row.put("username", username == null ? null : username.text());
        row.put("username_folded", username == null ? null : username.folded());
        row.put("username_number", username != null && username.isNumber() ? 1 : 0);
        row.put("status", status.name());
        row.put("attributes", AttributeText.write(attributes));
        return row;
    }

    /** {@return a property as stored in a row: a time as an integer, a text as it is; null for none} */
    public static @Nullable Object value(PropertyValues values, UserProperty<?> property) {
        Object value = values.get(property);
        return value instanceof Instant time ? (Object) micros(time) : value;
    }

    private static void origin(Map<String, @Nullable Object> row, Origin origin) {
        row.put("stored_at", micros(origin.storedAt()));
        row.put("email_since", micros(origin.emailSince()));
        row.put("username_since", micros(origin.usernameSince()));
        row.put("kept", OriginText.kept(origin));
        row.put("origin_system", OriginText.system(origin));
    }

    /** {@return the name of the value that a look-up by the key compares} */
    public static String name(UserKey key) {
        requireNonNull(key, "key");

        if (key instanceof UserKey.ByEmail) {
            return "email_folded";
        }
        if (key instanceof UserKey.ByUsername) {
            return "username_folded";
        }
        return key instanceof UserKey.ByUuid ? "uuid" : "id";
    }

    /** {@return the value that a look-up by the key compares with} */
    public static Object value(UserKey key) {
        if (key instanceof UserKey.ByEmail byEmail) {
            return byEmail.email().folded();
        }
        if (key instanceof UserKey.ByUsername byUsername) {
            return byUsername.username().folded();
        }
        return key instanceof UserKey.ByUuid byUuid
                ? byUuid.uuid().toString()
                : (Object) ((UserKey.ById) key).id().value();
    }

    /**
     * Reads a user. The row also has {@code password_hash}, null for none. Integers may be of any numeric type, texts of any type whose {@code
     * toString} returns them, and {@code username_number} may be a boolean. For a row without {@code stored_at}, the user was stored when created;
     * without {@code email_since} or {@code username_since}, the identifiers date from the last change.
     *
     * @param row returns each value by its name
     * @return the user
     * @throws AuthFault if the values do not make a user; it quotes none of them
     */
    public static StoredUser read(Function<String, ? extends @Nullable Object> row) {
        return read(row, UserProperties.KNOWN);
    }

    /** Reads a user with the given properties, as {@link #read(Function)}; a property whose value is null is absent. */
    public static StoredUser read(Function<String, ? extends @Nullable Object> row, UserProperties properties) {
        requireNonNull(row, "row");
        requireNonNull(properties, "properties");

        return StoredUserReader.read(row, properties);
    }

    /** {@return a time as stored in a row; null for none} */
    public static @Nullable Long microsOrNull(@Nullable Instant instant) {
        return instant == null ? null : (Long) micros(instant);
    }

    /**
     * A time as stored in a row.
     *
     * @param instant the time; truncated to microseconds
     * @return microseconds since 1970
     * @throws IllegalArgumentException if the time exceeds 64 bits, some 290 000 years from now
     */
    // Not ChronoUnit.MICROS.between, which counts nanoseconds first and so overflows in the year 2262.
    public static long micros(Instant instant) {
        try {
            return Math.addExact(
                    Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND),
                    instant.getNano() / NANOS_PER_MICRO);
        } catch (ArithmeticException beyond) {
            throw new IllegalArgumentException("a time is within 290 000 years of 1970", beyond);
        }
    }
}
