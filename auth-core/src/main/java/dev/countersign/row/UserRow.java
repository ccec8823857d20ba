package dev.countersign.row;

import dev.countersign.AuthFault;
import dev.countersign.json.JsonObject;
import dev.countersign.password.PasswordHash;
import dev.countersign.user.Identifier;
import dev.countersign.user.NewUser;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserKey;
import dev.countersign.user.UserStatus;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A user as a row: plain values under fixed names, which any database keeps. {@code id}, {@code version} and the times ({@code created_at},
 * {@code updated_at}, {@code last_login_at}, {@code previous_login_at}, {@code password_changed_at}, in microseconds since 1970) are 64-bit integers;
 * {@code username_number} is 1 or 0; {@code uuid}, {@code email}, {@code username}, {@code status} ({@code ACTIVE} or {@code DISABLED}) and
 * {@code attributes} (JSON) are text, and so are {@code email_folded} and {@code username_folded}, which are unique and compared. What is absent is null.
 * Thread-safe.
 */
public final class UserRow {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private UserRow() {}

    /**
     * What is stored of a new user. The hash is not among it: hand it over where nothing prints it.
     *
     * @param user the user
     * @return the values by name, those of {@link NewUser}
     */
    public static Map<String, @Nullable Object> of(NewUser user) {
        Map<String, @Nullable Object> row = names(user.email(), user.username(), user.status(), user.attributes());
        row.put("uuid", user.uuid().toString());
        row.put("created_at", micros(user.createdAt()));
        return Collections.unmodifiableMap(row);
    }

    /**
     * What an update writes of a user, and {@code id} and {@code version}, by which it finds the row. UUID and logins are not among it, for an update
     * changes neither; nor is the hash.
     *
     * @param changed the user
     * @return the values by name
     */
    public static Map<String, @Nullable Object> of(User changed) {
        Map<String, @Nullable Object> row =
                names(changed.email(), changed.username(), changed.status(), changed.attributes());
        row.put("id", changed.id().value());
        row.put("version", changed.version());
        row.put("created_at", micros(changed.createdAt()));
        row.put("updated_at", orNull(changed.updatedAt()));
        row.put("password_changed_at", orNull(changed.passwordChangedAt()));
        return Collections.unmodifiableMap(row);
    }

    private static Map<String, @Nullable Object> names(
            @Nullable Identifier email, @Nullable Identifier username, UserStatus status, JsonObject attributes) {
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

    /** {@return the name of the value that the key is compared with} */
    public static String name(UserKey key) {
        if (key instanceof UserKey.ByEmail) {
            return "email_folded";
        }
        if (key instanceof UserKey.ByUsername) {
            return "username_folded";
        }
        return key instanceof UserKey.ByUuid ? "uuid" : "id";
    }

    /** {@return the value that the key asks for} */
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
     * Reads a user. Besides the values of a user there is {@code password_hash}, null for none. Integers may be of any type of number, text of any type
     * whose {@code toString} it is, and {@code username_number} may be a boolean.
     *
     * @param row gives each value by its name
     * @return the user
     * @throws AuthFault if the values are no user's; it quotes none of them
     */
    public static StoredUser read(Function<String, ? extends @Nullable Object> row) {
        try {
            String hash = text(row, "password_hash");
            return new StoredUser(user(row), hash == null ? null : PasswordHash.of(hash));
        } catch (UnreadableException flawed) {
            String who = row.apply("id") instanceof Number id ? "the stored user " + id : "a stored user";
            throw new AuthFault(who + " cannot be read: " + flawed.getMessage(), flawed);
        }
    }

    /** Says which value is wrong, and quotes none. */
    private static final class UnreadableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnreadableException(String flaw) {
            super(flaw);
        }
    }

    private static User user(Function<String, ? extends @Nullable Object> row) {
        UserId id = part("its id is no positive number", () -> new UserId(number(row, "id")));
        UUID uuid = part("its uuid is no UUID", () -> UUID.fromString(string(row, "uuid")));
        Identifier email = part("its email cannot be one", () -> identifier(text(row, "email"), false));
        Identifier username = part(
                "its username is not the number that username_number makes it",
                () -> identifier(text(row, "username"), flag(row.apply("username_number"))));
        UserStatus status =
                part("its status is neither ACTIVE nor DISABLED", () -> UserStatus.valueOf(string(row, "status")));
        JsonObject attributes =
                part("its attributes are no JSON object", () -> AttributeText.read(string(row, "attributes")));
        Instant created = part("its created_at is no time", () -> instant(number(row, "created_at")));
        long version = part("its version is no number", () -> number(row, "version"));
        return part(
                "it has neither email nor username",
                () -> new User(
                        id,
                        uuid,
                        email,
                        username,
                        status,
                        attributes,
                        created,
                        time(row, "updated_at"),
                        time(row, "last_login_at"),
                        time(row, "previous_login_at"),
                        time(row, "password_changed_at"),
                        version));
    }

    // What is thrown may quote the row.
    private static <T extends @Nullable Object> T part(String flaw, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (UnreadableException known) {
            throw known;
        } catch (IllegalArgumentException | ClassCastException | NullPointerException | AuthFault notOurs) {
            throw new UnreadableException(flaw);
        }
    }

    private static @Nullable Identifier identifier(@Nullable String text, boolean number) {
        if (text == null) {
            return null;
        }
        return number ? Identifier.username(Long.parseLong(text)) : Identifier.typed(text);
    }

    private static @Nullable String text(Function<String, ? extends @Nullable Object> row, String name) {
        Object value = row.apply(name);
        return value == null ? null : value.toString();
    }

    private static String string(Function<String, ? extends @Nullable Object> row, String name) {
        String text = text(row, name);
        if (text == null) {
            throw new IllegalArgumentException(name + " is null");
        }
        return text;
    }

    private static boolean flag(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() == 1 : Boolean.TRUE.equals(value);
    }

    private static long number(Function<String, ? extends @Nullable Object> row, String name) {
        if (row.apply(name) instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException(name + " is no number");
    }

    private static @Nullable Instant time(Function<String, ? extends @Nullable Object> row, String name) {
        return row.apply(name) == null ? null : part("its " + name + " is no time", () -> instant(number(row, name)));
    }

    private static @Nullable Long orNull(@Nullable Instant instant) {
        return instant == null ? null : (Long) micros(instant);
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND), Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO);
    }

    /**
     * A time as a row has it.
     *
     * @param instant what is finer than microseconds is cut off
     * @return microseconds since 1970
     * @throws ArithmeticException if it is beyond 64 bits, some 290 000 years from now
     */
    // Not ChronoUnit.MICROS.between, which counts nanoseconds first and so ends in the year 2262.
    public static long micros(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND), instant.getNano() / NANOS_PER_MICRO);
    }
}
