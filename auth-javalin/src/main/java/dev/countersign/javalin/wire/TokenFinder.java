package dev.countersign.javalin.wire;

import dev.countersign.dialect.Reason;
import dev.countersign.dialect.TokenPlace;
import dev.countersign.dialect.TokenTransport;
import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import dev.countersign.token.AccessToken;
import io.javalin.http.Context;
import jakarta.servlet.http.Cookie;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the token in a request, in the places a dialect has for it. */
final class TokenFinder {

    private static final Optional<Reason> CONFLICT = Optional.of(Reason.CONFLICTING_TOKENS);

    private final TokenTransport transport;

    TokenFinder(TokenTransport transport) {
        this.transport = transport;
    }

    /**
     * The one token of a request.
     *
     * @throws RefusedException if there is none, if what is there is no token, or if two differ
     */
    AccessToken find(Context context, JsonObject body) throws RefusedException {
        Set<String> tokens = new LinkedHashSet<>();
        // A header that is understood in one way is not read in another: Token token="x" is x and nothing else.
        Set<String> understood = new HashSet<>();
        Reason nothing = Reason.MISSING_TOKEN;
        for (TokenPlace place : transport.places()) {
            for (String text : texts(place, context, body)) {
                HeaderToken found = place instanceof TokenPlace.InHeader header
                        ? header(header, text, understood)
                        : HeaderToken.plain(text);
                if (found.refusal().equals(CONFLICT)) {
                    throw new RefusedException(Reason.CONFLICTING_TOKENS);
                }
                found.token().ifPresent(tokens::add);
                nothing = found.refusal().orElse(nothing);
            }
        }
        if (tokens.isEmpty()) {
            throw new RefusedException(nothing);
        }
        if (tokens.size() > 1 && !transport.firstWins()) {
            throw new RefusedException(Reason.CONFLICTING_TOKENS);
        }
        return AccessToken.of(tokens.iterator().next());
    }

    private static HeaderToken header(TokenPlace.InHeader place, String text, Set<String> understood) {
        String line = place.name().toLowerCase(Locale.ROOT) + ": " + text;
        if (understood.contains(line)) {
            return HeaderToken.NOTHING;
        }
        HeaderToken found = HeaderToken.read(text, place);
        if (!found.equals(HeaderToken.NOTHING)) {
            understood.add(line);
        }
        return found;
    }

    private static List<String> texts(TokenPlace place, Context context, JsonObject body) {
        if (place instanceof TokenPlace.InHeader header) {
            return Collections.list(context.req().getHeaders(header.name()));
        }
        if (place instanceof TokenPlace.InQuery query) {
            return context.queryParams(query.name());
        }
        List<String> texts = new ArrayList<>();
        if (place instanceof TokenPlace.InCookie cookie) {
            cookies(context)
                    .filter(sent -> sent.getName().equals(cookie.name()))
                    .map(Cookie::getValue)
                    .forEach(texts::add);
        } else if (place instanceof TokenPlace.InBody field) {
            field.at().in(body).flatMap(Json::asString).ifPresent(texts::add);
        }
        return texts;
    }

    /** All of them: Javalin would give the first of a name, and hide that there are two. */
    private static Stream<Cookie> cookies(Context context) {
        Cookie[] all = context.req().getCookies();
        return all == null ? Stream.empty() : Arrays.stream(all);
    }
}
