package dev.countersign.javalin.server;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.Auth;
import dev.countersign.crypto.bcrypt.BcryptPasswordHasher;
import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.zxcvbn.CommonPasswords;
import dev.countersign.dialect.Dialect;
import dev.countersign.javalin.Mount;
import dev.countersign.javalin.dialect.DialectReader;
import dev.countersign.javalin.dialect.ShippedDialects;
import dev.countersign.javalin.server.config.ConfigException;
import dev.countersign.javalin.server.config.MountConfig;
import dev.countersign.javalin.server.config.ServerConfig;
import dev.countersign.javalin.yaml.InvalidFileException;
import dev.countersign.port.UserStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Puts dialects, keys and the core together. */
final class Mounting {

    private final ServerConfig config;
    private final UserStore users;
    private final KeyFiles keys;
    private final InstantSource clock;
    private final SecureRandom random;

    Mounting(
            ServerConfig config,
            UserStore users,
            Map<String, String> environment,
            InstantSource clock,
            SecureRandom random) {
        this.config = config;
        this.users = users;
        this.keys = new KeyFiles(config.data(), environment, clock, random);
        this.clock = clock;
        this.random = random;
    }

    ImmutableList<Mount> mounts() throws ConfigException {
        BcryptPasswordHasher hasher = new BcryptPasswordHasher(config.bcryptCost(), random);
        CommonPasswords common = new CommonPasswords();
        ImmutableList.Builder<Mount> mounts = ImmutableList.builder();
        for (Map.Entry<MountConfig, Dialect> entry : dialects().entrySet()) {
            MountConfig mount = entry.getKey();
            Dialect dialect = entry.getValue();
            String id = dialect.name() + mount.prefix().replace('/', '-');
            Auth auth = Auth.builder()
                    .users(users)
                    .passwords(hasher, dialect.passwords().policy(common))
                    .tokens(
                            dialect.token(),
                            new JjwtTokenCodec(
                                    keys.ring(id, mount, dialect.token().algorithm()), random))
                    .clock(clock)
                    .random(random)
                    .build();
            Mount mounted = mount(dialect, auth, mount.prefix()).withMaxBodyBytes(config.maxBody());
            mounts.add(config.queryTokens() ? mounted : mounted.withoutQueryTokens());
        }
        return mounts.build();
    }

    private static Mount mount(Dialect dialect, Auth auth, String prefix) throws ConfigException {
        try {
            return Mount.of(dialect, auth).under(prefix);
        } catch (IllegalArgumentException badPrefix) {
            throw new ConfigException("dialect " + dialect.name() + ": " + badPrefix.getMessage());
        }
    }

    private Map<MountConfig, Dialect> dialects() throws ConfigException {
        Map<MountConfig, Dialect> dialects = new LinkedHashMap<>();
        for (MountConfig mount : config.dialects()) {
            dialects.put(mount, dialect(mount));
        }
        if (dialects.isEmpty()) {
            for (String name : ShippedDialects.names()) {
                MountConfig mount =
                        new MountConfig(name, "", "", ImmutableMap.of(), Optional.empty(), Optional.empty());
                Dialect dialect = dialect(mount);
                if (dialect.mountedByDefault()) {
                    dialects.put(mount, dialect);
                }
            }
        }
        return dialects;
    }

    private Dialect dialect(MountConfig mount) throws ConfigException {
        Map<String, String> settings = new LinkedHashMap<>(config.dialectSettings());
        settings.putAll(mount.settings());
        try {
            if (mount.file().isEmpty()) {
                return ShippedDialects.dialect(mount.name(), settings);
            }
            return DialectReader.read(mount.file(), Files.readString(Path.of(mount.file())), settings);
        } catch (InvalidFileException | IllegalArgumentException wrong) {
            throw new ConfigException(String.valueOf(wrong.getMessage()));
        } catch (IOException unreadable) {
            throw new ConfigException("the dialect file " + mount.file() + " cannot be read");
        }
    }
}
