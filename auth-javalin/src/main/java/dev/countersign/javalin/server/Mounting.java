package dev.countersign.javalin.server;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.Auth;
import dev.countersign.crypto.jjwt.JjwtTokenCodec;
import dev.countersign.crypto.zxcvbn.CommonPasswords;
import dev.countersign.dialect.Dialect;
import dev.countersign.javalin.Mount;
import dev.countersign.javalin.dialect.DialectSource;
import dev.countersign.javalin.dialect.ShippedDialects;
import dev.countersign.javalin.server.config.ConfigException;
import dev.countersign.javalin.server.config.MountConfig;
import dev.countersign.javalin.server.config.ServerConfig;
import dev.countersign.javalin.yaml.InvalidFileException;
import dev.countersign.port.PasswordHasher;
import dev.countersign.port.UserStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts dialects, keys and the core together. */
final class Mounting {

    private final ServerConfig config;
    private final UserStore users;
    private final KeyFiles keys;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Set<String> used = new HashSet<>();

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
        PasswordHasher hasher = Hashers.of(config, random);
        CommonPasswords common = new CommonPasswords();
        ImmutableList.Builder<Mount> mounts = ImmutableList.builder();
        Set<String> ids = new HashSet<>();
        for (Choice choice : dialects()) {
            MountConfig mount = choice.mount();
            Dialect dialect = choice.dialect();
            String id = id(dialect, mount.prefix());
            if (!ids.add(id)) {
                throw new ConfigException("two dialects are called " + dialect.name() + " below the prefix '"
                        + mount.prefix() + "', and would have one key: give one of them another prefix or name");
            }
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

    private record Choice(MountConfig mount, Dialect dialect) {}

    /** A mount's name among the others, and that of its key file: neither sign is in a dialect's name or in a prefix. */
    private static String id(Dialect dialect, String prefix) {
        return dialect.name() + prefix.replaceFirst("/", "@").replace('/', '+');
    }

    /** The settings of all dialects where this one has them, and those of its mount, which it must have. */
    private Map<String, String> settings(MountConfig mount, DialectSource source) throws ConfigException {
        Map<String, String> settings = new LinkedHashMap<>(config.dialectSettings());
        settings.keySet().retainAll(source.settings());
        used.addAll(settings.keySet());
        List<String> unknown = new ArrayList<>();
        mount.settings().forEach((name, given) -> {
            if (source.settings().contains(name)) {
                settings.put(name, given.value());
            } else {
                unknown.add(given.place() + ": unknown setting " + name + "; " + source.advice(name));
            }
        });
        if (!unknown.isEmpty()) {
            throw new ConfigException(String.join("\n", unknown));
        }
        return settings;
    }

    /** What nobody would heed is refused: an issuer that no token has is not the issuer. */
    private void checkUsed(List<Choice> mounted) throws ConfigException {
        for (String name : config.dialectSettings().keySet()) {
            if (!used.contains(name)) {
                throw new ConfigException(name + " is given, and none of the mounted dialects has such a setting ("
                        + mounted.stream()
                                .map(choice -> choice.dialect().name())
                                .distinct()
                                .collect(Collectors.joining(", "))
                        + "); leave it out, or mount a dialect that declares it under settings");
            }
        }
    }

    private List<Choice> dialects() throws ConfigException {
        List<Choice> dialects = new ArrayList<>();
        for (MountConfig mount : config.dialects()) {
            dialects.add(new Choice(mount, dialect(mount)));
        }
        if (dialects.isEmpty()) {
            for (String name : ShippedDialects.names()) {
                MountConfig mount =
                        new MountConfig(name, "", "", ImmutableMap.of(), Optional.empty(), Optional.empty());
                Dialect dialect = dialect(mount);
                if (dialect.mountedByDefault()) {
                    dialects.add(new Choice(mount, dialect));
                }
            }
        }
        checkUsed(dialects);
        return dialects;
    }

    private Dialect dialect(MountConfig mount) throws ConfigException {
        try {
            DialectSource source = mount.file().isEmpty()
                    ? ShippedDialects.source(mount.name())
                    : DialectSource.parse(mount.file(), Files.readString(Path.of(mount.file())));
            return source.read(settings(mount, source)).dialect();
        } catch (InvalidFileException | IllegalArgumentException wrong) {
            throw new ConfigException(String.valueOf(wrong.getMessage()));
        } catch (IOException unreadable) {
            throw new ConfigException("the dialect file " + mount.file() + " cannot be read");
        }
    }
}
