package dev.countersign.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import dev.countersign.server.config.ConfigLoader;
import dev.countersign.server.config.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
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
    void unit_image_and_script_have_the_options_for_small_memory() {
        List<String> options = Pages.text("packaging/java.options")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
        assertThat(options).hasSizeGreaterThan(3);
        assertThat(Splitter.on(' ').splitToList(unitValue("ExecStart"))).containsAll(options);
        // A container has a limit of its own, of which the heap gets a part.
        assertThat(EntryPoint.words())
                .containsAll(options.stream()
                        .filter(option -> !option.startsWith("-Xmx"))
                        .toList());
        assertThat(Pages.text("packaging/auth-server")).contains("@$here/java.options");
        assertThat(Pages.text("README.md")).contains("java @packaging/java.options ");
    }

    @Test
    void the_script_starts_the_jar_that_is_beside_it() throws Exception {
        Path copy = Files.createDirectories(folder.resolve("a place"));
        for (String name : List.of("auth-server", "java.options")) {
            Files.writeString(copy.resolve(name), Pages.text("packaging/" + name));
        }
        assertThat(script(copy, "--version")).startsWith("1: there is no auth-server.jar beside ");
        try (JarOutputStream jar = new JarOutputStream(
                Files.newOutputStream(copy.resolve("auth-server.jar")), manifest(Arguments.class.getName()))) {
            jar.putNextEntry(new ZipEntry(Arguments.class.getName().replace('.', '/') + ".class"));
            try (InputStream code = Arguments.class.getResourceAsStream("PackagingTest$Arguments.class")) {
                code.transferTo(jar);
            }
        }
        assertThat(script(copy, "user", "show", "a b", "--", "")).isEqualTo("0: [user, show, a b, --, ]");
    }

    /** Prints the arguments of a program. */
    public static final class Arguments {
        public static void main(String[] arguments) {
            System.out.print(List.of(arguments));
        }
    }

    private static Manifest manifest(String main) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main);
        return manifest;
    }

    /** The exit code and what is printed. */
    private static String script(Path place, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("sh", place.resolve("auth-server").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() + ": " + said;
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
