package dev.countersign.api;

import dev.countersign.json.Json;
import dev.countersign.json.JsonBoolean;
import dev.countersign.session.IssuedTokens;
import dev.countersign.session.Session;
import dev.countersign.session.SessionId;
import dev.countersign.template.SlotName;
import dev.countersign.template.SlotValue;
import dev.countersign.template.Slots;
import dev.countersign.token.AccessToken;
import dev.countersign.token.IssuedToken;
import dev.countersign.usecase.AuthenticateRequest.Outcome.Authenticated;
import dev.countersign.user.User;
import dev.countersign.user.UserSlots;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** The slots of answers: the user, the token, and the headers of the request. */
final class AnswerSlots {

    private static final String HEADER = "header";
    private static final String REFRESH = "refresh_token";

    private AnswerSlots() {}

    static Slots none(Exchange exchange) {
        return name -> name.source().equals("request")
                        && name.rest().size() == 2
                        && name.rest().get(0).equals(HEADER)
                ? SlotValue.of(exchange.header(name.rest().get(1)).orElse(null))
                : SlotValue.ABSENT;
    }

    static Slots issued(Exchange exchange, User user, IssuedTokens tokens) {
        IssuedToken token = tokens.access();
        Slots access = of(
                exchange,
                user,
                name -> name.is("token.id")
                        ? SlotValue.of(token.id())
                        : token(name, token.token(), token.issuedAt(), token.expiresAt()));
        return name -> switch (name.source()) {
            case REFRESH ->
                tokens.refresh().map(refresh -> refresh(name, refresh)).orElse(SlotValue.ABSENT);
            case "session" -> session(name, tokens.session());
            default -> access.value(name);
        };
    }

    private static SlotValue refresh(SlotName name, IssuedTokens.Refresh refresh) {
        return switch (name.toString()) {
            case REFRESH -> SlotValue.of(refresh.token().revealText());
            case REFRESH + ".issued_at" -> SlotValue.of(refresh.issuedAt());
            case REFRESH + ".expires_at" -> SlotValue.of(refresh.expiresAt());
            case REFRESH + ".lifetime" -> SlotValue.of(refresh.lifetime().toSeconds());
            default -> SlotValue.ABSENT;
        };
    }

    private static SlotValue session(SlotName name, Optional<SessionId> session) {
        return name.is("session.id")
                ? SlotValue.of(session.map(SessionId::toString).orElse(null))
                : SlotValue.ABSENT;
    }

    /** Slots with one more value. */
    static Slots with(String added, Json value, Slots others) {
        return name -> name.is(added) ? SlotValue.of(value) : others.value(name);
    }

    /** The slots of one session of a list. */
    static SlotValue listed(SlotName name, Session session, boolean isCurrent) {
        return switch (name.toString()) {
            case "session.id" -> SlotValue.of(session.id().toString());
            case "session.created_at" -> SlotValue.of(session.startedAt());
            case "session.last_used_at" -> SlotValue.of(session.lastUsedAt());
            case "session.expires_at" -> SlotValue.of(session.expiresAt());
            case "session.client" -> session.client().isEmpty() ? SlotValue.ABSENT : SlotValue.of(session.client());
            case "session.current" -> SlotValue.of(new JsonBoolean(isCurrent));
            default -> SlotValue.ABSENT;
        };
    }

    static Slots presented(Exchange exchange, User user, AccessToken token, Authenticated by) {
        return of(
                exchange,
                user,
                name -> name.source().equals("session")
                        ? session(name, by.session())
                        : token(name, token, by.token().issuedAt(), by.token().expiresAt()));
    }

    static Slots keys(Exchange exchange, Json keys) {
        return name -> name.is("keys") ? SlotValue.of(keys) : none(exchange).value(name);
    }

    private static Slots of(Exchange exchange, User user, Function<SlotName, SlotValue> token) {
        Slots request = none(exchange);
        return name -> switch (name.source()) {
            case UserSlots.SOURCE -> UserSlots.value(user, name);
            case "token", "session" -> token.apply(name);
            default -> request.value(name);
        };
    }

    private static SlotValue token(SlotName name, AccessToken token, Instant issuedAt, Instant expiresAt) {
        return switch (name.toString()) {
            case "token" -> SlotValue.of(token.revealCompact());
            case "token.issued_at" -> SlotValue.of(issuedAt);
            case "token.expires_at" -> SlotValue.of(expiresAt);
            case "token.lifetime" ->
                SlotValue.of(Duration.between(issuedAt, expiresAt).toSeconds());
            default -> SlotValue.ABSENT;
        };
    }
}
