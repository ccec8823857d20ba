package dev.countersign.dialect;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The reason for an error answer, as clients can distinguish it. A dialect defines only the reasons that differ: an undefined reason is answered like its
 * {@link #fallback}, with its own {@linkplain #naturalStatus status} if HTTP has one.
 */
public enum Reason {
    /** Unknown user or wrong password. */
    BAD_CREDENTIALS(null, 401),
    /** The right password of a disabled user. */
    ACCOUNT_DISABLED(BAD_CREDENTIALS, 0),
    /** No token on a request that needs one. */
    MISSING_TOKEN(null, 401),
    /** An invalid token, for any reason. */
    INVALID_TOKEN(MISSING_TOKEN, 0),
    /** Not a token at all. */
    MALFORMED_TOKEN(INVALID_TOKEN, 0),
    /** The right place and scheme, but no token. */
    EMPTY_TOKEN(MALFORMED_TOKEN, 0),
    /** The right place and scheme, but more than one word. */
    TOKEN_WITH_SPACES(MALFORMED_TOKEN, 0),
    /** A signature that does not verify. */
    BAD_SIGNATURE(INVALID_TOKEN, 0),
    /** Past its expiry. */
    EXPIRED_TOKEN(INVALID_TOKEN, 0),
    /** Issued in the future. */
    PREMATURE_TOKEN(INVALID_TOKEN, 0),
    /** Correctly signed, but with claims of another dialect. */
    FOREIGN_TOKEN(INVALID_TOKEN, 0),
    /** Made unusable before its expiry. */
    REVOKED_TOKEN(INVALID_TOKEN, 0),
    /** No refresh token on a request that needs one. */
    MISSING_REFRESH_TOKEN(MISSING_TOKEN, 0),
    /** Not a refresh token of this API. */
    INVALID_REFRESH_TOKEN(INVALID_TOKEN, 0),
    /** A refresh token past its expiry. */
    EXPIRED_REFRESH_TOKEN(INVALID_REFRESH_TOKEN, 0),
    /** A refresh token that was used before: its session has been ended. */
    REUSED_REFRESH_TOKEN(INVALID_REFRESH_TOKEN, 0),
    /** A refresh token whose session was ended, or whose user may no longer log in. */
    REVOKED_REFRESH_TOKEN(INVALID_REFRESH_TOKEN, 0),
    /** A request that cannot be understood. */
    BAD_REQUEST(null, 400),
    /** Two different tokens in one request (RFC 6750 §2). */
    CONFLICTING_TOKENS(BAD_REQUEST, 400),
    /** A body that does not match its media type. */
    UNPARSEABLE_BODY(BAD_REQUEST, 0),
    /** A body of an unsupported media type. */
    UNSUPPORTED_MEDIA_TYPE(BAD_REQUEST, 415),
    /** A body above the size limit. */
    BODY_TOO_LARGE(BAD_REQUEST, 413),
    /** A body that did not arrive in time. */
    REQUEST_TIMEOUT(BAD_REQUEST, 408),
    /** A required request header is missing. */
    MISSING_HEADER(BAD_REQUEST, 0),
    /** A required constant is missing or has another value. */
    WRONG_CONSTANT(BAD_REQUEST, 0),
    /** Fields that are absent or unusable. */
    INVALID_FIELDS(BAD_REQUEST, 0),
    /** An identifier that belongs to another user. */
    DUPLICATE_IDENTIFIER(INVALID_FIELDS, 409),
    /** The user may not do this; raised by an application on its own routes. */
    FORBIDDEN(BAD_REQUEST, 403),
    /** No such route. */
    NOT_FOUND(BAD_REQUEST, 404),
    /** The user has no such session. */
    NO_SUCH_SESSION(NOT_FOUND, 404),
    /** The route exists for other methods. */
    METHOD_NOT_ALLOWED(BAD_REQUEST, 405),
    /** Too many failed logins from the client's network, or too many at once. */
    THROTTLED(BAD_REQUEST, 429),
    /** Too many failed logins of the user, known or not. */
    ACCOUNT_LOCKED(THROTTLED, 429),
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

    /** {@return the reason whose answer replaces an undefined one; empty for reasons that every dialect must define} */
    public Optional<Reason> fallback() {
        return Optional.ofNullable(fallback);
    }

    /** {@return the HTTP status of this reason; empty to use that of the fallback} */
    public OptionalInt naturalStatus() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /** {@return the name in a dialect file} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
