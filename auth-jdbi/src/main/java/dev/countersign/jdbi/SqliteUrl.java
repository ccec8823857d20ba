package dev.countersign.jdbi;

import com.google.common.base.Splitter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;

/** The JDBC address of an SQLite file with the settings under which nothing acknowledged is lost. */
public final class SqliteUrl {

    /**
     * Write-ahead log, a sync to the disk per commit, five seconds of waiting for another writer, and transactions that ask for the write
     * lock at their start: one that asks for it later fails at once if another wrote meanwhile.
     */
    public static final String SETTINGS =
            "journal_mode=WAL&synchronous=FULL&busy_timeout=5000&transaction_mode=IMMEDIATE&foreign_keys=true";

    private static final String SCHEME = "jdbc:sqlite:";

    private SqliteUrl() {}

    /**
     * The address.
     *
     * @param file the file, made at the first connection; its folder must be there and writable
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
     * An address with the settings where it says nothing else.
     *
     * @param url an address such as {@code jdbc:sqlite:auth.db?busy_timeout=1000}
     * @return the address with every setting; what was given wins
     */
    public static String completed(String url) {
        if (!url.startsWith(SCHEME)) {
            throw new IllegalArgumentException("not the address of an SQLite file");
        }
        String[] parts = url.split("\\?", 2);
        // Of two values for one setting the driver takes the last.
        return parts[0] + "?" + SETTINGS + (parts.length > 1 ? "&" + lowerNames(parts[1]) : "");
    }

    // The driver compares names in lower case, by the rules of whatever language the machine speaks.
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
