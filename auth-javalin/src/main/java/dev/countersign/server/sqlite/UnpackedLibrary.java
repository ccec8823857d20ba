package dev.countersign.server.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * The driver's library, unpacked into a folder that only its owner can use. The process holds a lock on a file there, so that other processes can
 * detect whether it still runs.
 */
final class UnpackedLibrary implements AutoCloseable {

    private static final String PREFIX = "sqlite-";
    private static final String LOCK = "lock";
    // A process locks its folder right after creating it.
    private static final Duration UNLOCKED = Duration.ofMinutes(1);

    private final Path folder;
    private final FileChannel lock;

    private UnpackedLibrary(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Unpacks the library. Fails if files in the folder cannot be executed. */
    static UnpackedLibrary in(Path parent) throws IOException {
        if (!Files.isDirectory(parent)) {
            Files.createDirectory(parent, ownerOnly(parent));
        }
        Path folder = Files.createTempDirectory(parent, PREFIX);
        FileChannel lock = null;
        try {
            lock = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            lock.lock();
            UnpackedLibrary library = new UnpackedLibrary(folder, lock);
            library.unpack();
            return library;
        } catch (IOException unusable) {
            if (lock != null) {
                lock.close();
            }
            delete(folder);
            throw unusable;
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path near) {
        return near.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    private void unpack() throws IOException {
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name();
        Path file = folder.resolve(name());
        try (InputStream packed = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
            if (packed == null) {
                throw new IOException("the driver has no library for this system");
            }
            Files.copy(packed, file);
        }
        if (!file.toFile().setExecutable(true, true) || !Files.isExecutable(file)) {
            throw new FileSystemException(
                    file.toString(), null, "programs cannot be run there (it may be mounted noexec)");
        }
    }

    Path folder() {
        return folder;
    }

    String name() {
        return LibraryLoaderUtil.getNativeLibName();
    }

    /** Deletes the files; the loaded library stays in memory. If the system refuses that, a later start deletes them. */
    @Override
    public void close() throws IOException {
        lock.close();
        delete(folder);
    }

    /** Deletes the leftovers of processes that have ended. */
    static void clear(Path parent) {
        if (!Files.isDirectory(parent)) {
            return;
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path entry : left) {
                if (isAbandoned(entry)) {
                    delete(entry);
                }
            }
        } catch (IOException unreadable) {
            // Leftovers do no harm.
            return;
        }
    }

    private static boolean isAbandoned(Path entry) throws IOException {
        Path lock = entry.resolve(LOCK);
        if (!Files.exists(lock)) {
            // Earlier releases had no folders.
            return Files.getLastModifiedTime(entry)
                    .toInstant()
                    .isBefore(Instant.now().minus(UNLOCKED));
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            return free != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        } catch (IOException unusable) {
            return false;
        }
    }

    private static void delete(Path entry) {
        try {
            if (Files.isDirectory(entry)) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(entry)) {
                    for (Path file : files) {
                        Files.deleteIfExists(file);
                    }
                }
            }
            Files.deleteIfExists(entry);
        } catch (IOException inUse) {
            // The next start tries again.
            return;
        }
    }
}
