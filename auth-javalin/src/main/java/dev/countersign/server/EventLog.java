package dev.countersign.server;

import static java.util.Objects.requireNonNull;

import dev.countersign.event.EventKind;
import dev.countersign.event.EventLine;
import dev.countersign.event.SecurityEvent;
import dev.countersign.port.SecurityEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes security events to the log, one line of {@code key=value} pairs each, under a logger of their own. */
final class EventLog implements SecurityEvents {

    /** The name of the logger, so that a log's configuration can route or silence the events. */
    static final String LOGGER = "dev.countersign.events";

    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

    @Override
    public void happened(SecurityEvent event) {
        requireNonNull(event, "event");

        if (event.kind() == EventKind.REFRESH_TOKEN_REUSED || event.kind() == EventKind.EVENTS_LOST) {
            LOG.warn("{}", EventLine.of(event));
        } else {
            LOG.info("{}", EventLine.of(event));
        }
    }
}
