package dev.countersign.consumer;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A project of an application: its sources are compiled and run with its own class path and nothing else. */
final class ConsumerProject {

    private final Path folder;
    private final Closure closure;
    private final Path classes;

    private ConsumerProject(Path folder, Closure closure, Path classes) {
        this.folder = folder;
        this.closure = closure;
        this.classes = classes;
    }

    /**
     * Compiles.
     *
     * @param name a folder of {@code src/test/projects}
     * @param classes where the classes are written
     * @throws IllegalStateException if the sources do not compile
     */
    static ConsumerProject compiled(String name, Path classes) throws IOException {
        Path folder =
                Closure.modules().resolve("auth-javalin/src/test/projects").resolve(name);
        ConsumerProject project = new ConsumerProject(folder, Closure.of(folder.resolve("pom.xml")), classes);
        project.compile();
        return project;
    }

    private void compile() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options = List.of(
                "-proc:none",
                "--release",
                "17",
                "-d",
                classes.toString(),
                "-classpath",
                joined(closure.files().stream()));
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(folder.resolve("src/main/java"))) {
            List<Path> java =
                    sources.filter(file -> file.toString().endsWith(".java")).toList();
            StringBuilder problems = new StringBuilder();
            boolean compiled = compiler.getTask(
                            null,
                            files,
                            problem -> problems.append(problem).append('\n'),
                            options,
                            null,
                            files.getJavaFileObjectsFromPaths(java))
                    .call();
            if (!compiled) {
                throw new IllegalStateException(problems.toString());
            }
        }
    }

    /** Runs a main class in a JVM of its own; what it prints, errors included. */
    String run(String main) throws IOException, InterruptedException {
        Path output = Files.createTempFile(classes, "output", ".txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-classpath",
                        joined(Stream.concat(Stream.of(classes), closure.files().stream())),
                        main)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.waitFor();
        return Files.readString(output).strip();
    }

    List<String> artifacts() {
        return closure.artifacts();
    }

    /** The artifacts that the project's list has. */
    List<String> listed() throws IOException {
        return Files.readAllLines(folder.resolve("classpath.txt"));
    }

    Stream<Path> files() {
        return closure.files().stream();
    }

    private static String joined(Stream<Path> entries) {
        return entries.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
