package dev.countersign.server;

import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ConfigLoader;
import dev.countersign.server.config.Setting;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** A server in this process, on a free port, with cheap hashes. */
public final class RunningServer implements AutoCloseable {

    private final AuthServer server;

    private final Path data;
    private final String database;

    private RunningServer(AuthServer server, Path data, String database) {
        this.server = server;
        this.data = data;
        this.database = database;
    }

    /** Starts on a data folder with flags such as {@code --dialects=standard}. */
    public static RunningServer start(Path data, String... flags) throws ConfigException {
        return start(data, Map.of(), flags);
    }

    /** Starts with an environment, too. */
    public static RunningServer start(Path data, Map<String, String> environment, String... flags)
            throws ConfigException {
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        settings.put(Setting.DATA, data.toString());
        settings.put(Setting.PORT, "0");
        settings.put(Setting.BCRYPT_COST, "10");
        Optional<String> file = Optional.empty();
        DemoMode demo = DemoMode.NONE;
        for (String flag : flags) {
            String[] parts = flag.split("=", 2);
            if (parts[0].equals("--config")) {
                file = Optional.of(parts[1]);
            } else if (parts[0].equals("--demo")) {
                demo = DemoMode.THIS_MACHINE;
            } else {
                settings.put(setting(parts[0]), parts[1]);
            }
        }
        return new RunningServer(
                AuthServer.start(new ConfigLoader(environment).load(settings, file), environment, demo),
                data,
                settings.getOrDefault(Setting.DATABASE, ""));
    }

    private static Setting setting(String flag) {
        for (Setting setting : Setting.values()) {
            if (setting.flag().equals(flag)) {
                return setting;
            }
        }
        throw new IllegalArgumentException(flag);
    }

    /** {@return a client of it} */
    public Requests requests() {
        return new Requests(server.address());
    }

    /** {@return its address} */
    public String address() {
        return server.address();
    }

    /** {@return what it prints when it is ready} */
    public String announced() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        server.announce(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.close();
        UsedSecrets.leave(data);
        if (database.startsWith("jdbc:postgresql:")) {
            UsedSecrets.leaveTables(database);
        }
    }
}
