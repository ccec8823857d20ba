package dev.countersign.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.server.command.AuthCommand;
import dev.countersign.server.config.ConfigLoader;
import dev.countersign.server.config.DatabasePassword;
import dev.countersign.server.config.KeySource;
import dev.countersign.server.config.MountConfig;
import dev.countersign.server.config.Setting;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** docs/server.md names every command, flag, variable and key that there is, and none that there is not. */
class ServerPageTest {

    private static final Pattern FLAG = Pattern.compile("(?<![\\w-])--[a-z]+(?:-[a-z]+)*");
    private static final Pattern VARIABLE = Pattern.compile("AUTH_[A-Z_]*[A-Z]");
    private static final Pattern COMMAND = Pattern.compile("^\\| `([a-z -]+)` \\|", Pattern.MULTILINE);
    private static final Pattern ROW =
            Pattern.compile("^\\| `(--[a-z-]+)` \\| `(AUTH_\\w+)` \\| `(\\w+)` \\|", Pattern.MULTILINE);
    private static final Pattern MOUNT_KEY = Pattern.compile("^\\| `([a-z_]+)` \\|", Pattern.MULTILINE);
    private static final Set<String> HELP = Set.of("--help", "--version");

    private final String page = Pages.text("docs/server.md");
    private final Set<String> commands = new LinkedHashSet<>();
    private final Set<String> flags = new TreeSet<>(HELP);

    @Test
    void every_setting_has_its_row_and_every_row_is_a_setting() {
        assertThat(ROW.matcher(page).results().map(row -> row.group(1) + " " + row.group(2) + " " + row.group(3)))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Setting.values())
                        .map(setting -> setting.flag() + " " + setting.variable() + " " + setting.key())
                        .toList());
    }

    @Test
    void every_flag_is_named_and_every_named_flag_exists() {
        collect(AuthCommand.class, "");
        Arrays.stream(Setting.values()).map(Setting::flag).forEach(flags::add);
        flags.add("--config");
        assertThat(found(FLAG)).containsExactlyElementsOf(flags);
    }

    @Test
    void every_variable_is_named_and_every_named_variable_exists() {
        Set<String> variables = new TreeSet<>(
                Set.of(ConfigLoader.FILE_VARIABLE, ConfigLoader.MASTER_KEY_VARIABLE, DatabasePassword.VARIABLE));
        Arrays.stream(Setting.values()).map(Setting::variable).forEach(variables::add);
        assertThat(found(VARIABLE)).containsExactlyElementsOf(variables);
    }

    @Test
    void every_command_is_named_and_every_named_command_exists() {
        collect(AuthCommand.class, "");
        String section = section("Commands");
        assertThat(COMMAND.matcher(section).results().map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(commands);
    }

    @Test
    void every_key_of_a_mount_is_named_and_every_named_key_exists() throws ReflectiveOperationException {
        assertThat(keys("Mounts")).containsExactlyInAnyOrderElementsOf(keys(MountConfig.class));
        assertThat(keys("Keys")).containsExactlyInAnyOrderElementsOf(keys(KeySource.class));
        assertThat(Stream.concat(keys("Keys").stream(), keys("Old secrets").stream()))
                .containsExactlyInAnyOrderElementsOf(keys(KeySource.class, "OLD_KEYS"));
        assertThat(section("Keys"))
                .contains(Arrays.stream(KeySource.Encoding.values())
                        .map(encoding -> "`" + encoding.name().toLowerCase(Locale.ROOT) + "`")
                        .toList());
    }

    private Set<String> found(Pattern pattern) {
        Set<String> found = new TreeSet<>();
        pattern.matcher(page).results().forEach(match -> found.add(match.group()));
        return found;
    }

    private List<String> keys(String section) {
        return MOUNT_KEY
                .matcher(section(section))
                .results()
                .map(row -> row.group(1))
                .toList();
    }

    private String section(String heading) {
        int start = page.indexOf("\n## " + heading + "\n");
        assertThat(start).as("a section %s", heading).isPositive();
        int end = page.indexOf("\n## ", start + 1);
        return page.substring(start, end < 0 ? page.length() : end);
    }

    private static List<String> keys(Class<?> type) throws ReflectiveOperationException {
        return keys(type, "KEYS");
    }

    @SuppressWarnings("unchecked")
    private static List<String> keys(Class<?> type, String field) throws ReflectiveOperationException {
        Field keys = type.getDeclaredField(field);
        keys.setAccessible(true);
        return (List<String>) keys.get(null);
    }

    private void collect(Class<?> type, String path) {
        for (Field field : type.getDeclaredFields()) {
            collect(field.getAnnotation(Option.class));
        }
        for (Method method : type.getDeclaredMethods()) {
            collect(method.getAnnotation(Option.class));
            Command command = method.getAnnotation(Command.class);
            if (command != null && !command.hidden()) {
                commands.add(path + command.name());
                Arrays.stream(method.getParameters())
                        .forEach(parameter -> collect(parameter.getAnnotation(Option.class)));
            }
        }
        for (Class<?> sub : type.getAnnotation(Command.class).subcommands()) {
            Command command = sub.getAnnotation(Command.class);
            if (!command.hidden()) {
                boolean group = command.synopsisSubcommandLabel().equals("COMMAND");
                if (!group) {
                    commands.add(path + command.name());
                }
                collect(sub, path + command.name() + " ");
            }
        }
    }

    private void collect(Option option) {
        if (option != null && !option.hidden()) {
            flags.addAll(Arrays.stream(option.names())
                    .filter(name -> name.startsWith("--"))
                    .toList());
        }
    }
}
