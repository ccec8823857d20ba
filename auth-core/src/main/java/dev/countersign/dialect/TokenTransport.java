package dev.countersign.dialect;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * Where requests carry the token.
 *
 * @param places the places, in the order of the search
 * @param firstWins whether the first of two different tokens is used; otherwise such a request is refused (RFC 6750 §2)
 */
public record TokenTransport(List<TokenPlace> places, boolean firstWins) {

    /** No place at all. */
    public static final TokenTransport NONE = new TokenTransport(ImmutableList.of(), false);

    /** Rejects null components. */
    public TokenTransport {
        requireNonNull(places, "places");
        places = ImmutableList.copyOf(places);
    }

    /** {@return this transport without query parameters} */
    public TokenTransport withoutQuery() {
        return new TokenTransport(
                places.stream()
                        .filter(place -> !(place instanceof TokenPlace.InQuery))
                        .collect(ImmutableList.toImmutableList()),
                firstWins);
    }

    /** {@return whether a token may be in the body} */
    public boolean readsBody() {
        return places.stream().anyMatch(TokenPlace.InBody.class::isInstance);
    }
}
