package dev.countersign.server.command;

import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ConfigLoader;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.config.Setting;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A command that uses the server's settings: it, or each of its sub-commands, has a flag for every setting. */
interface ConfiguredCommand {

    /** The flag that names the configuration file. */
    String FILE = "--config";

    /** Adds the flags to a command, or to its sub-commands if it has any. */
    static void addFlags(CommandSpec spec) {
        if (!spec.subcommands().isEmpty()) {
            spec.subcommands().values().forEach(sub -> addFlags(sub.getCommandSpec()));
            return;
        }
        spec.addOption(OptionSpec.builder(FILE)
                .paramLabel("FILE")
                .type(String.class)
                .description("configuration file (YAML) [" + ConfigLoader.FILE_VARIABLE + "]")
                .build());
        for (Setting setting : Setting.values()) {
            spec.addOption(OptionSpec.builder(setting.flag())
                    .paramLabel(setting.placeholder())
                    .type(String.class)
                    .description(setting.help() + " [" + setting.variable() + "]")
                    .build());
        }
    }

    /** The configuration from a command's flags, the environment and the configuration file. */
    static ServerConfig config(CommandSpec spec, Terminal terminal) throws ConfigException {
        Map<Setting, String> flags = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            String value = spec.findOption(setting.flag()).getValue();
            if (value != null) {
                flags.put(setting, value);
            }
        }
        String file = spec.findOption(FILE).getValue();
        return new ConfigLoader(terminal.environment()).load(flags, Optional.ofNullable(file));
    }
}
