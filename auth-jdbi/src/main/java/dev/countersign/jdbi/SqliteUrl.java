package dev.countersign.jdbi;

import com.google.common.base.Splitter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;

/** The JDBC address of an SQLite file, with settings under which no acknowledged change is lost. */
public final class SqliteUrl {

    /**
     * Write-ahead log; a sync to the disk per commit; a wait of 5 s for another writer; and transactions that take the write lock when they begin. A
     * transaction that takes it later fails at once if another one has written meanwhile.
     */
    public static final String SETTINGS =
            "journal_mode=WAL&synchronous=FULL&busy_timeout=5000&transaction_mode=IMMEDIATE&foreign_keys=true";

    private static final String SCHEME = "jdbc:sqlite:";

    private SqliteUrl() {}

    /**
     * The JDBC address of a file.
     *
     * @param file the file, created by the first connection; its folder must exist and be writable
     * @return the JDBC address
     */
    public static String of(Path file) {
        String path = file.toString();
        if (path.indexOf('?') >= 0 || path.isEmpty() || path.startsWith(":")) {
            throw new IllegalArgumentException("not the path of an SQLite file: " + path);
        }
        return SCHEME + path + "?" + SETTINGS;
    }

    /**
     * Completes an address with the settings that it does not contain.
     *
     * @param url an address such as {@code jdbc:sqlite:auth.db?busy_timeout=1000}
     * @return the address with every setting; settings that it contains win
     */
    public static String completed(String url) {
        if (!url.startsWith(SCHEME)) {
            throw new IllegalArgumentException("not the address of an SQLite file");
        }
        String[] parts = url.split("\\?", 2);
        // If a setting occurs twice, the driver takes the last value.
        return parts[0] + "?" + SETTINGS + (parts.length > 1 ? "&" + lowerNames(parts[1]) : "");
    }

    // The driver lower-cases names by the rules of the JVM's default language.
    private static String lowerNames(String settings) {
        return Splitter.on('&')
                .splitToStream(settings)
                .map(setting -> {
                    int end = setting.indexOf('=');
                    return end < 0
                            ? setting
                            : setting.substring(0, end).toLowerCase(Locale.ROOT) + setting.substring(end);
                })
                .collect(Collectors.joining("&"));
    }
}
