package dev.countersign.jar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.docs.EntryPoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the image runs: its entry point as its user without rights, on a root file system that cannot be written. */
class ContainerTest {

    private static final String USER = "65532";

    @TempDir
    private Path folder;

    @Test
    void the_entry_point_serves_as_another_user_who_can_write_to_the_data_folder_only() throws Exception {
        String jar = System.getProperty("server.jar", "");
        Assumptions.assumeFalse(jar.isEmpty(), "there is no jar in this part of the build");
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "SKIPPED: only root can run as another");
        Path app = Files.copy(Path.of(jar), folder.resolve("auth-server.jar"));
        Path data = Files.createDirectory(folder.resolve("data"));
        open(folder, "rwxr-xr-x");
        open(app, "rw-r--r--");
        Files.setAttribute(data, "unix:uid", Integer.parseInt(USER));
        open(data, "rwx------");
        // As podman --read-only: the volume is the only mount that can be written.
        try (SickMachine machine = SickMachine.mounting("mount --bind " + data + " " + data
                + "; mount -o remount,bind,ro /; ! touch " + folder + "/new 2> /dev/null")) {
            List<String> words = new ArrayList<>(EntryPoint.words());
            words.replaceAll(word -> word.replace("/app/auth-server.jar", app.toString()));
            words.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
            Path out = Files.createTempFile("container", ".out");
            Path err = Files.createTempFile("container", ".err");
            ProcessBuilder builder = new ProcessBuilder(machine.commandAs(USER, words))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("AUTH_"));
            builder.environment().put("AUTH_HOST", "127.0.0.1");
            builder.environment().put("AUTH_PORT", "0");
            builder.environment().put("AUTH_DATA", data.toString());
            Process process = builder.start();
            try (JarServer server = new JarServer(process, out, err).ready()) {
                assertThat(server.requests().login("nobody", "a wrong password").statusCode())
                        .isEqualTo(401);
                assertThat(Files.getAttribute(data.resolve("auth.db"), "unix:uid"))
                        .isEqualTo(Integer.parseInt(USER));
                assertThat(server.errors()).isEmpty();
                process.destroy();
                assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isEqualTo(143);
            }
        }
    }

    private static void open(Path path, String permissions) throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}
