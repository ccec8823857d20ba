package dev.countersign.javalin.wire;

import com.google.common.collect.ImmutableList;
import dev.countersign.dialect.Reason;
import dev.countersign.dialect.TokenPlace;
import java.util.Optional;

/** What a header, or another place, holds: a token, something that is none, or nothing that is meant for us. */
record HeaderToken(Optional<String> token, Optional<Reason> refusal) {

    static final HeaderToken NOTHING = new HeaderToken(Optional.empty(), Optional.empty());

    static HeaderToken plain(String text) {
        String token = text.strip();
        if (token.isEmpty()) {
            return NOTHING;
        }
        return token.chars().anyMatch(Character::isWhitespace)
                ? new HeaderToken(Optional.empty(), Optional.of(Reason.TOKEN_WITH_SPACES))
                : new HeaderToken(Optional.of(token), Optional.empty());
    }

    static HeaderToken read(String text, TokenPlace.InHeader header) {
        String scheme = header.scheme();
        String value = text.strip();
        if (scheme == null) {
            return plain(value);
        }
        if (!startsWith(value, scheme, header.exactCase())) {
            boolean bare = header.schemeOptional() && value.chars().noneMatch(Character::isWhitespace);
            return bare ? plain(value) : NOTHING;
        }
        String rest = value.substring(scheme.length()).strip();
        if (rest.isEmpty()) {
            return new HeaderToken(Optional.empty(), Optional.of(Reason.EMPTY_TOKEN));
        }
        String parameter = header.parameter();
        return parameter == null ? plain(rest) : quoted(rest, parameter);
    }

    private static boolean startsWith(String value, String scheme, boolean exactCase) {
        return value.regionMatches(!exactCase, 0, scheme, 0, scheme.length())
                && (value.length() == scheme.length() || Character.isWhitespace(value.charAt(scheme.length())));
    }

    /** A parameter occurs once in a header (RFC 9110 §11.2); a repeated one is a conflict even where the first token wins. */
    private static HeaderToken quoted(String rest, String parameter) {
        ImmutableList<String> values = AuthParameters.values(rest, parameter).orElse(ImmutableList.of());
        if (values.size() > 1) {
            return new HeaderToken(Optional.empty(), Optional.of(Reason.CONFLICTING_TOKENS));
        }
        return values.isEmpty() ? NOTHING : plain(values.get(0));
    }
}
