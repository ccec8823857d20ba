package dev.countersign.internal.row;

import dev.countersign.AuthFault;
import dev.countersign.json.JsonObject;
import dev.countersign.password.PasswordHash;
import dev.countersign.token.TokenProfile;
import dev.countersign.user.Identifier;
import dev.countersign.user.Origin;
import dev.countersign.user.StoredUser;
import dev.countersign.user.User;
import dev.countersign.user.UserId;
import dev.countersign.user.UserProperties;
import dev.countersign.user.UserProperty;
import dev.countersign.user.UserStatus;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads users from rows; its errors name the wrong value and quote none. */
final class StoredUserReader {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private StoredUserReader() {}

    static StoredUser read(Function<String, ? extends @Nullable Object> row, UserProperties properties) {
        try {
            String hash = text(row, "password_hash");
            PasswordHash whole = part("its password_hash has a NUL", () -> hash == null ? null : PasswordHash.of(hash));
            return new StoredUser(user(row, properties), whole);
        } catch (UnreadableException flawed) {
            String who = row.apply("id") instanceof Number id ? "the stored user " + id : "a stored user";
            throw new AuthFault(who + " cannot be read: " + flawed.getMessage(), flawed);
        }
    }

    /** Names the wrong value, and quotes none. */
    private static final class UnreadableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnreadableException(String flaw) {
            super(flaw);
        }
    }

    private static User user(Function<String, ? extends @Nullable Object> row, UserProperties properties) {
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
        Instant updated = part("its updated_at is no time", () -> time(row, "updated_at"));
        Origin origin = part(
                "what it keeps of an old system is none of NUMBER, UUID, EMAIL and USERNAME",
                () -> origin(row, created, updated == null ? created : updated));
        long version = part("its version is no number", () -> number(row, "version"));
        User.Builder user = User.builder(id, uuid, created)
                .email(email)
                .username(username)
                .status(status)
                .attributes(attributes)
                .origin(origin)
                .version(version);
        for (UserProperty<?> property : properties.all()) {
            Object value = row.apply(property.name());
            if (value != null) {
                set(user, property, value);
            }
        }
        return part("it has neither email nor username", user::build);
    }

    // The original exception may quote the row, so it is not passed on.
    private static <T extends @Nullable Object> T part(String flaw, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (UnreadableException known) {
            throw known;
        } catch (IllegalArgumentException | ClassCastException | NullPointerException | AuthFault notOurs) {
            throw new UnreadableException(flaw);
        }
    }

    private static Origin origin(Function<String, ? extends @Nullable Object> row, Instant created, Instant changed) {
        // The row was written before these times were stored: tokens issued at the time of the change must stay valid.
        Instant unknown = changed.minus(TokenProfile.LEEWAY).minusSeconds(1);
        Origin kept = OriginText.read(text(row, "kept"), text(row, "origin_system"));
        return new Origin(
                or(time(row, "stored_at"), created),
                or(time(row, "email_since"), unknown),
                or(time(row, "username_since"), unknown),
                kept.system(),
                kept.kept());
    }

    private static <T> void set(User.Builder user, UserProperty<T> property, Object value) {
        try {
            Object read = property.kind() == UserProperty.Kind.TIME
                    ? instant(((Number) value).longValue())
                    : value.toString();
            user.set(property, property.checked(read));
        } catch (IllegalArgumentException | ClassCastException | NullPointerException notOurs) {
            throw new UnreadableException("its " + property.name()
                    + (property.kind() == UserProperty.Kind.TIME ? " is no time" : " cannot be one"));
        }
    }

    private static Instant or(@Nullable Instant time, Instant otherwise) {
        return time == null ? otherwise : time;
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

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND), Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO);
    }
}
