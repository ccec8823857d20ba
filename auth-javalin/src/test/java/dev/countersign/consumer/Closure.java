package dev.countersign.consumer;

import dev.countersign.Auth;
import dev.countersign.consumer.PomFile.Artifact;
import dev.countersign.consumer.PomFile.Declared;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What Maven puts on the class path of a project that declares {@code auth-core}: all that it needs in turn, less the exclusions. The files are those of
 * this JVM's class path, so that nothing is downloaded.
 */
final class Closure {

    private static final Artifact CORE = new Artifact("dev.countersign", "auth-core");

    private final SortedMap<Artifact, Path> files = new TreeMap<>(Comparator.comparing(Artifact::toString));

    private Closure() {}

    private record Step(Declared declared, List<Artifact> excluded) {}

    static Closure of(Path pom) throws IOException {
        Closure closure = new Closure();
        Deque<Step> next = new ArrayDeque<>();
        follow(next, pom, List.of());
        while (!next.isEmpty()) {
            Step step = next.remove();
            Artifact artifact = step.declared().artifact();
            if (!closure.files.containsKey(artifact)) {
                Path file = artifact.equals(CORE) ? classes() : jar(artifact);
                closure.files.put(artifact, file);
                Path described = artifact.equals(CORE) ? modules().resolve("auth-core/pom.xml") : besides(file);
                List<Artifact> excluded = new ArrayList<>(step.excluded());
                excluded.addAll(step.declared().exclusions());
                follow(next, described, excluded);
            }
        }
        return closure;
    }

    private static void follow(Deque<Step> next, Path pom, List<Artifact> excluded) throws IOException {
        PomFile.read(pom).dependencies().stream()
                .filter(Declared::isPulledIn)
                .filter(declared -> excluded.stream().noneMatch(some -> some.covers(declared.artifact())))
                .forEach(declared -> next.add(new Step(declared, excluded)));
    }

    /** The artifacts, sorted. */
    List<String> artifacts() {
        return files.keySet().stream().map(Artifact::toString).toList();
    }

    /** Their jars and folders. */
    Collection<Path> files() {
        return files.values();
    }

    /** A repository's path ends with the name, the version and the file of name and version; the POM is beside it. */
    private static Path jar(Artifact artifact) {
        return List.of(System.getProperty("java.class.path").split(File.pathSeparator)).stream()
                .map(Path::of)
                .filter(entry -> entry.getNameCount() > 3 && isOf(artifact, entry))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(artifact + " is not on this class path"));
    }

    private static boolean isOf(Artifact artifact, Path entry) {
        Path version = entry.getParent();
        return version.getParent().endsWith(Path.of(artifact.group().replace('.', '/'), artifact.name()))
                && entry.endsWith(artifact.name() + "-" + version.getFileName() + ".jar");
    }

    private static Path besides(Path jar) {
        return jar.resolveSibling(jar.getFileName().toString().replaceFirst("\\.jar$", ".pom"));
    }

    private static Path classes() {
        try {
            return Path.of(Auth.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static Path modules() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve(".ci/run"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
