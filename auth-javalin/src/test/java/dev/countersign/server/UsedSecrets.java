package dev.countersign.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Notes every password, token, hash and key that tests used with success, and leaves logs and tables, so that {@code scripts/check-no-secrets.sh} searches the
 * one for the other. Both are below {@code target/secrets}.
 */
public final class UsedSecrets {

    private static final int SHORTEST = 12;
    private static final long LARGEST_FILE = 65_536;
    private static final int MOST_ROWS = 5_000;
    private static final Path FOLDER = Path.of("target", "secrets");
    private static final Pattern PASSWORD =
            Pattern.compile("\"(?:password|new_password|current_password)\":\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern TOKEN = Pattern.compile("(?:ey[A-Za-z0-9_-]{8,}\\.){1,2}[A-Za-z0-9_-]{20,}"
            + "|(?<=\"(?:token|access_token|refresh_token)\":\")[^\"]+");
    private static final Pattern KEY =
            Pattern.compile("\"(?:d|k|p|q|dp|dq|qi|derivation_seed)\" ?: ?\"([A-Za-z0-9_-]+)\"");
    private static final String HASH = "password_hash";

    private static final Set<String> KNOWN = ConcurrentHashMap.newKeySet();
    private static final AtomicInteger OUTPUTS = new AtomicInteger();

    private UsedSecrets() {}

    /** Notes the password that a server accepted, and the tokens of its answer. */
    public static void exchange(String request, int status, String answer) {
        if (status == 200 || status == 201) {
            PASSWORD.matcher(request).results().map(found -> found.group(1)).forEach(UsedSecrets::used);
            TOKEN.matcher(answer).results().map(MatchResult::group).forEach(UsedSecrets::used);
        }
    }

    /** Notes a secret. Short texts are no secrets: they would be found everywhere. */
    public static synchronized void used(String secret) {
        if (secret.length() >= SHORTEST && !secret.contains("@") && KNOWN.add(secret)) {
            write(FOLDER.resolve("used.txt"), secret.strip() + "\n");
        }
    }

    /** Leaves a text to be searched, such as a log. */
    public static void output(String kind, String text) {
        if (!text.isBlank()) {
            write(
                    FOLDER.resolve("output")
                            .resolve(kind + "-" + ProcessHandle.current().pid() + "-" + OUTPUTS.incrementAndGet()
                                    + ".txt"),
                    text);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Notes the keys of a data folder, and leaves the tables of its database. */
    static void leave(Path data) {
        if (!Files.isDirectory(data)) {
            return;
        }
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (file.toString().endsWith("auth.db")) {
                    leaveTables("jdbc:sqlite:" + file);
                } else if (Files.isReadable(file) && Files.size(file) <= LARGEST_FILE) {
                    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                    KEY.matcher(text).results().map(found -> found.group(1)).forEach(UsedSecrets::used);
                }
            }
        } catch (IOException | UncheckedIOException gone) {
            // A test may have deleted or locked what it used.
            return;
        }
    }

    /** Leaves all tables of a database but the column with the hashes, which it notes. */
    static void leaveTables(String url) {
        List<String> lines = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String table : tables(connection)) {
                try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
                    for (int row = 0; row < MOST_ROWS && rows.next(); row++) {
                        lines.add(table + " " + line(rows));
                    }
                }
            }
        } catch (SQLException unreadable) {
            // A test may have damaged the database on purpose.
            lines.add("unreadable " + unreadable.getSQLState());
        }
        output("tables", String.join("\n", lines));
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet found = connection.getMetaData().getTables(null, null, "auth\\_%", new String[] {"TABLE"})) {
            while (found.next()) {
                String schema = found.getString("TABLE_SCHEM");
                tables.add((schema == null ? "" : '"' + schema + "\".") + found.getString("TABLE_NAME"));
            }
        }
        return tables;
    }

    private static String line(ResultSet row) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        StringBuilder line = new StringBuilder();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            String value = row.getString(column);
            if (columns.getColumnLabel(column).equals(HASH)) {
                used(value == null ? "" : value);
            } else {
                line.append(columns.getColumnLabel(column))
                        .append('=')
                        .append(value)
                        .append(' ');
            }
        }
        return line.toString();
    }
}
