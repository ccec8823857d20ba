package dev.countersign.server;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.countersign.api.LoginApi;
import dev.countersign.password.PasswordHash;
import dev.countersign.port.HashSample;
import dev.countersign.port.SecurityEvents;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.files.FolderSafety;
import dev.countersign.usecase.Sessions;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The standalone server; this class wires its parts together. {@link #close} lets running requests finish. */
public final class AuthServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AuthServer.class);

    private final ServerPorts ports;
    private final ClientView view;
    private final Storage storage;
    private final ServerEvents events;
    private final Sessions sessions;
    private final KeyRings keys;
    private final HttpServer http;
    private final ClockWatch clocks;
    private final ImmutableList<LoginApi> mounts;
    private final DemoMode demo;

    private AuthServer(
            ServerPorts ports,
            ServerConfig config,
            Storage storage,
            ServerEvents events,
            Sessions sessions,
            KeyRings keys,
            HttpServer http,
            ClockWatch clocks,
            ImmutableList<LoginApi> mounts,
            DemoMode demo) {
        this.ports = ports;
        this.view = ClientView.of(ports.listening(), config.tls(), ports.tls());
        this.storage = storage;
        this.events = events;
        this.sessions = sessions;
        this.keys = keys;
        this.http = http;
        this.clocks = clocks;
        this.mounts = mounts;
        this.demo = demo;
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

        ServerPorts ports = ServerPorts.bind(config, demo);
        try {
            return on(ports, config, environment, demo);
        } catch (ConfigException | RuntimeException failed) {
            ports.close();
            throw failed;
        }
    }

    private static AuthServer on(ServerPorts ports, ServerConfig config, Map<String, String> environment, DemoMode demo)
            throws ConfigException {
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        KeySetup setup = KeySetup.of(config, environment, clock, random);
        Storage storage = Storage.open(config, setup);
        try {
            return on(ports, config, storage, setup.open(), setup.chosen(), demo);
        } catch (ConfigException | RuntimeException failed) {
            storage.close();
            throw failed;
        }
    }

    private static AuthServer on(
            ServerPorts ports,
            ServerConfig config,
            Storage storage,
            KeyRings keys,
            ImmutableList<Dialects.Chosen> chosen,
            DemoMode demo)
            throws ConfigException {
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        ServerEvents events = ServerEvents.start(config.events(), storage, clock);
        Sessions sessions = sessions(config, storage, clock, events.receiver());
        try {
            StoredHashes hashes = Hashers.of(config, random);
            Collection<PasswordHash> sampled =
                    storage.hashSample().read(HashSample.LARGEST).values();
            PepperCheck.check(config, sampled, hashes);
            Mounts assembly = new Mounts(
                    config,
                    chosen,
                    storage.users(),
                    sessions,
                    storage.hashSample(),
                    storage.throttle(),
                    keys,
                    clock,
                    random,
                    hashes.hasher(),
                    FaultLog.ofLoginTimes(clock),
                    events.receiver(),
                    demo);
            ImmutableList<LoginApi> mounts = assembly.all();
            OldTokenWarning.log(assembly.oldTokens(), storage);
            if (demo.makesUsers()) {
                DemoUsers.store(storage.users(), hashes.hasher(), clock);
            } else {
                DemoGuard.check(ports.listening(), storage.users(), hashes.hasher());
            }
            warnOfFolders(config);
            HashMemory.warn(sampled, hashes);
            LoginThrottle.warnOfProxies(config, ports.listening());
            HttpServer http = HttpServer.start(config, ports.listening(), ports.tls(), mounts);
            HashSpeed.logInBackground(config.bcryptCost(), hashes.hasher(), assembly.budget());
            ClockWatch clocks = ClockWatch.start(storage::databaseTime, clock);
            ports.management()
                    .start(new ManagementPort.Parts(storage, events, sessions, keys, clocks), assembly, mounts, hashes);
            return new AuthServer(ports, config, storage, events, sessions, keys, http, clocks, mounts, demo);
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
        new StartupMessage(out, ports.listening(), view, demo.makesUsers())
                .print(mounts, ports.management().url());
    }

    /** {@return the server's URL for clients on this machine, such as {@code http://127.0.0.1:8080}} */
    public String address() {
        return ports.listening().url();
    }

    /** {@return whether only this machine can reach it} */
    public boolean isPrivate() {
        return ports.listening().isPrivate();
    }

    /** {@return the mounted dialects} */
    public ImmutableList<LoginApi> mounts() {
        return mounts;
    }

    @Override
    public void close() {
        ports.management().stopping();
        try (storage;
                events;
                sessions;
                keys;
                clocks;
                ports) {
            http.close();
        }
    }
}
