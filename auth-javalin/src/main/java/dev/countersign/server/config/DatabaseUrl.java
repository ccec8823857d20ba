package dev.countersign.server.config;

import com.google.common.base.Splitter;
import dev.countersign.secret.Secret;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The JDBC address of a database. What follows its {@code ?} may hold a password and is never shown. */
@Secret
public final class DatabaseUrl {

    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final String SQLITE = "jdbc:sqlite:";
    // Signs of a setting or a password where they are of no use.
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
     * @param text what was given
     * @return the address; empty if it is for no database that is known here, or if a setting or a password is in the part that is shown
     */
    public static Optional<DatabaseUrl> of(String text) {
        DatabaseUrl url = new DatabaseUrl(text);
        boolean server =
                text.startsWith(POSTGRESQL) && !NOT_SHOWN.matcher(url.place()).find();
        return url.isSqlite() || server ? Optional.of(url) : Optional.empty();
    }

    /** {@return whether it is an SQLite file} */
    public boolean isSqlite() {
        return text.startsWith(SQLITE);
    }

    /** {@return whether what it names can be a file, and is no database in memory or address of SQLite's own kind} */
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

    /** {@return the same with the path of its file seen from a folder} */
    DatabaseUrl in(UnaryOperator<String> seen) {
        return isFile()
                ? new DatabaseUrl(SQLITE + seen.apply(place()) + text.substring(SQLITE.length() + place().length()))
                : this;
    }

    /** {@return whether it names several servers, of which one takes writes} */
    public boolean hasSeveralHosts() {
        return text.startsWith(POSTGRESQL + "//") && place().split("/", 2)[0].contains(",");
    }

    /** {@return whether each port it names is a number that a port can have; the driver would take another one instead} */
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

    /** {@return the address as it was given, for nothing but the connection} */
    public String revealForConnection() {
        return text;
    }

    /** {@return the file, or the host and the database: what can be shown} */
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
