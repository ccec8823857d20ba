package dev.countersign.server.config;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.Locale;

/** A setting of the server. Each can be given as a flag, an environment variable and a key of the configuration file. */
public enum Setting {
    /** The address to listen on. */
    HOST("ADDRESS", "address to listen on (default 127.0.0.1)"),
    /** The port to listen on. */
    PORT("N", "port to listen on, 0 for any free one (default 8080)"),
    /** The certificate chain for TLS. */
    TLS_CERTIFICATE(
            "FILE", "certificate chain in PEM, the server's own certificate first: the server then speaks HTTPS only"),
    /** The certificate's private key. */
    TLS_KEY("FILE", "private key of that certificate in PEM, readable only by its owner"),
    /** The folder of the database and the keys. */
    DATA("DIR", "folder of the embedded database and the keys (default ./auth-data)"),
    /** The database. */
    DATABASE("URL", "JDBC address of the database (default an SQLite file in the data folder)"),
    /** The database's user. */
    DATABASE_USER("NAME", "user of the PostgreSQL database, if the address names none"),
    /** The file with the database's password. */
    DATABASE_PASSWORD_FILE(
            "FILE",
            "file with the password of the database's user, readable only by its owner; or set AUTH_DATABASE_PASSWORD"),
    /** The maximum number of database connections. */
    DATABASE_POOL(
            "N",
            "maximum number of database connections for requests, 1 to 200 (default 8); one more listens to changes"),
    /** The timeout of a request that waits for a connection. */
    DATABASE_POOL_WAIT("TIME", "timeout of a request that waits for a connection, 1s to 60s (default 3s)"),
    /** The timeout of a statement. */
    DATABASE_STATEMENT_TIMEOUT("TIME", "timeout of a statement, 1s to 60s (default 5s)"),
    /** The timeout for connecting to a host of the database. */
    DATABASE_CONNECT_TIMEOUT(
            "TIME", "timeout for connecting to a host of the PostgreSQL database, 1s to 60s (default 2s)"),
    /** The file with the master key. */
    MASTER_KEY_FILE(
            "FILE",
            "file with the master key that encrypts the keys in a PostgreSQL database, readable only by its owner; or set"
                    + " AUTH_MASTER_KEY (see docs/server.md)"),
    /** Whether to migrate the tables at the start. */
    MIGRATE_AT_START(
            "BOOL",
            "whether to migrate the database's tables at the start (default true); if false, run db migrate or your own tool"),
    /** The dialects. */
    DIALECTS(
            "LIST",
            "dialects to mount: names separated by commas, NAME@/prefix to add a prefix; in a file a list (see docs/server.md)"),
    /** The path at which every mount answers reverse proxies. */
    VERIFY(
            "PATH",
            "path at which a reverse proxy asks whether a token of any mount is valid, such as /auth/verify (see docs/proxies.md)"),
    /** The origins whose pages may use the mounts in a browser. */
    CORS_ORIGINS(
            "LIST",
            "origins of web pages that may use the mounts in a browser, such as https://app.example.com, separated by commas"
                    + " (default none; see docs/server.md)"),
    /** The accepted difference of other clocks. */
    LEEWAY(
            "TIME",
            "how far other clocks may differ when the expiry of a token is checked, 0s to 60s (default: as each dialect's file says)"),
    /** Whether dialects may read tokens from the query. */
    QUERY_TOKENS("BOOL", "whether dialects may read tokens from the query, if they declare it (default true)"),
    /** Whether users may register. */
    REGISTRATION(
            "BOOL",
            "whether users may register in dialects with registration (default: as each dialect's file says;"
                    + " with --demo yes)"),
    /** The value of the dialects' setting {@code issuer}. */
    ISSUER("URL", "value of the setting issuer in every dialect that has one"),
    /** The value of the dialects' setting {@code audience}. */
    AUDIENCE("NAME", "value of the setting audience in every dialect that has one"),
    /** The lowest number of a newly registered user. */
    FIRST_NUMBER(
            "N",
            "lowest number of a newly registered user; the system being replaced can keep assigning lower numbers (default 1)"),
    /** The bcrypt cost. */
    BCRYPT_COST("N", "bcrypt cost of new hashes, 10 to 15 (default 12)"),
    /** What computes bcrypt. */
    BCRYPT(
            "CHOICE",
            "what computes bcrypt: the fastest, which is two hashes at once unless the self-test fails, or the library"
                    + " (default fastest)"),
    /** How many threads hash passwords. */
    HASH_PERMITS("N", "how many passwords are hashed at the same time, 1 to 1024 (default one per processor)"),
    /** How long a login may wait for its hash. */
    HASH_WAIT(
            "TIME",
            "longest wait of a login for its turn to be hashed, 1s to 60s; a login that would wait longer is refused at once"
                    + " (default 5s)"),
    /** The largest body. */
    MAX_BODY("BYTES", "largest request body, 256 to 1048576 (default 16384)"),
    /** The timeout for the head of a request, and then for its body. */
    REQUEST_TIMEOUT("TIME", "timeout for the head of a request, and then for its body, 1s to 60s (default 10s)"),
    /** The longest time after which an ended session is refused everywhere. */
    REVOCATION_DELAY(
            "TIME",
            "longest time after which a session ended anywhere is refused by every server, 200ms to 60s (default 1s)"),
    /** What to do with tokens while the database is silent. */
    WHEN_SILENT(
            "CHOICE",
            "what to do with tokens while the database has been silent for longer than that: refuse them with status 503, or"
                    + " accept those already known (default refuse)"),
    /** Where security events go. */
    EVENTS("LIST", "where security events go: log, table, log,table or none (default log,table; see docs/events.md)"),
    /** How long the table keeps security events. */
    EVENT_RETENTION(
            "TIME",
            "how long the table keeps security events: a time of at least 1h, such as 30d, or forever (default 90d)"),
    /** The port for health and metrics. */
    MANAGEMENT_PORT("N", "port for health and metrics, 0 for any free one (default none); never the public port"),
    /** The address of that port. */
    MANAGEMENT_HOST("ADDRESS", "address for health and metrics to listen on (default 127.0.0.1)"),
    /** Whether logins wait after failures. */
    THROTTLE(
            "BOOL", "whether logins wait after failures (default true); false lets passwords be guessed at full speed"),
    /** The reverse proxies that the server trusts. */
    TRUSTED_PROXIES(
            "LIST",
            "addresses or ranges of reverse proxies whose header tells the client's address, such as 10.0.0.0/8,::1"
                    + " (default none: headers are ignored)"),
    /** The header in which they write. */
    FORWARDED_HEADER(
            "NAME",
            "header in which the trusted proxies write: x-forwarded-for or forwarded (default x-forwarded-for)"),
    /** The minimum length of a password given on the command line. */
    PASSWORD_MINIMUM(
            "N", "minimum password length in user add, set-password and import, in characters, 8 to 64 (default 8)"),
    /** The file with more passwords to refuse. */
    PASSWORD_BLOCKLIST("FILE", "file with more passwords to refuse as common ones, one per line (see docs/server.md)"),
    /** The file with the peppers. */
    PEPPER_FILE(
            "FILE",
            "file with the peppers that encrypt stored password hashes, readable only by its owner (see docs/server.md)");

    private static final ImmutableSet<Setting> TEXTS = ImmutableSet.of(
            HOST,
            MANAGEMENT_HOST,
            TLS_CERTIFICATE,
            TLS_KEY,
            DATA,
            DATABASE,
            DATABASE_USER,
            DATABASE_PASSWORD_FILE,
            MASTER_KEY_FILE,
            VERIFY,
            CORS_ORIGINS,
            ISSUER,
            AUDIENCE,
            TRUSTED_PROXIES,
            FORWARDED_HEADER,
            PASSWORD_BLOCKLIST,
            PEPPER_FILE);

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

    /** {@return the placeholder of the value in help} */
    public String placeholder() {
        return placeholder;
    }

    /** {@return whether the value is always text, even if it looks like a number} */
    boolean isText() {
        return TEXTS.contains(this);
    }

    /** {@return the description in one line} */
    public String help() {
        return help;
    }

    /** {@return the keys of all settings} */
    public static ImmutableList<String> keys() {
        return Arrays.stream(values()).map(Setting::key).collect(ImmutableList.toImmutableList());
    }
}
