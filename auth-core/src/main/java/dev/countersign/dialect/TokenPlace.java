package dev.countersign.dialect;

import static java.util.Objects.requireNonNull;

import dev.countersign.json.JsonPointer;
import org.jspecify.annotations.Nullable;

/** A place in a request that may hold a token. */
public sealed interface TokenPlace {

    /**
     * A request header.
     *
     * @param name the header's name
     * @param scheme the word before the token; null if the header is only the token
     * @param exactCase whether the scheme is case-sensitive
     * @param schemeOptional whether the scheme may be left out
     * @param parameter the name before a quoted token, as in {@code Token token="…"}; null if there is no parameter
     */
    record InHeader(
            String name,
            @Nullable String scheme,
            boolean exactCase,
            boolean schemeOptional,
            @Nullable String parameter) implements TokenPlace {

        /** Rejects null components. */
        public InHeader {
            requireNonNull(name, "name");
        }
    }

    /** A query parameter. It ends up in logs and browser histories. */
    record InQuery(String name) implements TokenPlace {

        /** Rejects null components. */
        public InQuery {
            requireNonNull(name, "name");
        }
    }

    /** A cookie. */
    record InCookie(String name) implements TokenPlace {

        /** Rejects null components. */
        public InCookie {
            requireNonNull(name, "name");
        }
    }

    /** A field of the body. */
    record InBody(JsonPointer at) implements TokenPlace {

        /** Rejects null components. */
        public InBody {
            requireNonNull(at, "at");
        }
    }
}
