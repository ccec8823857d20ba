package dev.countersign.server.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.server.ChildServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderSafetyTest {

    @TempDir
    private Path folder;

    private static void chmod(String permissions, Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwx------", "rwxr-xr-x", "rwxr-x---"})
    void a_folder_that_only_its_owner_can_change_is_not_warned_of(String permissions) throws IOException {
        chmod(permissions, folder);
        assertThat(FolderSafety.warnings(folder)).isEmpty();
        assertThat(FolderSafety.isOurs(folder)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwxrwx", "rwxrwx---", "rwx----w-"})
    void a_folder_that_others_can_change_is_warned_of(String permissions) throws IOException {
        chmod(permissions, folder);
        assertThat(FolderSafety.warnings(folder))
                .singleElement()
                .asString()
                .contains(permissions, "run chmod 700 " + folder.toRealPath());
        assertThat(FolderSafety.isOurs(folder)).isFalse();
    }

    @Test
    void a_folder_above_that_everybody_can_change_is_warned_of_but_not_one_of_a_group_of_ones_own() throws IOException {
        Path data = Files.createDirectories(folder.resolve("above/data"));
        chmod("rwx------", data);
        chmod("rwxrwxr-x", data.getParent());
        assertThat(FolderSafety.warnings(data)).isEmpty();
        chmod("rwxrwxrwx", data.getParent());
        assertThat(FolderSafety.warnings(data))
                .singleElement()
                .asString()
                .contains("run chmod o-w " + data.getParent().toRealPath());
    }

    @Test
    void a_server_warns_once_and_runs_no_library_from_there() throws Exception {
        chmod("rwxrwxrwx", folder);
        try (ChildServer server = ChildServer.start(folder, "--port", "0", "--dialects", "standard")) {
            assertThat(server.address()).startsWith("http");
            assertThat(server.errors().lines())
                    .singleElement()
                    .asString()
                    .contains("WARN", "others can change what is in the folder " + folder.toRealPath());
        }
        assertThat(folder.resolve("native")).doesNotExist();
    }
}
