package dev.countersign.server.config;

import dev.countersign.secret.Secret;

/** The database's password, which no message, log or text form has. */
@Secret
public final class DatabasePassword {

    /** The environment variable that holds it. */
    public static final String VARIABLE = "AUTH_DATABASE_PASSWORD";

    private final char[] characters;

    private DatabasePassword(char[] characters) {
        this.characters = characters;
    }

    /**
     * Wraps a password.
     *
     * @param text the password
     * @return the password, hidden
     */
    public static DatabasePassword of(String text) {
        return new DatabasePassword(text.toCharArray());
    }

    /** {@return the password, for nothing but the connection} */
    public String revealForConnection() {
        return new String(characters);
    }

    @Override
    public String toString() {
        return "DatabasePassword";
    }
}
