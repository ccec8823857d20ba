package dev.countersign.event;

import static java.util.Objects.requireNonNull;

import dev.countersign.session.Client;
import dev.countersign.user.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that an operator wants to know about. Holds no password, token, hash or key, and not the identifier that somebody typed, which may be a
 * password typed into the wrong field.
 *
 * @param at when it happened
 * @param user the user that it is about; empty if unknown or if it is about no single user
 * @param by who caused it
 * @param client the client of the request; unknown without a request
 * @param mount the name of the login API; empty if there is none
 * @param detail what happened
 */
public record SecurityEvent(
        Instant at, Optional<UserId> user, Actor by, Client client, String mount, EventDetail detail) {

    /** Rejects null components. */
    public SecurityEvent {
        requireNonNull(at, "at");
        requireNonNull(user, "user");
        requireNonNull(by, "by");
        requireNonNull(client, "client");
        requireNonNull(mount, "mount");
        requireNonNull(detail, "detail");
    }

    /** {@return the kind of event} */
    public EventKind kind() {
        return detail.kind();
    }
}
