package dev.countersign.server.config;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.Locale;

/** Everything the server can be told, each as a flag, an environment variable and a key of the configuration file. */
public enum Setting {
    /** The address to listen on. */
    HOST("ADDRESS", "address to listen on (default 127.0.0.1)"),
    /** The port to listen on. */
    PORT("N", "port to listen on, 0 for any free one (default 8080)"),
    /** The folder of the database and the keys. */
    DATA("DIR", "folder of the embedded database and the keys (default ./auth-data)"),
    /** The database. */
    DATABASE("URL", "JDBC address of the database (default an SQLite file in the data folder)"),
    /** The database's user. */
    DATABASE_USER("NAME", "user of the PostgreSQL database, if the address names none"),
    /** The file with the database's password. */
    DATABASE_PASSWORD_FILE(
            "FILE",
            "file with the password of the database's user, for its owner alone; or set AUTH_DATABASE_PASSWORD"),
    /** The most connections. */
    DATABASE_POOL("N", "most connections to the database at once, 1 to 200 (default 8)"),
    /** How long a request waits for a connection. */
    DATABASE_POOL_WAIT("TIME", "how long a request waits for a connection, 1s to 60s (default 3s)"),
    /** How long a statement may take. */
    DATABASE_STATEMENT_TIMEOUT("TIME", "how long a statement may take, 1s to 60s (default 5s)"),
    /** How long a database's host may take to accept a connection. */
    DATABASE_CONNECT_TIMEOUT(
            "TIME",
            "how long a host of the PostgreSQL database may take to accept a connection, 1s to 60s (default 2s)"),
    /** Whether the scripts run at the start. */
    MIGRATE_AT_START(
            "BOOL",
            "whether to bring the database's tables up to date at the start (default true); if not, db migrate or a tool of yours does"),
    /** The dialects. */
    DIALECTS(
            "LIST",
            "dialects to mount: names with commas between, NAME@/prefix below a prefix; in a file a list (see docs/server.md)"),
    /** Whether tokens are taken from the query. */
    QUERY_TOKENS("BOOL", "whether dialects that take tokens from the query may do so (default true)"),
    /** What goes into the setting issuer of dialects. */
    ISSUER("URL", "value of the setting issuer in every dialect that has one"),
    /** What goes into the setting audience of dialects. */
    AUDIENCE("NAME", "value of the setting audience in every dialect that has one"),
    /** The lowest number of a user who registers. */
    FIRST_NUMBER(
            "N",
            "lowest number of a user who registers here, so that a system that is being replaced can go on giving lower ones (default 1)"),
    /** The bcrypt cost. */
    BCRYPT_COST("N", "bcrypt cost of new hashes, 10 to 15 (default 12)"),
    /** The largest body. */
    MAX_BODY("BYTES", "largest request body, 256 to 1048576 (default 16384)"),
    /** How long a request may take to arrive. */
    REQUEST_TIMEOUT(
            "TIME", "how long the head of a request may take to arrive, and then its body, 1s to 60s (default 10s)"),
    /** The fewest characters of a password given on the command line. */
    PASSWORD_MINIMUM("N", "fewest characters of a password given to user add and set-password, 8 to 64 (default 8)");

    private static final ImmutableSet<Setting> TEXTS =
            ImmutableSet.of(HOST, DATA, DATABASE, DATABASE_USER, DATABASE_PASSWORD_FILE, ISSUER, AUDIENCE);

    private final String placeholder;
    private final String help;

    Setting(String placeholder, String help) {
        this.placeholder = placeholder;
        this.help = help;
    }

    /** {@return the key in a configuration file} */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the flag} */
    public String flag() {
        return "--" + key().replace('_', '-');
    }

    /** {@return the environment variable} */
    public String variable() {
        return "AUTH_" + name();
    }

    /** {@return what stands for the value in help} */
    public String placeholder() {
        return placeholder;
    }

    /** {@return whether the value is a text, whatever it looks like} */
    boolean isText() {
        return TEXTS.contains(this);
    }

    /** {@return what it is for, in a line} */
    public String help() {
        return help;
    }

    /** {@return the keys of all settings} */
    public static ImmutableList<String> keys() {
        return Arrays.stream(values()).map(Setting::key).collect(ImmutableList.toImmutableList());
    }
}
