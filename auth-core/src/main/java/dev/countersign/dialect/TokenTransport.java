package dev.countersign.dialect;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;

/**
 * How a token travels in.
 *
 * @param places where to look, in this order
 * @param firstWins whether of two different tokens the first is taken; otherwise such a request is refused (RFC 6750 §2)
 */
public record TokenTransport(ImmutableList<TokenPlace> places, boolean firstWins) {

    /** Refuses what is missing. */
    public TokenTransport {
        requireNonNull(places, "places");
    }

    /** {@return this transport without the places that end up in logs and histories} */
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
