package dev.countersign.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.server.config.ConfigLoader;
import dev.countersign.server.config.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files in packaging/ name only settings, commands and files that there are. */
class PackagingTest {

    private static final Pattern FLAG = Pattern.compile("(?<![\\w-])--[a-z-]+");
    private static final Pattern VARIABLE = Pattern.compile("AUTH_[A-Z_]*[A-Z]");

    private final String unit = Pages.text("packaging/auth-server.service");
    private final String image = Pages.text("packaging/Containerfile");

    @TempDir
    private Path folder;

    private static List<String> flags() {
        return Stream.concat(Arrays.stream(Setting.values()).map(Setting::flag), Stream.of("--config"))
                .toList();
    }

    private String unitValue(String key) {
        Matcher line = Pattern.compile("(?m)^" + key + "=(.*)$").matcher(unit.replace("\\\n", " "));
        assertThat(line.find()).as(key).isTrue();
        return line.group(1).replaceAll(" +", " ");
    }

    @Test
    void the_unit_starts_the_server_with_flags_that_exist() {
        String start = unitValue("ExecStart");
        assertThat(start).contains(" -jar /opt/auth-server/auth-server.jar serve ");
        assertThat(FLAG.matcher(start).results().map(flag -> flag.group()))
                .isNotEmpty()
                .isSubsetOf(flags());
        assertThat(unitValue("StateDirectory")).isEqualTo("auth-server");
        assertThat(start).endsWith("--data /var/lib/auth-server");
        assertThat(Pages.text("docs/operating.md"))
                .contains("/opt/auth-server/auth-server.jar", "/etc/auth-server/auth-server.yaml");
    }

    @Test
    void the_unit_counts_a_stop_as_success_and_waits_for_running_requests() {
        // 128 and SIGTERM, see StoppingTest; the server waits for ten seconds.
        assertThat(unitValue("SuccessExitStatus")).isEqualTo("143");
        assertThat(unitValue("TimeoutStopSec")).isEqualTo("20s");
        assertThat(unit).contains("NoNewPrivileges=yes", "ProtectSystem=strict", "UMask=0077");
    }

    @Test
    void systemd_accepts_the_unit() throws Exception {
        Path copy = folder.resolve("auth-server.service");
        // The paths of another machine; systemd only checks that the program exists.
        Files.writeString(
                copy,
                unit.replace(
                        "/usr/bin/java",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        Path said = folder.resolve("said");
        Process process;
        try {
            process = new ProcessBuilder("systemd-analyze", "verify", copy.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
        } catch (IOException missing) {
            Assumptions.abort("this machine has no systemd-analyze");
            return;
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String output = Files.readString(said, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(output).isZero();
        assertThat(output).doesNotContain("Unknown", "auth-server.service:");
    }

    @Test
    void the_configuration_is_valid_also_with_what_is_commented_out() throws Exception {
        String example = Pages.text("packaging/auth-server.yaml");
        for (String text : List.of(example, example.replaceAll("(?m)^#(?=[a-z_]+:)", ""))) {
            // A key may stand once: the commented host and port replace the others.
            String once = text.equals(example) ? text : text.replaceFirst("host: 127.0.0.1\nport: 8080\n", "");
            Path file = Files.writeString(folder.resolve("auth-server.yaml"), once);
            assertThat(new ConfigLoader(Map.of()).load(Map.of(), Optional.of(file.toString())))
                    .isNotNull();
        }
    }

    @Test
    void the_image_sets_variables_that_exist_and_copies_the_jar_that_is_built() {
        List<String> known = Stream.concat(
                        Arrays.stream(Setting.values()).map(Setting::variable), Stream.of(ConfigLoader.FILE_VARIABLE))
                .toList();
        assertThat(VARIABLE.matcher(image).results().map(name -> name.group()))
                .isNotEmpty()
                .isSubsetOf(known);
        assertThat(image)
                .contains("COPY auth-server.jar /app/auth-server.jar", "\nUSER 65532:65532\n", "\nVOLUME /data\n")
                .contains("AUTH_DATA=/data");
        assertThat(Pages.text("auth-javalin/pom.xml")).contains("<finalName>auth-server</finalName>");
        assertThat(EntryPoint.words()).endsWith("-jar", "/app/auth-server.jar", "serve");
    }
}
