package dev.countersign.jdbi.internal.mapped;

import com.google.common.collect.ImmutableMap;
import dev.countersign.jdbi.table.MappedColumn.Event;
import dev.countersign.json.JsonObject;
import dev.countersign.password.PasswordHash;
import dev.countersign.user.Identifier;
import dev.countersign.user.NewUser;
import dev.countersign.user.User;
import dev.countersign.user.UserStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is to be written into a mapped row, whether the user is new or changed. */
record Content(
        UUID uuid,
        @Nullable Identifier email,
        @Nullable Identifier username,
        UserStatus status,
        JsonObject attributes,
        @Nullable PasswordHash hash,
        ImmutableMap<Event, Instant> times) {

    static Content of(NewUser user) {
        return new Content(
                user.uuid(),
                user.email(),
                user.username(),
                user.status(),
                user.attributes(),
                user.hash(),
                ImmutableMap.of(
                        Event.CREATED, user.createdAt(),
                        Event.UPDATED_OR_CREATED, user.createdAt(),
                        Event.TOKEN_ISSUED, user.createdAt(),
                        Event.EMAIL_SINCE, user.createdAt(),
                        Event.USERNAME_SINCE, user.createdAt()));
    }

    static Content of(User user, @Nullable PasswordHash hash) {
        ImmutableMap.Builder<Event, Instant> times = ImmutableMap.builder();
        times.put(Event.CREATED, user.createdAt());
        if (user.updatedAt() != null) {
            times.put(Event.UPDATED, user.updatedAt());
        }
        times.put(Event.UPDATED_OR_CREATED, user.updatedAt() == null ? user.createdAt() : user.updatedAt());
        times.put(Event.EMAIL_SINCE, user.origin().emailSince());
        times.put(Event.USERNAME_SINCE, user.origin().usernameSince());
        if (user.passwordChangedAt() != null) {
            times.put(Event.PASSWORD_CHANGED, user.passwordChangedAt());
        }
        return new Content(
                user.uuid(),
                user.email(),
                user.username(),
                user.status(),
                user.attributes(),
                hash,
                times.buildOrThrow());
    }

    /** The same with identifiers in another spelling. */
    Content named(@Nullable Identifier otherEmail, @Nullable Identifier otherUsername) {
        return new Content(uuid, otherEmail, otherUsername, status, attributes, hash, times);
    }
}
