package dev.countersign.server.command;

import dev.countersign.json.Json;
import dev.countersign.json.JsonBoolean;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.text.JsonText;
import dev.countersign.user.Identifier;
import dev.countersign.user.Origin;
import dev.countersign.user.User;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A user as an operator sees it: everything but the hash. */
final class UserView {

    private final Map<String, Json> members = new LinkedHashMap<>();

    private UserView(User user) {
        members.put("id", JsonNumber.of(user.id().value()));
        put("uuid", user.uuid().toString());
        put("email", text(user.email()));
        Identifier username = user.username();
        if (username != null && username.isNumber()) {
            members.put("username", JsonNumber.of(Long.parseLong(username.text())));
        } else {
            put("username", text(username));
        }
        put("status", user.status().name().toLowerCase(Locale.ROOT));
        put("created_at", time(user.createdAt()));
        put("updated_at", time(user.updatedAt()));
        put("last_login_at", time(user.lastLoginAt()));
        put("previous_login_at", time(user.previousLoginAt()));
        put("password_changed_at", time(user.passwordChangedAt()));
        origin(user.origin());
        members.put("attributes", user.attributes());
    }

    static UserView of(User user) {
        return new UserView(user);
    }

    /** Adds what is stored beside the user. */
    UserView with(@Nullable String hash, boolean isOutdated, int sessions) {
        put("password", hash == null ? "none" : hash);
        members.put("password_outdated", new JsonBoolean(isOutdated));
        members.put("sessions", JsonNumber.of(sessions));
        return this;
    }

    private void origin(Origin origin) {
        put("stored_at", time(origin.storedAt()));
        put("system", origin.system().isEmpty() ? null : origin.system());
        put(
                "kept",
                origin.kept().isEmpty()
                        ? null
                        : origin.kept().stream()
                                .map(kept -> kept.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(" ")));
    }

    private void put(String name, @Nullable String text) {
        if (text != null) {
            members.put(name, new JsonString(text));
        }
    }

    /** One JSON object in a line; a value that the user does not have is left out. */
    String json() {
        return JsonText.write(JsonObject.of(members));
    }

    /** A line for each value. */
    String lines() {
        return members.entrySet().stream()
                .map(member -> String.format(Locale.ROOT, "%-20s %s", member.getKey(), plain(member.getValue())))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    // A control character in an attribute must not reach the terminal; JSON escapes it.
    private static String plain(Json value) {
        return value instanceof JsonString text && text.value().chars().noneMatch(Character::isISOControl)
                ? text.value()
                : JsonText.write(value);
    }

    private static @Nullable String text(@Nullable Identifier identifier) {
        return identifier == null ? null : identifier.text();
    }

    private static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
