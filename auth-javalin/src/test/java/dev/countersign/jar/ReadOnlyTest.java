package dev.countersign.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The database, a file beside it, its folder or its disk cannot be written. */
@Tag("slow")
class ReadOnlyTest {

    @TempDir
    private Path folder;

    private final SickMachine machine = SickMachine.here();

    private Path data() {
        return folder.resolve("data");
    }

    private String flag() {
        return " --data " + data();
    }

    @AfterEach
    void mend() throws IOException {
        if (Files.exists(data())) {
            chmod("rwx------", data());
        }
    }

    private static void chmod(String permissions, Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private void addAda() throws Exception {
        assertThat(machine.run(Ada.PASSWORD + "\n", "user add --username ada" + flag())
                        .code())
                .isZero();
    }

    @Test
    void each_command_names_the_file_and_what_mends_it_and_leaves_nothing_behind() throws Exception {
        addAda();
        Path file = data().resolve("auth.db").toRealPath();
        chmod("r--------", file);
        Commands.checkRefused(machine, flag(), file + " cannot be written (r--------): run chmod 600 " + file);
        try (var left = Files.list(data())) {
            assertThat(left.map(path -> path.getFileName().toString())).doesNotContain("auth.db-shm", "auth.db-wal");
        }
        chmod("rw-------", file);
        assertThat(machine.run("", "user list" + flag()).out()).contains("\tada\t");
        try (JarServer server = machine.serve("--data " + data())) {
            assertThat(server.requests().login("ada", Ada.PASSWORD).statusCode())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth.db-shm", "auth.db-wal"})
    void a_file_beside_it_that_was_left_read_only_is_named(String name) throws Exception {
        addAda();
        Path file = Files.createFile(data().resolve(name)).toRealPath();
        chmod("r--------", file);
        for (String command : new String[] {"serve --port 0", "user list"}) {
            JarRun run = machine.run("", command + flag());
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err()).contains("run chmod 600 " + file).hasLineCount(1);
        }
    }

    @Test
    void each_command_names_the_folder_and_what_mends_it() throws Exception {
        addAda();
        chmod("r-x------", data());
        Path real = data().toRealPath();
        Commands.checkRefused(machine, flag(), real + " cannot be written (r-x------): run chmod u+rwx " + real);
    }

    @Test
    void a_folder_that_cannot_be_entered_is_named() throws Exception {
        addAda();
        chmod("---------", data());
        Commands.checkRefused(machine, flag(), "permission denied");
    }

    @Test
    void a_disk_that_is_mounted_read_only_is_reported_as_such() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        try (SickMachine mounted = SickMachine.mounting("mount -t tmpfs -o size=9m,mode=0700 tmpfs " + disk)) {
            String flag = " --data " + disk.resolve("data");
            mounted.run(Ada.PASSWORD + "\n", "user add --username ada" + flag);
            mounted.run("mount -o remount,ro " + disk);
            Commands.checkRefused(mounted, flag, "its file system is mounted read-only");
        }
    }

    @Test
    void a_file_that_becomes_read_only_is_read_and_what_writes_is_unavailable_until_it_is_mended() throws Exception {
        try (JarServer server = machine.serve("--data " + data())) {
            Ada ada = Ada.registered(server.requests());
            Path file = data().resolve("auth.db");
            chmod("r--------", file);
            ada.checkQuestions();
            ada.checkUnavailable(Duration.ofSeconds(2));
            assertThat(server.errors().stream().filter(line -> line.contains("has become read-only")))
                    .singleElement()
                    .asString()
                    .contains("chmod 600 " + file);
            Ada.checkLog(server.errors(), "SQLITE_READONLY");
            chmod("rw-------", file);
            ada.checkWrites();
        }
    }

    @Test
    void a_login_to_a_file_that_became_read_only_is_answered() throws Exception {
        try (JarServer server = machine.serve("--data " + data())) {
            Ada ada = Ada.registered(server.requests());
            chmod("r--------", data().resolve("auth.db"));
            ada.checkReads();
            chmod("rw-------", data().resolve("auth.db"));
        }
    }
}
