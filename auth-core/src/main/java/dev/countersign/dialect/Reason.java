package dev.countersign.dialect;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Why an answer is an error, as the wire can tell it. A dialect writes only what differs: a reason it does not write is answered like its {@link #fallback},
 * with its own status where HTTP has one for it.
 */
public enum Reason {
    /** Unknown user or wrong password. */
    BAD_CREDENTIALS(null, 401),
    /** The right password of a user who was switched off. */
    ACCOUNT_DISABLED(BAD_CREDENTIALS, 0),
    /** The user has to wait after too many failures. */
    ACCOUNT_LOCKED(BAD_CREDENTIALS, 0),
    /** No token where one is needed. */
    MISSING_TOKEN(null, 401),
    /** A token that does not hold, whatever the cause. */
    INVALID_TOKEN(MISSING_TOKEN, 0),
    /** Not a token at all. */
    MALFORMED_TOKEN(INVALID_TOKEN, 0),
    /** The right place and scheme with nothing in it. */
    EMPTY_TOKEN(MALFORMED_TOKEN, 0),
    /** The right place and scheme with more than one word in it. */
    TOKEN_WITH_SPACES(MALFORMED_TOKEN, 0),
    /** A signature that does not verify. */
    BAD_SIGNATURE(INVALID_TOKEN, 0),
    /** Past its expiry. */
    EXPIRED_TOKEN(INVALID_TOKEN, 0),
    /** Of the future. */
    PREMATURE_TOKEN(INVALID_TOKEN, 0),
    /** Well signed with other claims than this dialect's. */
    FOREIGN_TOKEN(INVALID_TOKEN, 0),
    /** Made unusable before its expiry. */
    REVOKED_TOKEN(INVALID_TOKEN, 0),
    /** A request that cannot be understood. */
    BAD_REQUEST(null, 400),
    /** Two different tokens in one request (RFC 6750 §2). */
    CONFLICTING_TOKENS(BAD_REQUEST, 400),
    /** A body that is not what its media type says. */
    UNPARSEABLE_BODY(BAD_REQUEST, 0),
    /** A body of a media type that is not read. */
    UNSUPPORTED_MEDIA_TYPE(BAD_REQUEST, 415),
    /** A body beyond the limit. */
    BODY_TOO_LARGE(BAD_REQUEST, 413),
    /** A body that did not arrive in time. */
    REQUEST_TIMEOUT(BAD_REQUEST, 408),
    /** A request header that is asked for is missing. */
    MISSING_HEADER(BAD_REQUEST, 0),
    /** A constant that is asked for is missing or has another value. */
    WRONG_CONSTANT(BAD_REQUEST, 0),
    /** Fields that are absent or unusable. */
    INVALID_FIELDS(BAD_REQUEST, 0),
    /** An identifier that another user has. */
    DUPLICATE_IDENTIFIER(INVALID_FIELDS, 409),
    /** The user may not do this; an application says so of its own routes. */
    FORBIDDEN(BAD_REQUEST, 403),
    /** No such route. */
    NOT_FOUND(BAD_REQUEST, 404),
    /** The route exists for other methods. */
    METHOD_NOT_ALLOWED(BAD_REQUEST, 405),
    /** Too many requests. */
    THROTTLED(BAD_REQUEST, 429),
    /** Something broke. */
    FAULT(null, 500),
    /** Something broke that may work again soon. */
    UNAVAILABLE(FAULT, 503);

    private final @Nullable Reason fallback;
    private final int status;

    Reason(@Nullable Reason fallback, int status) {
        this.fallback = fallback;
        this.status = status;
    }

    /** {@return the reason that speaks for this one where a dialect does not; empty for those a dialect must write} */
    public Optional<Reason> fallback() {
        return Optional.ofNullable(fallback);
    }

    /** {@return the status HTTP has for this; empty where it is the fallback's} */
    public OptionalInt naturalStatus() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /**
     * Tells whether nothing raises this reason yet.
     *
     * @return whether a file may have an answer for it that this release never sends
     */
    public boolean isReserved() {
        return this == ACCOUNT_LOCKED || this == THROTTLED;
    }

    /** {@return the name in a dialect file} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
