package dev.countersign.testkit.contract;

import dev.countersign.event.Actor;
import dev.countersign.event.EventDetail;
import dev.countersign.event.EventKind;
import dev.countersign.event.LoginDetail.HashReplaced;
import dev.countersign.event.LoginDetail.LoginRefused;
import dev.countersign.event.LoginDetail.LoginSucceeded;
import dev.countersign.event.LoginDetail.RefreshTokenReused;
import dev.countersign.event.LoginDetail.SessionsEnded;
import dev.countersign.event.SecurityEvent;
import dev.countersign.event.ServerDetail.EventsLost;
import dev.countersign.event.ServerDetail.KeysChanged;
import dev.countersign.event.ServerDetail.UsersExported;
import dev.countersign.event.ServerDetail.UsersImported;
import dev.countersign.event.UserDetail.IdentifiersChanged;
import dev.countersign.event.UserDetail.Refused;
import dev.countersign.event.UserDetail.UserChanged;
import dev.countersign.session.Client;
import dev.countersign.session.SessionId;
import dev.countersign.throttle.ClientAddress;
import dev.countersign.user.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Events of every kind. */
public final class SampleEvents {

    private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");
    private static final UserId USER = new UserId(7);
    private static final SessionId SESSION = new SessionId(new UUID(0x4000, Long.MIN_VALUE));
    private static final Client CLIENT = new Client("a browser \"5\"\n= b", ClientAddress.of("192.0.2.1"));

    private SampleEvents() {}

    /** {@return an event of every kind} */
    public static List<SecurityEvent> everyKind() {
        return everyDetail().stream().map(SampleEvents::event).toList();
    }

    /** {@return a detail of every kind, with every enumerated value} */
    public static List<EventDetail> everyDetail() {
        List<EventDetail> all = new ArrayList<>(List.of(
                new LoginSucceeded(Optional.of(SESSION)),
                new LoginSucceeded(Optional.empty()),
                new RefreshTokenReused(SESSION),
                new HashReplaced(),
                new IdentifiersChanged(true, true),
                new IdentifiersChanged(true, false),
                new IdentifiersChanged(false, true),
                new Refused(EventKind.REGISTRATION_REFUSED, List.of("email:taken", "password:too_short")),
                new Refused(EventKind.CHANGE_REFUSED, List.of("current_password:wrong")),
                new UsersImported(3, 2, 1),
                new UsersExported(4),
                new KeysChanged(EventKind.KEY_ADDED, List.of("k1")),
                new KeysChanged(EventKind.KEYS_RETIRED, List.of("k1", "k2")),
                new KeysChanged(EventKind.MASTER_KEY_CHANGED, List.of("m1")),
                new EventsLost(5)));
        for (LoginRefused.Reason reason : LoginRefused.Reason.values()) {
            all.add(new LoginRefused(reason));
        }
        for (SessionsEnded.Cause cause : SessionsEnded.Cause.values()) {
            all.add(new SessionsEnded(Optional.of(SESSION), cause));
            all.add(new SessionsEnded(Optional.empty(), cause));
        }
        for (EventKind kind : List.of(
                EventKind.REGISTERED,
                EventKind.PASSWORD_CHANGED,
                EventKind.ATTRIBUTES_CHANGED,
                EventKind.USER_DISABLED,
                EventKind.USER_ENABLED,
                EventKind.USER_DELETED)) {
            all.add(new UserChanged(kind));
        }
        return all;
    }

    private static SecurityEvent event(EventDetail detail) {
        return new SecurityEvent(AT, Optional.of(USER), Actor.USER, CLIENT, "shop", detail);
    }
}
