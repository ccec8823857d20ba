package dev.countersign.port;

import dev.countersign.event.SecurityEvent;

/** Receives security events, for a log or an alarm. Called on the thread of the request, so it must be fast. Thread-safe. */
@FunctionalInterface
public interface SecurityEvents {

    /**
     * Reports an event.
     *
     * @param event the event
     */
    void happened(SecurityEvent event);

    /** {@return a receiver that ignores all events} */
    static SecurityEvents none() {
        return event -> {};
    }
}
