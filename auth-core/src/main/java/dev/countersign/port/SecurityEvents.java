package dev.countersign.port;

import dev.countersign.event.SecurityEvent;

/**
 * Receives security events, for a log, a table or an alarm. Called on the thread of the request, so it must be fast: what may wait belongs behind a queue.
 * A receiver that throws disturbs neither the request nor other receivers. Thread-safe.
 */
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
