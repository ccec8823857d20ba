package dev.countersign.server;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.countersign.api.LoginApi;
import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.files.FolderSafety;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The standalone server: the composition root. Closing it lets the requests under way finish. */
public final class AuthServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AuthServer.class);

    private final ListeningPort port;
    private final Storage storage;
    private final HttpServer http;
    private final ClockWatch clocks;
    private final ImmutableList<LoginApi> mounts;
    private final DemoMode demo;

    private AuthServer(
            ListeningPort port,
            Storage storage,
            HttpServer http,
            ClockWatch clocks,
            ImmutableList<LoginApi> mounts,
            DemoMode demo) {
        this.port = port;
        this.storage = storage;
        this.http = http;
        this.clocks = clocks;
        this.mounts = mounts;
        this.demo = demo;
    }

    /**
     * Starts. Nothing is made before the port is taken.
     *
     * @param config what the server was told
     * @param environment the environment's variables, where keys may come from
     * @param demo whether to make the demonstration users, and for whom
     * @return the running server
     * @throws ConfigException if it cannot start as it was told
     */
    public static AuthServer start(ServerConfig config, Map<String, String> environment, DemoMode demo)
            throws ConfigException {
        requireNonNull(environment, "environment");
        requireNonNull(demo, "demo");

        ListeningPort port = ListeningPort.take(config.host(), config.port());
        try {
            if (demo == DemoMode.THIS_MACHINE) {
                DemoGuard.checkReach(port, "--demo makes users");
            }
            return on(port, config, environment, demo);
        } catch (ConfigException | RuntimeException failed) {
            port.close();
            throw failed;
        }
    }

    private static AuthServer on(
            ListeningPort port, ServerConfig config, Map<String, String> environment, DemoMode demo)
            throws ConfigException {
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        Storage storage = Storage.open(config);
        try {
            Mounting mounting = new Mounting(
                    config,
                    storage.users(),
                    storage.hashSample(),
                    environment,
                    clock,
                    random,
                    new LostLoginNotes(clock));
            ImmutableList<LoginApi> mounts = mounting.mounts();
            OldTokenWarning.log(mounting.oldTokens(), storage);
            if (demo.makesUsers()) {
                DemoUsers.store(storage.users(), new BcryptPasswordHasher(config.bcryptCost(), random), clock);
            } else {
                DemoGuard.check(port, storage.users(), Hashers.of(config, random));
            }
            warnOfFolders(config);
            HttpServer http = HttpServer.start(config, port, mounts);
            return new AuthServer(port, storage, http, ClockWatch.start(storage::databaseTime, clock), mounts, demo);
        } catch (ConfigException | RuntimeException failed) {
            storage.close();
            throw failed;
        }
    }

    private static void warnOfFolders(ServerConfig config) {
        Set<Path> folders = new LinkedHashSet<>();
        folders.add(config.data().toAbsolutePath());
        Storage.file(config).ifPresent(file -> folders.add(file.toAbsolutePath().getParent()));
        folders.stream()
                .flatMap(folder -> FolderSafety.warnings(folder).stream())
                .distinct()
                .forEach(warning -> LOG.warn("{}", warning));
    }

    /**
     * Says what was made, where the server is and what it speaks; the last line is {@code Listening on} and an address to ask it at.
     *
     * @param out where to
     */
    public void announce(PrintStream out) {
        requireNonNull(out, "out");

        storage.made().ifPresent(out::println);
        new Announcement(out, port, demo.makesUsers()).print(mounts);
    }

    /** {@return an address to ask it at from this machine, such as {@code http://127.0.0.1:8080}} */
    public String address() {
        return port.url();
    }

    /** {@return whether no other machine can reach it} */
    public boolean isPrivate() {
        return port.isPrivate();
    }

    /** {@return the mounted dialects} */
    public ImmutableList<LoginApi> mounts() {
        return mounts;
    }

    @Override
    public void close() {
        try (storage;
                clocks) {
            http.close();
        }
    }
}
