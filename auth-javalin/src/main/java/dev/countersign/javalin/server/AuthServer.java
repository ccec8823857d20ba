package dev.countersign.javalin.server;

import com.google.common.collect.ImmutableList;
import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.javalin.Mount;
import dev.countersign.javalin.server.config.ConfigException;
import dev.countersign.javalin.server.config.ServerConfig;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;

/** The standalone server: the composition root. Closing it lets the requests under way finish. */
public final class AuthServer implements AutoCloseable {

    private final Storage storage;
    private final HttpServer http;
    private final ImmutableList<Mount> mounts;

    private AuthServer(Storage storage, HttpServer http, ImmutableList<Mount> mounts) {
        this.storage = storage;
        this.http = http;
        this.mounts = mounts;
    }

    /**
     * Starts.
     *
     * @param config what the server was told
     * @param environment the environment's variables, where keys may come from
     * @param demo whether to make the demonstration users
     * @return the running server
     * @throws ConfigException if it cannot start as it was told
     */
    public static AuthServer start(ServerConfig config, Map<String, String> environment, boolean demo)
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
            ImmutableList<Mount> mounts = mounting.mounts();
            OldTokenWarning.log(mounting.oldTokens(), storage);
            if (demo) {
                DemoUsers.store(storage.users(), new BcryptPasswordHasher(config.bcryptCost(), random), clock);
            }
            return new AuthServer(storage, HttpServer.start(config, mounts), mounts);
        } catch (ConfigException | RuntimeException failed) {
            storage.close();
            throw failed;
        }
    }

    /**
     * Says where the server is and what it speaks; the last line is {@code Listening on} and the address.
     *
     * @param out where to
     * @param demo whether to show the demonstration users
     */
    public void announce(PrintStream out, boolean demo) {
        new Announcement(out, http.address(), demo).print(mounts);
    }

    /** {@return the address, such as {@code http://127.0.0.1:8080}} */
    public String address() {
        return http.address();
    }

    /** {@return whether no other machine can reach it} */
    public boolean isPrivate() {
        return http.isPrivate();
    }

    /** {@return the mounted dialects} */
    public ImmutableList<Mount> mounts() {
        return mounts;
    }

    @Override
    public void close() {
        try (storage) {
            http.close();
        }
    }
}
