package dev.countersign.javalin.server.command;

import dev.countersign.javalin.server.config.ConfigException;
import dev.countersign.javalin.server.config.ConfigLoader;
import dev.countersign.javalin.server.config.ServerConfig;
import dev.countersign.javalin.server.config.Setting;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** A command that follows the server's settings; their flags are added to it. */
interface ConfiguredCommand {

    /** The command's specification, with the flags it was given. */
    CommandSpec spec();

    /** What the server was told by flags, environment and file. */
    default ServerConfig config() throws ConfigException {
        Map<Setting, String> flags = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            String value = spec().findOption(setting.flag()).getValue();
            if (value != null) {
                flags.put(setting, value);
            }
        }
        Path file = spec().findOption("--config").getValue();
        return new ConfigLoader(System.getenv()).load(flags, Optional.ofNullable(file));
    }
}
