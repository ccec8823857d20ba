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
 * A file that is written beside the one it will replace, which stays as it is until then. Only its owner can read it. If it is closed, or the process ends,
 * before that, it is deleted.
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
     * Makes an empty draft.
     *
     * @param file what it will replace, or make
     * @return the draft
     * @throws IOException if there is something else than a regular file, or the folder cannot be written to
     */
    public static FileDraft of(Path file) throws IOException {
        requireNonNull(file, "file");

        OwnerOnly.checkReplaceable(file);
        Path draft = OwnerOnly.createBeside(file, ".draft");
        // A signal ends the process without closing anything.
        draft.toFile().deleteOnExit();
        try {
            return new FileDraft(file, draft);
        } catch (IOException unusable) {
            Files.deleteIfExists(draft);
            throw unusable;
        }
    }

    /** {@return what writes to the draft} */
    public OutputStream stream() {
        return Channels.newOutputStream(channel);
    }

    /**
     * Puts the draft in the file's place, all of it and on the disk.
     *
     * @throws IOException if that fails; the file is as it was
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
