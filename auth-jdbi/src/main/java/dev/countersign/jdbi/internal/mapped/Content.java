package dev.countersign.jdbi.internal.mapped;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.countersign.jdbi.table.MappedColumn.Event;
import dev.countersign.json.JsonObject;
import dev.countersign.password.PasswordHash;
import dev.countersign.user.Identifier;
import dev.countersign.user.NewUser;
import dev.countersign.user.Origin;
import dev.countersign.user.PropertyValues;
import dev.countersign.user.User;
import dev.countersign.user.UserStatus;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The values to be written into a mapped row, for a new or a changed user. */
record Content(
        UUID uuid,
        @Nullable Identifier email,
        @Nullable Identifier username,
        UserStatus status,
        JsonObject attributes,
        @Nullable PasswordHash hash,
        ImmutableMap<Event, Instant> times,
        PropertyValues properties) {

    static Content of(NewUser user) {
        return new Content(
                user.uuid(),
                user.email(),
                user.username(),
                user.status(),
                user.attributes(),
                user.hash(),
                times(user.createdAt(), user.properties(), Origin.here(user.createdAt()), user.createdAt()),
                user.properties());
    }

    static Content of(User user, @Nullable PasswordHash hash) {
        return new Content(
                user.uuid(),
                user.email(),
                user.username(),
                user.status(),
                user.attributes(),
                hash,
                times(user.createdAt(), user.properties(), user.origin(), null),
                user.properties());
    }

    private static ImmutableMap<Event, Instant> times(
            Instant created, PropertyValues properties, Origin origin, @Nullable Instant tokenIssued) {
        Map<Event, @Nullable Instant> times = new EnumMap<>(Event.class);
        for (Event event : Event.values()) {
            event.property().ifPresent(property -> times.put(event, properties.get(property)));
        }
        times.put(Event.CREATED, created);
        times.putIfAbsent(Event.UPDATED_OR_CREATED, created);
        times.put(Event.TOKEN_ISSUED, tokenIssued);
        times.put(Event.EMAIL_SINCE, origin.emailSince());
        times.put(Event.USERNAME_SINCE, origin.usernameSince());
        times.values().removeIf(Objects::isNull);
        return Maps.immutableEnumMap(times);
    }

    /** The same content with identifiers in another spelling. */
    Content named(@Nullable Identifier otherEmail, @Nullable Identifier otherUsername) {
        return new Content(uuid, otherEmail, otherUsername, status, attributes, hash, times, properties);
    }
}
