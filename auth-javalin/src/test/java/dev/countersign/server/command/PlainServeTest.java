package dev.countersign.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.server.config.Setting;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainServeTest {

    private static String[] words(String line) {
        return line.isEmpty() ? new String[0] : line.split(" ", -1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "serve",
                "--demo",
                "serve --demo",
                "--port 9090 --demo",
                "serve --port=0 --data d --config=auth.yaml",
                "--issuer=https://example.com/?a=b"
            })
    void a_start_with_known_flags_is_plain(String line) {
        assertThat(PlainServe.of(words(line))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user list",
                "serve serve",
                "--demo serve",
                "version",
                "help",
                "-h",
                "--help",
                "serve --help",
                "--version",
                "--port",
                "--port --demo",
                "--port=",
                "--port ",
                "--data -",
                "--data=@file",
                "--data 'd'",
                "--data \"d\"",
                "@file",
                "--port 1 --port 2",
                "--config a --config b",
                "--demo --demo",
                "--demo=true",
                "--demo-for-everybody",
                "--prot 1",
                "-port 1",
                "--PORT 1",
                "--",
                "-- --port 1"
            })
    void everything_else_is_left_to_the_library(String line) {
        assertThat(PlainServe.of(words(line))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void each_setting_is_known(Setting setting) {
        assertThat(PlainServe.of(setting.flag(), "x")).isPresent();
        assertThat(PlainServe.of("serve", setting.flag() + "=x")).isPresent();
    }

    @Test
    void a_wrong_value_is_refused_alike_on_both_ways() {
        assertThat(PlainServe.of("--port", "many", "--data", "unused")).isPresent();
        String plain = said("--port", "many", "--data", "unused");
        assertThat(plain).startsWith("1 ").contains("many");
        assertThat(said("--data", "unused", "--port", "many", "--demo-for-everybody"))
                .isEqualTo(plain);
    }

    /** The exit code, and what stands in standard error. */
    private static String said(String... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream none = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        int code = AuthCommand.run(
                new Terminal(
                        new ByteArrayInputStream(new byte[0]),
                        none,
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Map.of()),
                arguments);
        return code + " " + err.toString(StandardCharsets.UTF_8);
    }
}
