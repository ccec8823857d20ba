package dev.countersign.server;

import static java.util.Objects.requireNonNull;

import dev.countersign.event.EventRecord;
import dev.countersign.event.SecurityEvent;
import dev.countersign.port.EventStore;
import dev.countersign.port.SecurityEvents;
import dev.countersign.server.config.EventConfig;
import dev.countersign.server.config.EventConfig.Sink;
import dev.countersign.session.Client;
import dev.countersign.throttle.ClientAddress;
import dev.countersign.usecase.EventSinks;
import java.util.List;

/** Stores the events of a command at once, with the operating system's account that runs it as the client. */
final class OperatorEvents implements SecurityEvents {

    private final EventStore store;

    OperatorEvents(EventStore store) {
        this.store = store;
    }

    /** The configured receiver of a command's events: the table, or without it the log. */
    static SecurityEvents of(EventConfig config, Storage storage) {
        if (config.has(Sink.TABLE)) {
            return EventSinks.of(List.of(new OperatorEvents(storage.events())), ServerEvents::warnOfFailure);
        }
        return config.has(Sink.LOG) ? new EventLog() : SecurityEvents.none();
    }

    @Override
    public void happened(SecurityEvent event) {
        requireNonNull(event, "event");

        SecurityEvent named =
                new SecurityEvent(event.at(), event.user(), event.by(), account(), event.mount(), event.detail());
        store.append(List.of(EventRecord.of(named)));
    }

    private static Client account() {
        return new Client(
                "auth-server, account " + System.getProperty("user.name", "unknown"), ClientAddress.unknown());
    }
}
