package dev.countersign.server.config;

import com.google.common.base.Splitter;
import dev.countersign.secret.Secret;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The JDBC address of a database. The part after {@code ?} may hold a password and is never shown. */
@Secret
public final class DatabaseUrl {

    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final String SQLITE = "jdbc:sqlite:";
    // Characters that belong to a setting or a password, and have no meaning in the part that is shown.
    private static final Pattern NOT_SHOWN = Pattern.compile("[@&;=\\s]");

    private static final Pattern PORT =
            Pattern.compile("[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]");

    private final String text;

    private DatabaseUrl(String text) {
        this.text = text;
    }

    /**
     * Reads an address.
     *
     * @param text the configured address
     * @return the address; empty if the database is not supported, or if the part that is shown holds a setting or a password
     */
    public static Optional<DatabaseUrl> of(String text) {
        DatabaseUrl url = new DatabaseUrl(text);
        boolean server =
                text.startsWith(POSTGRESQL) && !NOT_SHOWN.matcher(url.place()).find();
        return url.isSqlite() || server ? Optional.of(url) : Optional.empty();
    }

    /** {@return whether the database is SQLite} */
    public boolean isSqlite() {
        return text.startsWith(SQLITE);
    }

    /** {@return whether the address names an SQLite file, not an in-memory database or a {@code file:} URI} */
    public boolean isFile() {
        String place = place();
        return isSqlite() && !place.isEmpty() && !place.startsWith(":") && !place.startsWith("file:") && isPath(place);
    }

    private static boolean isPath(String text) {
        try {
            return !Path.of(text).toString().isEmpty();
        } catch (InvalidPathException impossible) {
            return false;
        }
    }

    /** {@return the same address with the path of its file resolved} */
    DatabaseUrl in(UnaryOperator<String> resolve) {
        return isFile()
                ? new DatabaseUrl(SQLITE + resolve.apply(place()) + text.substring(SQLITE.length() + place().length()))
                : this;
    }

    /** {@return whether the address names several servers, one of which is the primary} */
    public boolean hasSeveralHosts() {
        return text.startsWith(POSTGRESQL + "//") && place().split("/", 2)[0].contains(",");
    }

    /** {@return whether each port in the address is valid; the driver would replace an invalid port by its default} */
    public boolean hasPorts() {
        if (!text.startsWith(POSTGRESQL + "//")) {
            return true;
        }
        return Splitter.on(',').splitToStream(place().split("/", 2)[0]).allMatch(host -> {
            int colon = host.lastIndexOf(':');
            return colon < 0
                    || host.endsWith("]")
                    || PORT.matcher(host.substring(colon + 1)).matches();
        });
    }

    /** {@return the whole address, to open a connection only} */
    public String revealForConnection() {
        return text;
    }

    /** {@return the part that can be shown: the file, or the host and the database name} */
    public String place() {
        String path = text.substring(isSqlite() ? SQLITE.length() : Math.min(POSTGRESQL.length(), text.length()));
        String shown = path.split("\\?", 2)[0];
        return shown.startsWith("//") && !isSqlite() ? shown.substring(2) : shown;
    }

    @Override
    public String toString() {
        return place();
    }
}
