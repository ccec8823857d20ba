package dev.countersign.server;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A temporary file next to the file that it will replace on {@link #commit}. Only its owner can read it. If it is closed or the process ends
 * before the commit, the draft is deleted and the file stays as it was.
 */
public final class FileDraft implements AutoCloseable {

    private final Path file;
    private final Path draft;
    private final FileChannel channel;

    private FileDraft(Path file, Path draft) throws IOException {
        this.file = file;
        this.draft = draft;
        this.channel = FileChannel.open(draft, StandardOpenOption.WRITE);
    }

    /**
     * Creates an empty draft.
     *
     * @param file the file to replace or create
     * @return the draft
     * @throws IOException if the path is not a regular file, or the folder is not writable
     */
    public static FileDraft of(Path file) throws IOException {
        requireNonNull(file, "file");

        OwnerOnly.checkReplaceable(file);
        Path draft = OwnerOnly.createBeside(file, ".draft");
        // A signal ends the process without closing the draft.
        draft.toFile().deleteOnExit();
        try {
            return new FileDraft(file, draft);
        } catch (IOException unusable) {
            Files.deleteIfExists(draft);
            throw unusable;
        }
    }

    /** {@return a stream that writes to the draft} */
    public OutputStream stream() {
        return Channels.newOutputStream(channel);
    }

    /**
     * Flushes the draft to the disk and atomically replaces the file with it.
     *
     * @throws IOException if that fails; the file is unchanged
     */
    public void commit() throws IOException {
        channel.force(true);
        channel.close();
        OwnerOnly.checkReplaceable(file);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(draft);
    }
}
