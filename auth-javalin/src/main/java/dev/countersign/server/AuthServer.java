package dev.countersign.server;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.countersign.api.LoginApi;
import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.config.TlsConfig;
import dev.countersign.server.files.FolderSafety;
import dev.countersign.server.tls.TlsContext;
import dev.countersign.usecase.Sessions;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The standalone server; this class wires its parts together. {@link #close} lets running requests finish. */
public final class AuthServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AuthServer.class);

    private final ListeningPort port;
    private final Optional<TlsContext> tls;
    private final ClientView view;
    private final Storage storage;
    private final Sessions sessions;
    private final KeyRings keys;
    private final HttpServer http;
    private final ClockWatch clocks;
    private final ImmutableList<LoginApi> mounts;
    private final DemoMode demo;

    private AuthServer(
            ListeningPort port,
            Optional<TlsContext> tls,
            ClientView view,
            Storage storage,
            Sessions sessions,
            KeyRings keys,
            HttpServer http,
            ClockWatch clocks,
            ImmutableList<LoginApi> mounts,
            DemoMode demo) {
        this.port = port;
        this.tls = tls;
        this.view = view;
        this.storage = storage;
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

        ListeningPort port = ListeningPort.bind(config.host(), config.port());
        try {
            if (demo == DemoMode.THIS_MACHINE) {
                DemoGuard.checkReach(port, "--demo makes users");
            }
            return config.tls().isEmpty()
                    ? on(port, Optional.empty(), config, environment, demo)
                    : withTls(port.withTls(), config.tls().get(), config, environment, demo);
        } catch (ConfigException | RuntimeException failed) {
            port.close();
            throw failed;
        }
    }

    private static AuthServer withTls(
            ListeningPort port, TlsConfig files, ServerConfig config, Map<String, String> environment, DemoMode demo)
            throws ConfigException {
        TlsContext tls = TlsContext.open(files, InstantSource.system());
        try {
            return on(port, Optional.of(tls), config, environment, demo);
        } catch (ConfigException | RuntimeException failed) {
            tls.close();
            throw failed;
        }
    }

    private static AuthServer on(
            ListeningPort port,
            Optional<TlsContext> tls,
            ServerConfig config,
            Map<String, String> environment,
            DemoMode demo)
            throws ConfigException {
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        KeySetup setup = KeySetup.of(config, environment, clock, random);
        Storage storage = Storage.open(config, setup);
        try {
            return on(port, tls, config, storage, setup.open(), demo);
        } catch (ConfigException | RuntimeException failed) {
            storage.close();
            throw failed;
        }
    }

    private static AuthServer on(
            ListeningPort port,
            Optional<TlsContext> tls,
            ServerConfig config,
            Storage storage,
            KeyRings keys,
            DemoMode demo)
            throws ConfigException {
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        Sessions sessions = sessions(config, storage, clock);
        try {
            Mounts assembly = new Mounts(
                    config,
                    storage.users(),
                    sessions,
                    storage.hashSample(),
                    keys,
                    clock,
                    random,
                    new LostLoginLog(clock),
                    demo);
            ImmutableList<LoginApi> mounts = assembly.all();
            OldTokenWarning.log(assembly.oldTokens(), storage);
            if (demo.makesUsers()) {
                DemoUsers.store(storage.users(), new BcryptPasswordHasher(config.bcryptCost(), random), clock);
            } else {
                DemoGuard.check(port, storage.users(), Hashers.of(config, random));
            }
            warnOfFolders(config);
            HttpServer http = HttpServer.start(config, port, tls, mounts);
            return new AuthServer(
                    port,
                    tls,
                    ClientView.of(port, config.tls(), tls),
                    storage,
                    sessions,
                    keys,
                    http,
                    ClockWatch.start(storage::databaseTime, clock),
                    mounts,
                    demo);
        } catch (ConfigException | RuntimeException failed) {
            sessions.close();
            keys.close();
            throw failed;
        }
    }

    static Sessions sessions(ServerConfig config, Storage storage, InstantSource clock) {
        return Sessions.over(storage.sessions(), storage.changes(), storage.unitOfWork(), clock)
                .delay(config.sessions().revocationDelay())
                .whenSilent(config.sessions().whenSilent())
                .events(new EventLog())
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
        new StartupMessage(out, port, view, demo.makesUsers()).print(mounts);
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
        try (storage;
                sessions;
                keys;
                clocks) {
            http.close();
            tls.ifPresent(TlsContext::close);
        }
    }
}
