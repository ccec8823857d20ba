package dev.countersign.jar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.consumer.PomFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** An application that depends on the plugin gets nothing of the standalone server. */
@EnabledIfSystemProperty(named = "plugin.jar", matches = ".+")
class PluginJarTest {

    private static final String SERVER = "dev/countersign/server/";
    private static final String DESCRIPTOR = "META-INF/maven/dev.countersign/auth-javalin/pom.xml";

    private final Path plugin = Path.of(System.getProperty("plugin.jar", ""));
    private final Path server = Path.of(System.getProperty("server.jar", ""));
    private final Path pom = Path.of(System.getProperty("published.pom", ""));

    @Test
    void the_jar_has_the_plugin_alone() throws IOException {
        assertThat(entries(plugin))
                .contains("dev/countersign/javalin/AuthPlugin.class")
                .allMatch(name -> name.startsWith("META-INF/") || name.startsWith("dev/countersign/"))
                .noneMatch(name -> name.startsWith(SERVER));
        try (JarFile jar = new JarFile(plugin.toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
                    .isEqualTo("dev.countersign.javalin");
        }
    }

    @Test
    void the_published_pom_declares_what_the_plugin_needs() throws IOException {
        assertThat(PomFile.read(pom).dependencies().stream()
                        .filter(declared -> !declared.scope().equals("test"))
                        .map(declared -> declared.artifact().toString()))
                .containsExactlyInAnyOrder("dev.countersign:auth-core", "io.javalin:javalin", "org.jspecify:jspecify");
    }

    @Test
    void the_jar_describes_itself_with_the_published_pom() throws IOException {
        try (JarFile jar = new JarFile(plugin.toFile());
                InputStream described = jar.getInputStream(jar.getEntry(DESCRIPTOR))) {
            assertThat(new String(described.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualToNormalizingNewlines(Files.readString(pom));
        }
    }

    @Test
    void the_server_s_jar_has_all_of_both() throws IOException {
        List<String> packed = entries(server);
        assertThat(packed)
                .containsAll(entries(plugin).stream()
                        .filter(name -> name.endsWith(".class"))
                        .toList());
        Path classes = plugin.resolveSibling("classes");
        try (Stream<Path> files = Files.walk(classes.resolve(SERVER))) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> classes.relativize(file).toString().replace('\\', '/')))
                    .isNotEmpty()
                    .allMatch(packed::contains);
        }
    }

    private static List<String> entries(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .toList();
        }
    }
}
