package dev.countersign.javalin.dialect;

import com.google.common.collect.ImmutableList;
import dev.countersign.dialect.TokenPlace;
import dev.countersign.dialect.TokenTransport;
import dev.countersign.javalin.yaml.Section;
import java.util.List;
import java.util.Optional;

/** Reads how a token travels in. */
final class TransportReader {

    private TransportReader() {}

    static TokenTransport read(Section in, boolean firstWins) {
        ImmutableList<TokenPlace> places = in.list(
                "token_in", (json, at) -> place(Section.of(json, at, DialectKey.TOKEN_PLACE.keys(), in.problems())));
        return new TokenTransport(places, firstWins);
    }

    private static Optional<TokenPlace> place(Section place) {
        List<String> kinds = List.of("header", "query", "cookie", "body");
        if (kinds.stream().filter(place::has).count() != 1) {
            place.problems().add(place.at(), "a place needs exactly one kind", "one of " + String.join(", ", kinds));
            return Optional.empty();
        }
        if (!place.has("header") && (place.has("scheme") || place.has("parameter"))) {
            place.problems().add(place.at(), "only a header has a scheme", "leave scheme and parameter out");
        }
        if (place.has("parameter") && !place.has("scheme")) {
            place.problems().add(place.at("parameter"), "a parameter needs a scheme", "add the scheme before it");
        }
        return place.text("header")
                .<TokenPlace>map(name -> header(name, place))
                .or(() -> place.text("query").map(TokenPlace.InQuery::new))
                .or(() -> place.text("cookie").map(TokenPlace.InCookie::new))
                .or(() -> place.pointer("body").map(TokenPlace.InBody::new));
    }

    private static TokenPlace header(String name, Section place) {
        return new TokenPlace.InHeader(
                name,
                place.text("scheme").orElse(null),
                place.word("scheme_case", SchemeCase.class, SchemeCase.IGNORE) == SchemeCase.EXACT,
                place.flag("scheme_optional", false),
                place.text("parameter").orElse(null));
    }

    /** Whether the case of a scheme matters. */
    enum SchemeCase {
        EXACT,
        IGNORE
    }

    static boolean firstWins(Section file) {
        return file.word("conflicting_tokens", Conflict.class, Conflict.REFUSE) == Conflict.FIRST;
    }

    /** What two different tokens in one request mean. */
    enum Conflict {
        REFUSE,
        FIRST
    }

    static boolean isWritten(Section in) {
        return in.json("token_in").filter(json -> !json.isNull()).isPresent();
    }
}
