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
    KEYS(false, false),
    /** Exchange a refresh token for new tokens. */
    REFRESH(false, false, true),
    /** Exchange a valid access token for a new one. */
    RENEW(true, false, true),
    /** End sessions of the token's user; see {@link OperationRule.LogOut}. */
    LOGOUT(true, false, true),
    /** List the sessions of the token's user. */
    SESSIONS(true, false, true),
    /** End one session of the token's user, which the path names. */
    END_SESSION(true, false, true),
    /** Change the password of the token's user. */
    PASSWORD(true, true);

    private final boolean authenticated;
    private final boolean fields;
    private final boolean sessions;

    Operation(boolean authenticated, boolean fields) {
        this(authenticated, fields, false);
    }

    Operation(boolean authenticated, boolean fields, boolean sessions) {
        this.authenticated = authenticated;
        this.fields = fields;
        this.sessions = sessions;
    }

    /** {@return whether a request must carry a valid access token; a logout may accept a refresh token instead} */
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

    /** {@return whether it works only where sessions are stored} */
    public boolean needsSessions() {
        return sessions;
    }

    /** {@return the name in a dialect file} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
