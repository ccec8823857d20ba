package dev.countersign.api;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.TokenPlace;
import dev.countersign.dialect.TokenTransport;
import dev.countersign.json.Json;
import dev.countersign.json.JsonObject;
import dev.countersign.token.AccessToken;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds the token of a request in the places that the dialect defines. */
final class TokenFinder {

    private static final Splitter COOKIES = Splitter.on(';').trimResults();

    private final TokenTransport transport;

    TokenFinder(TokenTransport transport) {
        this.transport = transport;
    }

    /** The content of one place: a token, an invalid token with the reason, or nothing for this API. */
    private record Found(Optional<String> token, Optional<Reason> refusal) {

        static final Found NOTHING = new Found(Optional.empty(), Optional.empty());

        static Found refused(Reason reason) {
            return new Found(Optional.empty(), Optional.of(reason));
        }
    }

    /**
     * The single token of a request.
     *
     * @throws RefusedRequest if there is none, if one is invalid, or if two differ
     */
    AccessToken find(Exchange exchange, JsonObject body) throws RefusedRequest {
        Set<String> tokens = new LinkedHashSet<>();
        // A header that matches one place is not read for another: Token token="x" is the token x only.
        Set<String> understood = new HashSet<>();
        Reason nothing = Reason.MISSING_TOKEN;
        for (TokenPlace place : transport.places()) {
            for (String text : texts(place, exchange, body)) {
                Found found =
                        place instanceof TokenPlace.InHeader header ? header(header, text, understood) : bare(text);
                if (found.refusal().equals(Optional.of(Reason.CONFLICTING_TOKENS))) {
                    throw new RefusedRequest(Reason.CONFLICTING_TOKENS);
                }
                found.token().ifPresent(tokens::add);
                nothing = found.refusal().orElse(nothing);
            }
        }
        if (tokens.isEmpty()) {
            throw new RefusedRequest(nothing);
        }
        if (tokens.size() > 1 && !transport.firstWins()) {
            throw new RefusedRequest(Reason.CONFLICTING_TOKENS);
        }
        return AccessToken.of(tokens.iterator().next());
    }

    private static List<String> texts(TokenPlace place, Exchange exchange, JsonObject body) {
        if (place instanceof TokenPlace.InHeader header) {
            return exchange.head().headers().all(header.name());
        }
        if (place instanceof TokenPlace.InQuery query) {
            return exchange.queryValues(query.name());
        }
        if (place instanceof TokenPlace.InCookie cookie) {
            return cookies(exchange.head(), cookie.name());
        }
        return ((TokenPlace.InBody) place)
                .at().in(body).flatMap(Json::asString).stream().toList();
    }

    /** The values of all cookies with that name (RFC 6265 §5.4): two that differ are a conflict. */
    private static List<String> cookies(RequestHead head, String name) {
        List<String> values = new ArrayList<>();
        for (String line : head.headers().all("Cookie")) {
            for (String pair : COOKIES.split(line)) {
                int equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
                    String value = pair.substring(equals + 1).strip();
                    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
                    values.add(quoted ? value.substring(1, value.length() - 1) : value);
                }
            }
        }
        return values;
    }

    private static Found header(TokenPlace.InHeader place, String text, Set<String> understood) {
        String line = place.name().toLowerCase(Locale.ROOT) + ": " + text;
        if (understood.contains(line)) {
            return Found.NOTHING;
        }
        Found found = afterScheme(text.strip(), place);
        if (!found.equals(Found.NOTHING)) {
            understood.add(line);
        }
        return found;
    }

    private static Found afterScheme(String value, TokenPlace.InHeader header) {
        String scheme = header.scheme();
        if (scheme == null) {
            return bare(value);
        }
        if (!startsWith(value, scheme, header.exactCase())) {
            boolean isBare = header.schemeOptional() && !hasWhitespace(value);
            return isBare ? bare(value) : Found.NOTHING;
        }
        String rest = value.substring(scheme.length()).strip();
        if (rest.isEmpty()) {
            return Found.refused(Reason.EMPTY_TOKEN);
        }
        String parameter = header.parameter();
        return parameter == null ? bare(rest) : quoted(rest, parameter);
    }

    private static boolean startsWith(String value, String scheme, boolean exactCase) {
        return value.regionMatches(!exactCase, 0, scheme, 0, scheme.length())
                && (value.length() == scheme.length() || Character.isWhitespace(value.charAt(scheme.length())));
    }

    /** A parameter occurs once in a header (RFC 9110 §11.2); a repeated one is a conflict even where the first token wins. */
    private static Found quoted(String rest, String parameter) {
        ImmutableList<String> values = AuthParameters.values(rest, parameter).orElse(ImmutableList.of());
        if (values.size() > 1) {
            return Found.refused(Reason.CONFLICTING_TOKENS);
        }
        return values.isEmpty() ? Found.NOTHING : bare(values.get(0));
    }

    private static Found bare(String text) {
        String token = text.strip();
        if (token.isEmpty()) {
            return Found.NOTHING;
        }
        return hasWhitespace(token)
                ? Found.refused(Reason.TOKEN_WITH_SPACES)
                : new Found(Optional.of(token), Optional.empty());
    }

    private static boolean hasWhitespace(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // The letters of a token need no look into the tables of Unicode.
            if ((c <= ' ' || c > '~') && Character.isWhitespace(c)) {
                return true;
            }
        }
        return false;
    }
}
