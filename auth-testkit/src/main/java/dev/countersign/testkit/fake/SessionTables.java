package dev.countersign.testkit.fake;

import dev.countersign.session.NewTokens;
import dev.countersign.session.Session;
import dev.countersign.session.SessionId;
import dev.countersign.session.StoredRefresh;
import dev.countersign.token.TokenKey;
import dev.countersign.user.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an {@link InMemorySessionStore} stores. */
final class SessionTables {

    final Map<SessionId, Session> sessions = new HashMap<>();
    final List<Access> access = new ArrayList<>();
    final Map<TokenKey, Refresh> refresh = new HashMap<>();
    final Map<UserId, Instant> cuts = new HashMap<>();

    record Access(SessionId session, NewTokens.Access token, boolean isEnded) {}

    record Refresh(SessionId session, Instant expiresAt, Optional<StoredRefresh.Spent> spent) {}

    SessionTables copy() {
        SessionTables copy = new SessionTables();
        copy.sessions.putAll(sessions);
        copy.access.addAll(access);
        copy.refresh.putAll(refresh);
        copy.cuts.putAll(cuts);
        return copy;
    }

    boolean hasTokens(SessionId session) {
        return access.stream().anyMatch(token -> token.session().equals(session))
                || refresh.values().stream().anyMatch(token -> token.session().equals(session));
    }
}
