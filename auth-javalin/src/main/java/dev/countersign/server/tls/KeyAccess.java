package dev.countersign.server.tls;

import dev.countersign.server.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Who may read a private key: its owner, and its group if the owner is root. The second case is how distributions and Kubernetes hand a key to a process that
 * does not own it. On a file system without POSIX permissions, everything is accepted.
 */
final class KeyAccess {

    private static final int ROOT = 0;
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");

    private KeyAccess() {}

    /** Refuses a key that others can read or change; links are followed. */
    static void check(Path key) throws IOException, ConfigException {
        if (!key.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(key);
        Set<PosixFilePermission> others = EnumSet.noneOf(PosixFilePermission.class);
        others.addAll(permissions);
        others.removeAll(OWNER);
        if (belongsToRoot(key)) {
            others.remove(PosixFilePermission.GROUP_READ);
        }
        if (!others.isEmpty()) {
            throw new ConfigException("the file " + key + " with the TLS key can be used by others than its owner ("
                    + PosixFilePermissions.toString(permissions)
                    + "): run chmod 600 " + key + " (or 640 if root owns it), and get a new certificate if others may"
                    + " have read the key");
        }
    }

    private static boolean belongsToRoot(Path key) throws IOException {
        return key.getFileSystem().supportedFileAttributeViews().contains("unix")
                && Files.getAttribute(key, "unix:uid").equals(ROOT);
    }
}
