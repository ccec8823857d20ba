package dev.countersign.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Standard output is the device that is always full. */
class FullOutputTest {

    @TempDir
    private Path folder;

    private Process process(String words, Path err) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(Jar.command());
        builder.command().addAll(List.of((words + " --data " + folder).split(" ", -1)));
        builder.environment().keySet().removeIf(name -> name.startsWith("AUTH_"));
        return builder.redirectOutput(Path.of("/dev/full").toFile())
                .redirectError(err.toFile())
                .start();
    }

    @Test
    void a_command_ends_with_1_and_a_server_goes_on_and_both_say_why() throws Exception {
        Path err = folder.resolve("err");
        assertThat(SickMachine.here()
                        .run(Ada.PASSWORD + "\n", "user add --username ada --data " + folder)
                        .code())
                .isZero();
        Process list = process("user list", err);
        assertThat(list.waitFor()).isEqualTo(1);
        assertThat(err).hasContent("standard output cannot be written: no space left on device");

        Process server = process("serve --port 0 --dialects standard", err);
        try {
            for (int i = 0; i < 600 && !Files.readString(err).contains("keeps running at http"); i++) {
                Thread.sleep(50);
            }
            assertThat(Files.readString(err))
                    .startsWith(
                            "standard output cannot be written: no space left on device; the server keeps running at");
            assertThat(server.isAlive()).isTrue();
        } finally {
            server.destroy();
            server.waitFor();
        }
    }
}
