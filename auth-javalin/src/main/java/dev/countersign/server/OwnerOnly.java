package dev.countersign.server;

import static java.util.Objects.requireNonNull;

import dev.countersign.server.config.ConfigException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Files and folders that only their owner can read. On a file system without POSIX permissions, the defaults apply. */
public final class OwnerOnly {

    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

    private OwnerOnly() {}

    static void createFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder.toAbsolutePath(), attributes(folder, FOLDER));
        }
    }

    /** Creates an empty file, at the target if the path is a link; an existing file stays unchanged. */
    static void createFile(Path file) throws IOException {
        try {
            Files.createFile(file, attributes(file, FILE));
        } catch (FileAlreadyExistsException there) {
            // A loop of links counts as existing: opening it reports the reason.
            if (Files.isSymbolicLink(file) && Files.notExists(file)) {
                createFile(file.resolveSibling(Files.readSymbolicLink(file)));
            }
        }
    }

    /** Writes a file atomically; an existing file stays unchanged. */
    static void createOnce(Path file, String text) throws IOException {
        Path draft = createBeside(file, ".new");
        try {
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
                channel.force(true);
            }
            // Unlike a move, a link never replaces a file that another process created meanwhile.
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException faster) {
            return;
        } finally {
            Files.delete(draft);
        }
    }

    /** Creates an empty file with another name in the same folder. */
    static Path createBeside(Path file, String ending) throws IOException {
        return Files.createTempFile(
                file.toAbsolutePath().getParent(), file.getFileName().toString(), ending, attributes(file, FILE));
    }

    /**
     * Refuses paths that a file must not replace: folders, devices, pipes and links.
     *
     * @param file the file
     * @throws IOException if the path exists and is not a regular file
     */
    public static void checkReplaceable(Path file) throws IOException {
        requireNonNull(file, "file");

        // Do not follow a link: another user may have created it.
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("it is not a regular file, and was left unchanged");
        }
    }

    /**
     * Replaces a file with an empty one, and opens it for writing.
     *
     * @param file the file
     * @return the stream
     * @throws IOException if it cannot be written, or the path is not a regular file
     */
    public static OutputStream replace(Path file) throws IOException {
        requireNonNull(file, "file");

        checkReplaceable(file);
        Files.deleteIfExists(file);
        return Channels.newOutputStream(Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes(file, FILE)));
    }

    /** Refuses a file that other users of the machine can read or change. */
    static void check(Path file) throws IOException, ConfigException {
        Optional<String> exposure = exposure(file);
        if (exposure.isPresent()) {
            throw new ConfigException(exposure.get());
        }
    }

    /** The warning about a file that other users of the machine can read or change; empty if they cannot. */
    static Optional<String> exposure(Path file) throws IOException {
        if (!knowsPermissions(file)) {
            return Optional.empty();
        }
        Set<PosixFilePermission> others = EnumSet.noneOf(PosixFilePermission.class);
        others.addAll(Files.getPosixFilePermissions(file));
        others.removeAll(Set.of(
                PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of("the file " + file + " can be used by others than its owner ("
                        + PosixFilePermissions.toString(Files.getPosixFilePermissions(file)) + "): run chmod 600 "
                        + file + ", and replace what is in it if others may have read it");
    }

    private static FileAttribute<?>[] attributes(Path near, Set<PosixFilePermission> permissions) {
        return knowsPermissions(near)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private static boolean knowsPermissions(Path near) {
        return near.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
