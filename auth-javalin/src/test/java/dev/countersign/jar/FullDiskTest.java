package dev.countersign.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data folder is on a small disk, and that is full. */
@Tag("slow")
class FullDiskTest {

    private static final String FULL = "its disk is full: free some space";

    @TempDir
    private Path disk;

    private SickMachine machine;
    private String data;

    @BeforeEach
    void mount() throws Exception {
        machine = SickMachine.mounting("mount -t tmpfs -o size=3m,mode=0700 tmpfs " + disk);
        data = " --data " + disk.resolve("data");
    }

    @AfterEach
    void unmount() throws Exception {
        if (machine != null) {
            machine.close();
        }
    }

    private void fill() throws Exception {
        machine.run("cat /dev/zero > " + disk.resolve("filling") + " 2> /dev/null || true");
    }

    private void free() throws Exception {
        machine.run("rm " + disk.resolve("filling"));
    }

    @Test
    void what_needs_no_space_is_answered_the_rest_is_unavailable_and_goes_on_when_there_is_space() throws Exception {
        try (JarServer server = machine.serve(data)) {
            Ada ada = Ada.registered(server.requests());
            fill();
            ada.checkQuestions();
            ada.checkUnavailable(Duration.ofSeconds(2));
            Ada.checkLog(server.errors(), "SQLITE_FULL");
            free();
            ada.checkWrites();
        }
    }

    @Test
    void a_login_is_answered() throws Exception {
        try (JarServer server = machine.serve(data)) {
            Ada ada = Ada.registered(server.requests());
            fill();
            ada.checkReads();
        }
    }

    @Test
    void commands_beside_a_server_read_and_say_why_they_do_not_write() throws Exception {
        try (JarServer server = machine.serve(data)) {
            Ada ada = Ada.registered(server.requests());
            fill();
            Commands.checkReading(machine, data);
            Commands.checkWriting(machine, data, FULL);
            assertThat(machine.run("", "user export " + disk.resolve("copy.csv") + data)
                            .err())
                    .contains("copy.csv: no space left on device")
                    .hasLineCount(1);
            ada.checkQuestions();
        }
    }

    @Test
    void without_a_server_each_command_says_so_in_a_line() throws Exception {
        assertThat(machine.run(Ada.PASSWORD + "\n", "user add --username ada" + data)
                        .code())
                .isZero();
        fill();
        Commands.checkRefused(machine, data, FULL);
        free();
        assertThat(machine.run("", "user list" + data).out()).contains("\tada\t");
    }
}
