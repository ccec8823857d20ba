package dev.countersign.dialect;

import java.util.Locale;

/** The operations of a login API. */
public enum Operation {
    /** Log in with an identifier and a password. */
    LOGIN(false, true),
    /** Show the token's user. */
    ME(true, false),
    /** Register a new user. */
    REGISTER(false, true),
    /** Change the token's user. */
    UPDATE(true, true),
    /** Report whether a token is valid. */
    VERIFY(true, false),
    /** Publish the public keys as a JWK Set (RFC 7517 §5). */
    KEYS(false, false);

    private final boolean authenticated;
    private final boolean fields;

    Operation(boolean authenticated, boolean fields) {
        this.authenticated = authenticated;
        this.fields = fields;
    }

    /** {@return whether a request must carry a valid token} */
    public boolean isAuthenticated() {
        return authenticated;
    }

    /** {@return whether a request has input fields} */
    public boolean hasFields() {
        return fields;
    }

    /** {@return whether a request may hash a password} */
    public boolean mayHash() {
        return fields;
    }

    /** {@return the name in a dialect file} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
