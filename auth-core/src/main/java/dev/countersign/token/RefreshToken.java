package dev.countersign.token;

import static java.util.Objects.requireNonNull;

import dev.countersign.secret.Secret;

/** A refresh token: a text with which a client gets a new access token. Stores keep its {@link TokenKey} only. */
@Secret
public final class RefreshToken {

    private final String text;

    private RefreshToken(String text) {
        this.text = text;
    }

    /**
     * Wraps a refresh token as a client presented it.
     *
     * @param text any text
     * @return the token
     */
    public static RefreshToken of(String text) {
        return new RefreshToken(requireNonNull(text, "text"));
    }

    /** {@return the text, only for an answer or a codec} */
    public String revealText() {
        return text;
    }

    @Override
    public String toString() {
        return "RefreshToken[hidden]";
    }
}
