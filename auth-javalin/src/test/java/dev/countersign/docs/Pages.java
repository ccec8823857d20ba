package dev.countersign.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The pages of this repository. */
final class Pages {

    private static final Path ROOT = root();

    private Pages() {}

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve(".ci/run"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    static Path path(String name) {
        return ROOT.resolve(name);
    }

    static String text(String name) {
        return read(path(name));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Every page: those beside README.md and those below docs/. */
    static List<Path> all() {
        return Stream.concat(files(ROOT, 1), files(ROOT.resolve("docs"), 9))
                .filter(file -> file.toString().endsWith(".md"))
                .sorted()
                .toList();
    }

    /** Every source of every module, and those of the foreign projects. */
    static List<Path> tests() {
        return files(ROOT, 1)
                .filter(module -> Files.isDirectory(module.resolve("src")))
                .flatMap(module -> Stream.of(
                        module.resolve("src/test/java"), module.resolve("src/main/java"), module.resolve("src/it")))
                .filter(Files::isDirectory)
                .flatMap(folder -> files(folder, 30))
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
    }

    static String name(Path page) {
        return ROOT.relativize(page).toString();
    }

    private static Stream<Path> files(Path folder, int depth) {
        try (Stream<Path> found = Files.walk(folder, depth)) {
            return found.toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
