package dev.countersign.usecase;

import static java.util.Objects.requireNonNull;

import dev.countersign.event.Actor;
import dev.countersign.event.EventDetail;
import dev.countersign.event.SecurityEvent;
import dev.countersign.port.SecurityEvents;
import dev.countersign.session.Client;
import dev.countersign.user.UserId;
import java.time.InstantSource;
import java.util.Optional;

/** Reports the events of one login API, or of one operator. As thread-safe as the receiver. */
public final class Reporter {

    private final SecurityEvents events;
    private final InstantSource clock;
    private final String mount;

    /**
     * Creates a reporter.
     *
     * @param events receives the events; must not throw, see {@link EventSinks}
     * @param clock the source of the current time
     * @param mount the name of the login API; empty if there is none
     */
    public Reporter(SecurityEvents events, InstantSource clock, String mount) {
        this.events = requireNonNull(events, "events");
        this.clock = requireNonNull(clock, "clock");
        this.mount = requireNonNull(mount, "mount");
    }

    /**
     * A reporter that reports nothing.
     *
     * @param clock the source of the current time
     * @return the reporter
     */
    public static Reporter silent(InstantSource clock) {
        return new Reporter(SecurityEvents.none(), clock, "");
    }

    /**
     * Reports what a client of the login API caused.
     *
     * @param user the user that it is about; empty if unknown
     * @param client the client
     * @param detail what happened
     */
    public void byClient(Optional<UserId> user, Client client, EventDetail detail) {
        requireNonNull(user, "user");
        requireNonNull(client, "client");
        requireNonNull(detail, "detail");

        report(user, Actor.USER, client, detail);
    }

    /**
     * Reports what an operator caused.
     *
     * @param user the user that it is about; empty if it is about no single user
     * @param detail what happened
     */
    public void byOperator(Optional<UserId> user, EventDetail detail) {
        requireNonNull(user, "user");
        requireNonNull(detail, "detail");

        report(user, Actor.OPERATOR, Client.unknown(), detail);
    }

    void report(Optional<UserId> user, Actor by, Client client, EventDetail detail) {
        events.happened(new SecurityEvent(Present.of(clock), user, by, client, mount, detail));
    }
}
