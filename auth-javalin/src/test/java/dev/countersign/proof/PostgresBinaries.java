package dev.countersign.proof;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL from the build's test dependencies, and an empty cluster to copy. */
record PostgresBinaries(Path postgres, Path emptyCluster) {

    /** Unpacks by way of the test library, which also makes the cluster. */
    static PostgresBinaries unpack(Path folder) throws IOException {
        Path cluster = folder.resolve("empty");
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(cluster)
                .setCleanDataDirectory(false)
                .start()) {
            // The file's first word is the command the server was started with.
            String[] started =
                    Files.readString(cluster.resolve("postmaster.opts")).split(" ", 2);
            return new PostgresBinaries(Path.of(started[0]), cluster);
        }
    }

    /** A server on a free port with a copy of the empty cluster; not started. Settings are {@code name=value}. */
    PostgresNode newNode(Path data, String... settings) {
        WorkFolder.copy(emptyCluster, data);
        return new PostgresNode(this, data, freePort(), List.of(settings));
    }

    /** The command that runs a binary: PostgreSQL refuses to be root, and in a user namespace nobody is. */
    List<String> command() {
        List<String> command = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(postgres.toString());
        return command;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
