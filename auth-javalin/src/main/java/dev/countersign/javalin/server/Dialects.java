package dev.countersign.javalin.server;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.dialect.Dialect;
import dev.countersign.javalin.dialect.DialectReader;
import dev.countersign.javalin.dialect.ShippedDialects;
import dev.countersign.javalin.server.config.ConfigException;
import dev.countersign.javalin.server.config.MountConfig;
import dev.countersign.javalin.server.config.ServerConfig;
import dev.countersign.javalin.server.config.TextFile;
import dev.countersign.javalin.server.files.FileTrouble;
import dev.countersign.javalin.yaml.InvalidFileException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The dialects that a configuration chooses. */
final class Dialects {

    private Dialects() {}

    /** A dialect and what was configured for it. */
    record Chosen(MountConfig mount, Dialect dialect) {}

    /** Those that are named; if none is, those that are mounted by default. */
    static ImmutableList<Chosen> of(ServerConfig config) throws ConfigException {
        ImmutableList.Builder<Chosen> chosen = ImmutableList.builder();
        for (MountConfig mount : config.dialects()) {
            chosen.add(new Chosen(mount, read(mount, config)));
        }
        if (config.dialects().isEmpty()) {
            for (String name : ShippedDialects.names()) {
                MountConfig mount =
                        new MountConfig(name, "", "", ImmutableMap.of(), Optional.empty(), Optional.empty());
                Dialect dialect = read(mount, config);
                if (dialect.mountedByDefault()) {
                    chosen.add(new Chosen(mount, dialect));
                }
            }
        }
        return chosen.build();
    }

    private static Dialect read(MountConfig mount, ServerConfig config) throws ConfigException {
        Map<String, String> settings = new LinkedHashMap<>(config.dialectSettings());
        settings.putAll(mount.settings());
        try {
            if (mount.file().isEmpty()) {
                return ShippedDialects.dialect(mount.name(), settings);
            }
            return DialectReader.read(mount.file(), TextFile.read(TextFile.path(mount.file())), settings);
        } catch (InvalidFileException | IllegalArgumentException wrong) {
            throw new ConfigException(String.valueOf(wrong.getMessage()));
        } catch (IOException unreadable) {
            throw new ConfigException(
                    "the dialect file " + mount.file() + " cannot be read: " + FileTrouble.of(unreadable));
        }
    }
}
