package dev.countersign.server;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.countersign.api.LoginApi;
import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.port.SecurityEvents;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.files.FolderSafety;
import dev.countersign.usecase.Sessions;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The standalone server; this class wires its parts together. {@link #close} lets running requests finish. */
public final class AuthServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AuthServer.class);

    private final ListeningPort port;
    private final Storage storage;
    private final ServerEvents events;
    private final Sessions sessions;
    private final KeyRings keys;
    private final HttpServer http;
    private final ClockWatch clocks;
    private final ImmutableList<LoginApi> mounts;
    private final DemoMode demo;
    private final ManagementPort management;

    private AuthServer(
            ListeningPort port,
            Storage storage,
            ServerEvents events,
            Sessions sessions,
            KeyRings keys,
            HttpServer http,
            ClockWatch clocks,
            ImmutableList<LoginApi> mounts,
            DemoMode demo,
            ManagementPort management) {
        this.port = port;
        this.storage = storage;
        this.events = events;
        this.sessions = sessions;
        this.keys = keys;
        this.http = http;
        this.clocks = clocks;
        this.mounts = mounts;
        this.demo = demo;
        this.management = management;
    }

    /**
     * Starts the server. It binds the port before it creates any file.
     *
     * @param config the configuration
     * @param environment environment variables, which may hold keys
     * @param demo whether to create the demonstration users, and who may reach them
     * @return the running server
     * @throws ConfigException if it cannot start with this configuration
     */
    public static AuthServer start(ServerConfig config, Map<String, String> environment, DemoMode demo)
            throws ConfigException {
        requireNonNull(environment, "environment");
        requireNonNull(demo, "demo");

        ListeningPort port = ListeningPort.bind(config.host(), config.port());
        try {
            if (demo == DemoMode.THIS_MACHINE) {
                DemoGuard.checkReach(port, "--demo makes users");
            }
            ManagementPort management = ManagementPort.bind(config);
            try {
                return on(port, management, config, environment, demo);
            } catch (ConfigException | RuntimeException failed) {
                management.close();
                throw failed;
            }
        } catch (ConfigException | RuntimeException failed) {
            port.close();
            throw failed;
        }
    }

    private static AuthServer on(
            ListeningPort port,
            ManagementPort management,
            ServerConfig config,
            Map<String, String> environment,
            DemoMode demo)
            throws ConfigException {
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        KeySetup setup = KeySetup.of(config, environment, clock, random);
        Storage storage = Storage.open(config, setup);
        try {
            return on(port, management, config, storage, setup.open(), demo);
        } catch (ConfigException | RuntimeException failed) {
            storage.close();
            throw failed;
        }
    }

    private static AuthServer on(
            ListeningPort port,
            ManagementPort management,
            ServerConfig config,
            Storage storage,
            KeyRings keys,
            DemoMode demo)
            throws ConfigException {
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        ServerEvents events = ServerEvents.start(config.events(), storage, clock);
        Sessions sessions = sessions(config, storage, clock, events.receiver());
        try {
            StoredHashes hashes = Hashers.of(config, random);
            PepperCheck.check(config, storage.hashSample(), hashes);
            Mounts assembly = new Mounts(
                    config,
                    storage.users(),
                    sessions,
                    storage.hashSample(),
                    storage.throttle(),
                    keys,
                    clock,
                    random,
                    new LostLoginLog(clock),
                    events.receiver(),
                    demo);
            ImmutableList<LoginApi> mounts = assembly.all();
            OldTokenWarning.log(assembly.oldTokens(), storage);
            if (demo.makesUsers()) {
                DemoUsers.store(storage.users(), hashes.hasher(), clock);
            } else {
                DemoGuard.check(port, storage.users(), hashes.hasher());
            }
            warnOfFolders(config);
            LoginThrottle.warnOfProxies(config, port);
            HttpServer http = HttpServer.start(config, port, mounts);
            ClockWatch clocks = ClockWatch.start(storage::databaseTime, clock);
            management.start(storage, sessions, keys, clocks, mounts);
            return new AuthServer(port, storage, events, sessions, keys, http, clocks, mounts, demo, management);
        } catch (ConfigException | RuntimeException failed) {
            sessions.close();
            events.close();
            keys.close();
            throw failed;
        }
    }

    static Sessions sessions(ServerConfig config, Storage storage, InstantSource clock, SecurityEvents events) {
        return Sessions.over(storage.sessions(), storage.changes(), storage.unitOfWork(), clock)
                .delay(config.sessions().revocationDelay())
                .whenSilent(config.sessions().whenSilent())
                .events(events)
                .onSilence(silent -> warnOfSilence(silent, config))
                .start();
    }

    private static void warnOfSilence(boolean silent, ServerConfig config) {
        if (silent) {
            LOG.warn(
                    "the database has been silent for longer than {} ms, so sessions that were ended elsewhere are unknown; tokens are {}",
                    config.sessions().revocationDelay().toMillis(),
                    config.sessions().whenSilent() == Sessions.WhenSilent.REFUSE
                            ? "refused as unavailable until it answers"
                            : "accepted if they are known");
        } else {
            LOG.info("the database is heard again; ended sessions are known");
        }
    }

    private static void warnOfFolders(ServerConfig config) {
        Set<Path> folders = new LinkedHashSet<>();
        folders.add(config.data().toAbsolutePath());
        DatabasePlace.file(config)
                .ifPresent(file -> folders.add(file.toAbsolutePath().getParent()));
        folders.stream()
                .flatMap(folder -> FolderSafety.warnings(folder).stream())
                .distinct()
                .forEach(warning -> LOG.warn("{}", warning));
    }

    /**
     * Prints what was created, the routes of each dialect and the address; the last line is {@code Listening on} and the server's URL.
     *
     * @param out the stream to print to
     */
    public void announce(PrintStream out) {
        requireNonNull(out, "out");

        storage.made().ifPresent(out::println);
        new StartupMessage(out, port, demo.makesUsers()).print(mounts, management.url());
    }

    /** {@return the server's URL for clients on this machine, such as {@code http://127.0.0.1:8080}} */
    public String address() {
        return port.url();
    }

    /** {@return whether only this machine can reach it} */
    public boolean isPrivate() {
        return port.isPrivate();
    }

    /** {@return the mounted dialects} */
    public ImmutableList<LoginApi> mounts() {
        return mounts;
    }

    @Override
    public void close() {
        management.stopping();
        try (storage;
                events;
                sessions;
                keys;
                clocks;
                management) {
            http.close();
        }
    }
}
