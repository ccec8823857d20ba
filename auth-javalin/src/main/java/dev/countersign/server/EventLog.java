package dev.countersign.server;

import static java.util.Objects.requireNonNull;

import dev.countersign.event.SecurityEvent;
import dev.countersign.port.SecurityEvents;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes security events to the log, without anything that a log must not hold. */
final class EventLog implements SecurityEvents {

    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);

    @Override
    public void happened(SecurityEvent event) {
        requireNonNull(event, "event");

        if (event instanceof SecurityEvent.RefreshTokenReused reused) {
            LOG.warn(
                    "a spent refresh token of user {} came back, so it may have been stolen; ended session {}",
                    reused.user(),
                    reused.session());
        } else if (event instanceof SecurityEvent.SessionsEnded ended) {
            LOG.info(
                    "ended {} of user {} ({})",
                    ended.session().map(id -> "session " + id).orElse(what(ended.cause())),
                    ended.user(),
                    ended.cause().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
    }

    private static String what(SecurityEvent.SessionsEnded.Cause cause) {
        return cause == SecurityEvent.SessionsEnded.Cause.LOGOUT ? "a token without a session" : "the sessions";
    }
}
