package dev.countersign.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LowPortTest {

    @TempDir
    private Path folder;

    @Test
    void a_port_that_needs_rights_is_reported_in_a_line_and_nothing_is_made() throws Exception {
        Path setting = Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");
        int free = Files.exists(setting)
                ? Integer.parseInt(Files.readString(setting).strip())
                : 1024;
        Path data = folder.resolve("data");
        // Where everybody may have every port, this one is refused for its address.
        String where = free > 1 ? "--port 1" : "--port 1 --host 192.0.2.1";
        JarRun run = SickMachine.here().run("", "serve --data " + data + " " + where);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains(free > 1 ? "a port below 1024 needs rights" : "is not an address of this machine")
                .hasLineCount(1);
        assertThat(data).doesNotExist();
    }
}
