package dev.countersign.server;

import static java.util.Objects.requireNonNull;

import com.google.common.hash.Hashing;
import dev.countersign.crypto.jjwt.KeySet;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.json.JsonObject;
import dev.countersign.json.text.JsonSyntaxException;
import dev.countersign.json.text.JsonText;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.TextFile;
import dev.countersign.server.files.FileTrouble;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A ring in a file that only its owner can read: a JWK Set (RFC 7517 §5), replaced as a whole. */
final class RingFile implements RingStore {

    private static final String LOCK = ".lock";
    private static final String MOVED = ".moved";

    private static final Logger LOG = LoggerFactory.getLogger(RingFile.class);

    /** A lock on a file excludes other processes only. */
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    private final Path file;
    private final SigningAlgorithm algorithm;

    /**
     * A ring in a file.
     *
     * @param file the file
     * @param algorithm the algorithm of keys that name none
     */
    RingFile(Path file, SigningAlgorithm algorithm) {
        this.file = file;
        this.algorithm = algorithm;
    }

    @Override
    public String place() {
        return file.toString();
    }

    @Override
    public Optional<KeySet> read() throws ConfigException {
        Optional<String> text = text();
        return text.isEmpty() ? Optional.empty() : Optional.of(parse(text.get()));
    }

    @Override
    public boolean isNew() {
        return Files.notExists(requireNonNull(file.toAbsolutePath().getParent()));
    }

    private KeySet parse(String text) throws ConfigException {
        return GivenKeys.checked(place(), () -> KeySet.read(text.strip(), Optional.of(algorithm)));
    }

    private Optional<String> text() throws ConfigException {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            OwnerOnly.check(file);
            return Optional.of(TextFile.read(file));
        } catch (IOException unusable) {
            throw unusable(unusable);
        }
    }

    @Override
    public String state() throws ConfigException {
        return text().map(text -> Hashing.sha256()
                        .hashString(text, StandardCharsets.UTF_8)
                        .toString())
                .orElse("");
    }

    @Override
    public void prepare(Optional<KeySet> fresh) throws ConfigException {
        Optional<String> text = text();
        if (text.isPresent()) {
            if (isOfEarlierRelease(text.get())) {
                change(present -> present);
            }
        } else if (fresh.isPresent()) {
            try {
                OwnerOnly.createFolder(requireNonNull(file.toAbsolutePath().getParent()));
                OwnerOnly.createOnce(file, fresh.get().revealForStorage() + "\n");
            } catch (IOException unusable) {
                throw unusable(unusable);
            }
        }
    }

    private static boolean isOfEarlierRelease(String text) {
        try {
            return JsonText.read(text) instanceof JsonObject object
                    && object.get("keys").isEmpty();
        } catch (JsonSyntaxException damaged) {
            return false;
        }
    }

    @Override
    public KeySet change(Change change) throws ConfigException {
        IN_THIS_PROCESS.lock();
        try {
            if (!Files.exists(file)) {
                throw missing();
            }
            Path lockFile = file.resolveSibling(LOCK);
            OwnerOnly.createFile(lockFile);
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE)) {
                FileLock alone = channel.lock();
                try {
                    return changed(change);
                } finally {
                    alone.release();
                }
            }
        } catch (IOException unusable) {
            throw unusable(unusable);
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }

    private KeySet changed(Change change) throws ConfigException, IOException {
        KeySet changed = change.apply(read().orElseThrow(this::missing));
        write(changed.revealForStorage() + "\n");
        return changed;
    }

    /** Renames the file: its keys are in another place now. */
    void moveAway() throws ConfigException {
        Path moved = file.resolveSibling(file.getFileName() + MOVED);
        try {
            Files.move(file, moved, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unusable) {
            throw unusable(unusable);
        }
        LOG.info(
                "the keys in {} are in the database now; the file is {}: delete it when you have a backup",
                file,
                moved);
    }

    private void write(String text) throws IOException {
        try (FileDraft draft = FileDraft.of(file)) {
            draft.stream().write(text.getBytes(StandardCharsets.UTF_8));
            draft.commit();
        }
    }

    private ConfigException unusable(IOException problem) {
        return new ConfigException("the key file " + file + " cannot be used: " + FileTrouble.of(problem));
    }
}
