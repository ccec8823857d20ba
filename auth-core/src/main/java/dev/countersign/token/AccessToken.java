package dev.countersign.token;

import static java.util.Objects.requireNonNull;

import dev.countersign.secret.Secret;

/** A signed token in compact form (RFC 7515 §7.1). Has no equality: the same bytes can be spelled in several ways. */
@Secret
public final class AccessToken {

    private final String compact;

    private AccessToken(String compact) {
        this.compact = compact;
    }

    /**
     * Wraps a token as a client presented it.
     *
     * @param compact any text; a token has three parts separated by dots
     * @return the token
     */
    public static AccessToken of(String compact) {
        requireNonNull(compact, "compact");

        return new AccessToken(compact);
    }

    /** {@return the compact form, only for an answer or a codec} */
    public String revealCompact() {
        return compact;
    }

    @Override
    public String toString() {
        return "AccessToken[hidden]";
    }
}
