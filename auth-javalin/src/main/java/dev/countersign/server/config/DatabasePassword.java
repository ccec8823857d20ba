package dev.countersign.server.config;

import dev.countersign.secret.Secret;

/** The password of the database. It never appears in messages, logs or {@link #toString}. */
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

    /** {@return the password in clear text, to open a connection only} */
    public String revealForConnection() {
        return new String(characters);
    }

    @Override
    public String toString() {
        return "DatabasePassword";
    }
}
