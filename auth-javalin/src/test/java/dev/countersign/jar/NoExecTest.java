package dev.countersign.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data folder is on a disk whose files must not be executed, as the driver's library has to be. */
@Tag("slow")
class NoExecTest {

    @TempDir
    private Path disk;

    private String data() {
        return " --data " + disk.resolve("data");
    }

    @Test
    void the_library_is_loaded_from_another_folder() throws Exception {
        try (SickMachine machine = SickMachine.mounting("mount -t tmpfs -o noexec,size=9m,mode=0700 tmpfs " + disk);
                JarServer server = machine.serve(data())) {
            Ada ada = Ada.registered(server.requests());
            Commands.checkReading(machine, data());
            assertThat(machine.run("", "user disable ada" + data()).code()).isZero();
            assertThat(ada.requests().login("ada", Ada.PASSWORD).statusCode()).isNotEqualTo(200);
            assertThat(server.errors()).isEmpty();
        }
    }

    @Test
    void where_there_is_no_other_folder_each_command_says_so_in_a_line_with_what_mends_it() throws Exception {
        String noexec = "mount -t tmpfs -o noexec,size=9m,mode=0700 tmpfs ";
        String elsewhere = "-Djava.io.tmpdir=" + disk + " -Duser.home=" + disk;
        try (SickMachine machine = SickMachine.mounting(noexec + disk
                + "; for folder in /var/tmp /dev/shm; do test ! -d $folder || " + noexec + "$folder; done")) {
            machine.run(Ada.PASSWORD + "\n", "user add --username ada" + data());
            for (String command :
                    new String[] {"serve --port 0", "user list", "user export", "db status", "db check"}) {
                JarRun run = machine.run(
                        "",
                        List.of(elsewhere.split(" ")),
                        Stream.of((command + data()).split(" ")).toList());
                assertThat(run.code()).as("%s: %s", command, run).isEqualTo(1);
                assertThat(run.err())
                        .contains("noexec", "-Dorg.sqlite.tmpdir=FOLDER")
                        .hasLineCount(1);
            }
        }
    }
}
