package dev.countersign.server;

import com.google.common.collect.ImmutableList;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.dialect.Dialect;
import dev.countersign.dialect.file.DialectSource;
import dev.countersign.dialect.file.ShippedDialects;
import dev.countersign.file.InvalidFileException;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.MountConfig;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.config.TextFile;
import dev.countersign.server.files.FileTrouble;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The dialects that a configuration chooses. */
final class Dialects {

    private Dialects() {}

    /** A dialect and its configuration. */
    record Chosen(MountConfig mount, Dialect dialect) {

        /** The unique name of the mount and of its key file: neither @ nor + can be in a dialect's name or in a prefix. */
        String id() {
            return dialect.name() + mount.prefix().replaceFirst("/", "@").replace('/', '+');
        }

        /** The name of the mount, as a configuration gives it. */
        String label() {
            return dialect.name() + (mount.prefix().isEmpty() ? "" : "@" + mount.prefix());
        }

        /** The algorithm of its tokens. */
        SigningAlgorithm algorithm() {
            return SigningAlgorithm.named(dialect.token().algorithm()).orElseThrow();
        }
    }

    /** The configured dialects; without configuration, the dialects that are mounted by default. */
    static ImmutableList<Chosen> of(ServerConfig config) throws ConfigException {
        Set<String> used = new HashSet<>();
        ImmutableList.Builder<Chosen> chosen = ImmutableList.builder();
        for (MountConfig mount : config.dialects()) {
            chosen.add(new Chosen(mount, read(mount, config, used)));
        }
        if (config.dialects().isEmpty()) {
            for (String name : ShippedDialects.names()) {
                MountConfig mount = MountConfig.of(name, "");
                Dialect dialect = read(mount, config, used);
                if (dialect.mountedByDefault()) {
                    chosen.add(new Chosen(mount, dialect));
                }
            }
        }
        ImmutableList<Chosen> all = chosen.build();
        checkUsed(all, config, used);
        return all;
    }

    private static Dialect read(MountConfig mount, ServerConfig config, Set<String> used) throws ConfigException {
        try {
            DialectSource source = mount.file().isEmpty()
                    ? ShippedDialects.source(mount.name())
                    : DialectSource.parse(mount.file(), TextFile.read(TextFile.path(mount.file())));
            Dialect dialect = source.dialect(settings(mount, source, config, used));
            return mount.leeway().or(config::leeway).map(dialect::withSkew).orElse(dialect);
        } catch (InvalidFileException | IllegalArgumentException wrong) {
            throw new ConfigException(String.valueOf(wrong.getMessage()));
        } catch (IOException unreadable) {
            throw new ConfigException(
                    "the dialect file " + mount.file() + " cannot be read: " + FileTrouble.of(unreadable));
        }
    }

    /** The global settings that this dialect declares, and the settings of its mount, all of which it must declare. */
    private static Map<String, String> settings(
            MountConfig mount, DialectSource source, ServerConfig config, Set<String> used) throws ConfigException {
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

    /** Refuses a global setting that no dialect uses: an issuer that no token carries is a mistake. */
    private static void checkUsed(List<Chosen> mounted, ServerConfig config, Set<String> used) throws ConfigException {
        for (String name : config.dialectSettings().keySet()) {
            if (!used.contains(name)) {
                throw new ConfigException(name + " is given, and none of the mounted dialects has such a setting ("
                        + mounted.stream()
                                .map(chosen -> chosen.dialect().name())
                                .distinct()
                                .collect(Collectors.joining(", "))
                        + "); leave it out, or mount a dialect that declares it under settings");
            }
        }
    }
}
