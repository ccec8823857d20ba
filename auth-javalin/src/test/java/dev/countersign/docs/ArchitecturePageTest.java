package dev.countersign.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The map has every package, and what it names exists. */
class ArchitecturePageTest {

    private static final Path PACKAGES = Path.of("src/main/java/dev/countersign");
    private static final Pattern TYPE = Pattern.compile("`([A-Z][A-Za-z]+)(?:\\.[a-z]+)?`");

    private static Stream<Path> mainFiles() throws Exception {
        List<Path> files;
        try (Stream<Path> modules = Files.list(Pages.path(""))) {
            files = modules.map(module -> module.resolve(PACKAGES))
                    .filter(Files::isDirectory)
                    .toList();
        }
        Stream<Path> all = Stream.empty();
        for (Path folder : files) {
            try (Stream<Path> found = Files.walk(folder)) {
                all = Stream.concat(all, found.map(folder::relativize).toList().stream());
            }
        }
        return all.filter(file -> file.toString().endsWith(".java"));
    }

    @Test
    void every_package_is_on_the_map() throws Exception {
        String page = Pages.text("docs/architecture.md");

        assertThat(mainFiles()
                        .map(file -> file.getParent() == null
                                ? ""
                                : file.getParent().toString().replace('/', '.'))
                        .filter(name -> !name.isEmpty() && !name.startsWith("internal") && !name.contains(".internal"))
                        .filter(name -> !name.startsWith("server.") && !name.equals("testkit"))
                        .distinct())
                .allSatisfy(name -> assertThat(page)
                        .containsAnyOf(
                                "`" + name + "`",
                                "`dev.countersign." + name + "`",
                                "`." + name.substring(name.lastIndexOf('.') + 1) + "`"));
    }

    @Test
    void every_type_on_the_map_exists() throws Exception {
        List<String> types = mainFiles()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .toList();

        assertThat(TYPE.matcher(Pages.text("docs/architecture.md"))
                        .results()
                        .map(found -> found.group(1))
                        .filter(name -> !name.endsWith("Test")))
                .isSubsetOf(Stream.concat(types.stream(), Stream.of("Outcome", "YAML", "NAME", "DialectContract"))
                        .toList());
    }
}
