package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is replaced as a whole or not at all. */
class FileDraftTest {

    private static final String READY = "ready";

    @TempDir
    Path folder;

    @Test
    void nothing_is_seen_before_it_is_whole() throws Exception {
        Path file = Files.writeString(folder.resolve("backup"), "former");
        try (FileDraft draft = FileDraft.of(file)) {
            draft.stream().write("new".getBytes(StandardCharsets.UTF_8));
            assertThat(file).hasContent("former");
            draft.commit();
        }
        assertThat(file).hasContent("new");
        assertThat(names()).containsExactly("backup");
    }

    @Test
    void ctrl_c_leaves_the_former_file_and_no_draft() throws Exception {
        Path file = Files.writeString(folder.resolve("backup"), "former");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Endless.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(child.inputReader().readLine()).isEqualTo(READY);
            assertThat(names()).hasSize(2);
            CtrlC.send(child);
            assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.exitValue()).isEqualTo(CtrlC.exitCode());
        assertThat(file).hasContent("former");
        assertThat(names()).containsExactly("backup");
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    /** Writes the beginning of a draft and goes no further. */
    static final class Endless {

        private Endless() {}

        public static void main(String[] arguments) throws Exception {
            try (FileDraft draft = FileDraft.of(Path.of(arguments[0]))) {
                draft.stream().write("half".getBytes(StandardCharsets.UTF_8));
                System.out.println(READY);
                TimeUnit.MINUTES.sleep(5);
                draft.commit();
            }
        }
    }
}
