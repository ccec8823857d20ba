package dev.countersign.token;

import static java.util.Objects.requireNonNull;

import dev.countersign.secret.Secret;

/** A signed token in its compact form (RFC 7515 §7.1). Not compared: one token has several spellings of the same bytes. */
@Secret
public final class AccessToken {

    private final String compact;

    private AccessToken(String compact) {
        this.compact = compact;
    }

    /**
     * A token as a client presents it.
     *
     * @param compact three parts with dots between, if it is a token at all
     * @return the token
     */
    public static AccessToken of(String compact) {
        requireNonNull(compact, "compact");

        return new AccessToken(compact);
    }

    /** {@return the compact form, for an answer or a codec only} */
    public String revealCompact() {
        return compact;
    }

    @Override
    public String toString() {
        return "AccessToken[hidden]";
    }
}
