package dev.countersign.dialect.file;

import com.google.common.collect.ImmutableList;
import dev.countersign.dialect.TokenPlace;
import dev.countersign.dialect.TokenTransport;
import dev.countersign.internal.yaml.Section;
import dev.countersign.json.JsonPointer;
import java.util.List;
import java.util.Optional;

/** Reads where requests carry the token. */
final class TransportReader {

    private static final List<String> KINDS = List.of("header", "query", "cookie", "body");

    /** The key of the places of access tokens. */
    static final String ACCESS = "token_in";

    /** The key of the places of refresh tokens. */
    static final String REFRESH = "refresh_token_in";

    private TransportReader() {}

    static TokenTransport read(String key, Section in, boolean firstWins) {
        ImmutableList<TokenPlace> places =
                in.list(key, (json, at) -> place(Section.of(json, at, DialectKey.TOKEN_PLACE, in.problems())));
        return new TokenTransport(places, firstWins);
    }

    private static Optional<TokenPlace> place(Section place) {
        if (KINDS.stream().filter(place::has).count() != 1) {
            place.problems().add(place.at(), "a place needs exactly one kind", "one of " + String.join(", ", KINDS));
            return Optional.empty();
        }
        if (!place.has("header") && (place.has("scheme") || place.has("parameter"))) {
            place.problems().add(place.at(), "only a header has a scheme", "leave scheme and parameter out");
        }
        for (String key : List.of("parameter", "scheme_case", "scheme_optional")) {
            if (place.has(key) && !place.has("scheme")) {
                place.problems().add(place.at(key), key + " needs a scheme", "add the scheme, or leave it out");
            }
        }
        for (String key : List.of("scheme", "parameter", "cookie")) {
            checkToken(key, place);
        }
        return place.text("header")
                .<TokenPlace>map(name -> header(name, place))
                .or(() -> place.text("query").map(name -> query(name, place)))
                .or(() -> place.text("cookie").map(TokenPlace.InCookie::new))
                .or(() -> place.pointer("body").map(at -> body(at, place)));
    }

    private static void checkToken(String key, Section place) {
        place.text(key)
                .filter(text -> !HeaderRules.isToken(text))
                .ifPresent(text -> place.problems()
                        .add(place.at(key), key + " is '" + text + "'", "one word of letters, digits and hyphens"));
    }

    private static TokenPlace header(String name, Section place) {
        HeaderRules.checkRequestName(name, place.at("header"), place.problems());
        return new TokenPlace.InHeader(
                name,
                place.text("scheme").orElse(null),
                place.word("scheme_case", SchemeCase.class, SchemeCase.IGNORE) == SchemeCase.EXACT,
                place.flag("scheme_optional", false),
                place.text("parameter").orElse(null));
    }

    private static TokenPlace query(String name, Section place) {
        if (name.isEmpty()) {
            place.problems().add(place.at("query"), "a query parameter without a name", "such as access_token");
        }
        return new TokenPlace.InQuery(name);
    }

    private static TokenPlace body(JsonPointer at, Section place) {
        if (at.segments().isEmpty()) {
            place.problems()
                    .add(
                            place.at("body"),
                            "the whole body cannot be a token",
                            "the pointer of a field, such as /token");
        }
        return new TokenPlace.InBody(at);
    }

    /** Whether a scheme is case-sensitive. */
    enum SchemeCase {
        EXACT,
        IGNORE
    }

    static boolean firstWins(Section file) {
        return file.word("conflicting_tokens", Conflict.class, Conflict.REFUSE) == Conflict.FIRST;
    }

    /** The handling of two different tokens in one request. */
    enum Conflict {
        REFUSE,
        FIRST
    }

    /** The places in a section, or others if it has none. */
    static TokenTransport readOr(String key, Section in, TokenTransport otherwise) {
        return isWritten(key, in) ? read(key, in, otherwise.firstWins()) : otherwise;
    }

    private static boolean isWritten(String key, Section in) {
        return in.json(key).filter(json -> !json.isNull()).isPresent();
    }
}
