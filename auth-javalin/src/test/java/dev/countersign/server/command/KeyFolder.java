package dev.countersign.server.command;

import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeySet;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A data folder with the rings of two mounts, and commands on it. */
abstract class KeyFolder {

    static final String SECRET = "0123456789-abcdefghijklmnopqrstuvwxyz-ABC";

    @TempDir
    Path folder;

    @BeforeEach
    void startOnce() throws IOException {
        ring("standard", SigningAlgorithm.ES256);
        ring("payop", SigningAlgorithm.HS256);
    }

    void ring(String id, SigningAlgorithm algorithm) throws IOException {
        KeyMaterial key;
        do {
            key = KeyMaterial.generate(algorithm, Instant.EPOCH, new SecureRandom());
        } while (key.id().startsWith("-"));
        KeySet keys = KeySet.of(key);
        Path file = Files.createDirectories(folder.resolve("keys")).resolve(id + ".json");
        Files.writeString(file, keys.revealForStorage());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    CommandRun run(String... words) {
        String[] all = new String[words.length + 2];
        all[0] = "key";
        System.arraycopy(words, 0, all, 1, words.length);
        all[words.length + 1] = "--data=" + folder;
        return CommandRun.of(all);
    }

    Path secret(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    String missing(String id) {
        return "the ring " + folder.resolve("keys/" + id + ".json")
                + " is missing: restore it from the backup, or start the server, which makes new keys and ends all tokens\n";
    }
}
