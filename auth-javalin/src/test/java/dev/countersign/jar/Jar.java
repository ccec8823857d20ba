package dev.countersign.jar;

import dev.countersign.server.command.AuthCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that starts the server's jar; in a build that has none yet, its classes. */
final class Jar {

    private static final String JAR = System.getProperty("server.jar", "");

    private Jar() {}

    /** The command, with options for the JVM. */
    static List<String> command(String... options) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        // A short life and a small machine.
        command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        command.addAll(List.of(options));
        if (JAR.isEmpty()) {
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
            command.addAll(List.of(System.getProperty("java.class.path"), AuthCommand.class.getName()));
            return command;
        }
        Path archive = Path.of(JAR.replace(".jar", ".jsa"));
        if (Files.exists(archive)) {
            command.addAll(List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:disable"));
        }
        command.addAll(List.of("-jar", JAR));
        return command;
    }
}
