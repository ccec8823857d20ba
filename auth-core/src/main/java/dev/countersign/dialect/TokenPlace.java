package dev.countersign.dialect;

import static java.util.Objects.requireNonNull;

import dev.countersign.json.JsonPointer;
import org.jspecify.annotations.Nullable;

/** One place of a request where a token may be. */
public sealed interface TokenPlace {

    /**
     * A request header.
     *
     * @param name the header's name
     * @param scheme the word before the token; null if the header is the token alone
     * @param exactCase whether the scheme's case matters
     * @param schemeOptional whether the scheme may be left out
     * @param parameter the name before a quoted token, as in {@code Token token="…"}; null if the token stands alone
     */
    record InHeader(
            String name,
            @Nullable String scheme,
            boolean exactCase,
            boolean schemeOptional,
            @Nullable String parameter) implements TokenPlace {

        /** Refuses what is missing. */
        public InHeader {
            requireNonNull(name, "name");
        }
    }

    /** A query parameter: it ends up in logs and histories. */
    record InQuery(String name) implements TokenPlace {

        /** Refuses what is missing. */
        public InQuery {
            requireNonNull(name, "name");
        }
    }

    /** A cookie. */
    record InCookie(String name) implements TokenPlace {

        /** Refuses what is missing. */
        public InCookie {
            requireNonNull(name, "name");
        }
    }

    /** A field of the body. */
    record InBody(JsonPointer at) implements TokenPlace {

        /** Refuses what is missing. */
        public InBody {
            requireNonNull(at, "at");
        }
    }
}
