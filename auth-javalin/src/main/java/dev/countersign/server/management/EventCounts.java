package dev.countersign.server.management;

import static java.util.Objects.requireNonNull;

import com.google.common.util.concurrent.AtomicLongMap;
import dev.countersign.event.EventKind;
import dev.countersign.event.LoginDetail.LoginRefused;
import dev.countersign.event.LoginDetail.SessionsEnded;
import dev.countersign.event.SecurityEvent;
import dev.countersign.port.SecurityEvents;
import java.util.Locale;

/** Counts security events for the metrics. Thread-safe. */
public final class EventCounts implements SecurityEvents {

    /** The outcome of a login that succeeded, in labels. */
    static final String SUCCEEDED = "succeeded";

    private record Login(String mount, String outcome) {}

    private final AtomicLongMap<Login> logins = AtomicLongMap.create();
    private final AtomicLongMap<SessionsEnded.Cause> ends = AtomicLongMap.create();
    private final AtomicLongMap<EventKind> kinds = AtomicLongMap.create();

    @Override
    public void happened(SecurityEvent event) {
        requireNonNull(event, "event");

        kinds.incrementAndGet(event.kind());
        if (event.detail() instanceof LoginRefused refused) {
            logins.incrementAndGet(new Login(event.mount(), outcome(refused.reason())));
        } else if (event.kind() == EventKind.LOGIN_SUCCEEDED) {
            logins.incrementAndGet(new Login(event.mount(), SUCCEEDED));
        } else if (event.detail() instanceof SessionsEnded ended) {
            ends.incrementAndGet(ended.cause());
        }
    }

    static String outcome(LoginRefused.Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    /** Logins of a login API with an outcome. */
    long logins(String mount, String outcome) {
        return logins.get(new Login(mount, outcome));
    }

    /** Ends of sessions with a cause. */
    long ends(SessionsEnded.Cause cause) {
        return ends.get(cause);
    }

    /** Events of a kind. */
    long events(EventKind kind) {
        return kinds.get(kind);
    }
}
