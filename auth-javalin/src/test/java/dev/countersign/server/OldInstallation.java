package dev.countersign.server;

import dev.countersign.api.LoginApi;
import dev.countersign.javalin.WireClient;
import dev.countersign.json.Json;
import dev.countersign.json.JsonPointer;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import dev.countersign.port.SecurityEvents;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ConfigLoader;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.config.Setting;
import dev.countersign.testkit.fixture.MutableClock;
import dev.countersign.usecase.Sessions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The data folder of a server of the version before, under this one: see upgrade/README.md. Its clock stands shortly after that server was stopped. */
final class OldInstallation implements AutoCloseable {

    static final Instant STOPPED = Instant.parse("2026-11-25T22:16:07Z");

    private static final Path MADE = Path.of("src/test/resources/upgrade");
    private static final Path FIRST_SCRIPT =
            Path.of("../auth-jdbi/src/main/resources/dev/countersign/db/postgresql/V1__users.sql");

    private final Path folder;
    private final String url;
    private final MutableClock clock = new MutableClock();
    private final List<AutoCloseable> running = new ArrayList<>();
    private List<LoginApi> mounts = List.of();
    private String address = "";

    /** A token the old server issued. */
    record Token(String dialect, String username, String when, Instant expiresAt, String text) {}

    private OldInstallation(Path folder, String url) {
        this.folder = folder;
        this.url = url;
        clock.moveTo(STOPPED);
    }

    /** The installation that is in a folder already, on SQLite. */
    static OldInstallation in(Path folder) {
        return new OldInstallation(folder, "jdbc:sqlite:" + folder.resolve("auth.db"));
    }

    static OldInstallation onSqlite(Path folder) throws IOException {
        copy(MADE, folder);
        Files.copy(MADE.resolve("auth.db"), folder.resolve("auth.db"));
        return new OldInstallation(folder, "jdbc:sqlite:" + folder.resolve("auth.db"));
    }

    /** The same users in PostgreSQL, in the tables of that version. */
    static OldInstallation onPostgres(Path folder) throws IOException, SQLException {
        copy(MADE, folder);
        String url = Postgres.freshDatabase();
        try (Connection from = DriverManager.getConnection("jdbc:sqlite:" + MADE.resolve("auth.db"));
                Connection to = DriverManager.getConnection(url);
                Statement statement = to.createStatement()) {
            statement.execute(Files.readString(FIRST_SCRIPT));
            copyUsers(from, to);
            statement.execute("SELECT setval(pg_get_serial_sequence('auth_users', 'id'), 9)");
        }
        return new OldInstallation(folder, url);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectory(to.resolve("keys"));
        try (Stream<Path> keys = Files.list(from.resolve("keys"))) {
            for (Path key : (Iterable<Path>) keys::iterator) {
                Path copy = Files.copy(key, to.resolve("keys").resolve(key.getFileName()));
                Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
            }
        }
        for (String file : List.of("auth.yaml", "mail.yaml")) {
            Files.copy(from.resolve(file), to.resolve(file));
        }
    }

    private static void copyUsers(Connection from, Connection to) throws SQLException {
        try (Statement statement = from.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM auth_users ORDER BY id")) {
            int width = rows.getMetaData().getColumnCount();
            List<String> names = new ArrayList<>();
            List<String> places = new ArrayList<>();
            for (int i = 1; i <= width; i++) {
                String name = rows.getMetaData().getColumnName(i);
                names.add(name);
                places.add(name.equals("uuid") ? "CAST(? AS uuid)" : "?");
            }
            String sql = "INSERT INTO auth_users (" + String.join(", ", names) + ") VALUES ("
                    + String.join(", ", places) + ")";
            try (var insert = to.prepareStatement(sql)) {
                while (rows.next()) {
                    for (int i = 1; i <= width; i++) {
                        insert.setObject(i, rows.getObject(i));
                    }
                    insert.executeUpdate();
                }
            }
        }
    }

    /** What makes a user who it is, in the order of their numbers. */
    List<String> users() throws SQLException {
        String sql = "SELECT id, CAST(uuid AS TEXT), email, username, status, attributes, password_hash, created_at"
                + " FROM auth_users ORDER BY id";
        List<String> users = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    cells.add(rows.getString(i));
                }
                users.add(String.join(" | ", cells));
            }
        }
        return users;
    }

    /** Starts this version's server on it, with its clock. */
    OldInstallation start() throws ConfigException {
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        settings.put(Setting.DATA, folder.toString());
        settings.put(Setting.PORT, "0");
        settings.put(Setting.DATABASE, url);
        ServerConfig config = new ConfigLoader(Map.of())
                .load(settings, Optional.of(folder.resolve("auth.yaml").toString()));
        ListeningPort port = ListeningPort.bind(config.host(), config.port());
        running.add(port);
        Storage storage = Storage.open(config);
        running.add(storage);
        SecureRandom random = new SecureRandom();
        KeySetup setup = KeySetup.of(config, Map.of(), clock, random);
        KeyRings keys = setup.open();
        running.add(keys);
        Sessions sessions = AuthServer.sessions(config, storage, clock, SecurityEvents.none());
        running.add(sessions);
        mounts = new Mounts(
                        config,
                        setup.chosen(),
                        storage.users(),
                        sessions,
                        storage.hashSample(),
                        storage.throttle(),
                        keys,
                        clock,
                        random,
                        Hashers.of(config, random).hasher(),
                        FaultLog.ofLoginTimes(clock),
                        SecurityEvents.none(),
                        DemoMode.NONE)
                .all();
        running.add(HttpServer.start(config, port, Optional.empty(), mounts));
        address = port.url();
        return this;
    }

    MutableClock clock() {
        return clock;
    }

    /** What the commands are told. */
    String[] command(String... words) {
        return Stream.concat(
                        Stream.of(words),
                        Stream.of("--data=" + folder, "--database=" + url, "--config=" + folder.resolve("auth.yaml")))
                .toArray(String[]::new);
    }

    Requests requests(String dialect) {
        return new Requests(address + "/" + dialect);
    }

    List<String> dialects() {
        return mounts.stream().map(mount -> mount.dialect().name()).toList();
    }

    WireClient client(String dialect) {
        LoginApi mount = mounts.stream()
                .filter(one -> one.dialect().name().equals(dialect))
                .findFirst()
                .orElseThrow();
        return new WireClient(mount.dialect(), address + mount.prefix());
    }

    static List<Token> tokens() throws IOException {
        List<Token> tokens = new ArrayList<>();
        for (String line : Files.readAllLines(MADE.resolve("tokens.jsonl"))) {
            tokens.add(new Token(
                    text(line, "/dialect"),
                    text(line, "/username"),
                    text(line, "/when"),
                    Instant.ofEpochSecond(Long.parseLong(text(line, "/expires_at"))),
                    text(line, "/token")));
        }
        return tokens;
    }

    private static String text(String line, String pointer) {
        try {
            Json json = JsonPointer.parse(pointer).in(JsonText.read(line)).orElseThrow();
            return json.asString().orElseGet(json::toString);
        } catch (JsonSyntaxException notJson) {
            throw new UncheckedIOException(new IOException(notJson));
        }
    }

    @Override
    public void close() throws Exception {
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).close();
        }
    }
}
