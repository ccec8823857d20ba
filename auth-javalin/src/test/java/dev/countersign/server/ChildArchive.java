package dev.countersign.server;

import com.google.common.base.Splitter;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import dev.countersign.server.command.AuthCommand;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;

/**
 * An archive of the server's classes for the processes that tests start: each then needs a quarter less of the processor until it is ready. It takes a class path
 * of jars, so folders become jars. Made once for a JVM of tests.
 */
final class ChildArchive {

    /** The flags, and the class path that they are for; without an archive only that. */
    static final List<String> FLAGS = made();

    private ChildArchive() {}

    private static List<String> made() {
        String classPath = System.getProperty("java.class.path");
        try {
            Path folder = Files.createTempDirectory("child-archive");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            String jars = jars(classPath, folder);
            Path archive = folder.resolve("classes.jsa");
            List<String> command = new ArrayList<>(ChildServer.JAVA);
            command.addAll(List.of("-XX:ArchiveClassesAtExit=" + archive, "-cp", jars));
            command.addAll(List.of(AuthCommand.class.getName(), "warm-up"));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(2, TimeUnit.MINUTES) && process.exitValue() == 0 && Files.exists(archive)) {
                return List.of(
                        "-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off", "-cp", jars);
            }
            process.destroyForcibly();
            return List.of("-cp", classPath);
        } catch (IOException slower) {
            return List.of("-cp", classPath);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return List.of("-cp", classPath);
        }
    }

    private static String jars(String classPath, Path folder) throws IOException {
        List<String> entries = new ArrayList<>();
        for (String entry : Splitter.on(File.pathSeparatorChar).split(classPath)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                Path jar = folder.resolve(entries.size() + ".jar");
                ToolProvider tool = ToolProvider.findFirst("jar").orElseThrow(() -> new IOException("no jar tool"));
                int failed = tool.run(
                        System.out,
                        System.err,
                        "--create",
                        "--file",
                        jar.toString(),
                        "--no-compress",
                        "-C",
                        entry,
                        ".");
                if (failed != 0) {
                    throw new IOException("no jar of " + entry);
                }
                entries.add(jar.toString());
            } else if (Files.exists(path)) {
                entries.add(entry);
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    private static void delete(Path folder) {
        try {
            MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
        } catch (IOException left) {
            // A temporary folder.
            return;
        }
    }
}
