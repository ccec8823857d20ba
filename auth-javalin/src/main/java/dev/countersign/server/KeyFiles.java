package dev.countersign.server;

import com.google.common.io.BaseEncoding;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeyRing;
import dev.countersign.crypto.jjwt.KeyText;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.KeySource;
import dev.countersign.server.config.MountConfig;
import dev.countersign.server.config.TextFile;
import dev.countersign.server.files.FileTrouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The keys of the mounts. Each mount has its own key, generated at the first start and kept in a file that only its owner can read. */
final class KeyFiles {

    private final Path folder;
    private final Map<String, String> environment;
    private final InstantSource clock;
    private final SecureRandom random;

    KeyFiles(Path data, Map<String, String> environment, InstantSource clock, SecureRandom random) {
        this.folder = data.resolve("keys");
        this.environment = environment;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Loads or generates the keys of one mount.
     *
     * @param id the unique name of the mount
     * @param mount its configuration
     * @param algorithmName the JOSE name of the algorithm that signs the dialect's tokens
     */
    KeyRing ring(String id, MountConfig mount, String algorithmName) throws ConfigException {
        SigningAlgorithm algorithm = SigningAlgorithm.named(algorithmName).orElseThrow();
        Optional<KeySource> given = mount.signingKey();
        KeyMaterial signing = given.isPresent() ? material(given.get(), algorithm) : own(id, algorithm);
        if (signing.algorithm() != algorithm) {
            throw new ConfigException(
                    "the key of " + id + " is for " + signing.algorithm().joseName() + ", but the dialect signs with "
                            + algorithmName + ": give it a key for " + algorithmName);
        }
        KeyRing ring = checked("the key of " + id, () -> KeyRing.signingWith(signing));
        return mount.oldSecret().isPresent() ? withOld(ring, mount.oldSecret().get(), algorithm) : ring;
    }

    private KeyRing withOld(KeyRing ring, KeySource source, SigningAlgorithm algorithm) throws ConfigException {
        Optional<Instant> until = source.shortUntil();
        if (until.isPresent() && algorithm.isShared()) {
            byte[] secret = bytes(source);
            return checked(
                    name(source), () -> ring.acceptingShortSecretUntil(secret, source.system(), until.get(), clock));
        }
        KeyMaterial old = material(source, algorithm);
        return checked(name(source), () -> ring.alsoVerifyingOldSystem(old, source.system()));
    }

    private KeyMaterial material(KeySource source, SigningAlgorithm algorithm) throws ConfigException {
        return checked(
                name(source),
                () -> source.encoding() == KeySource.Encoding.JSON
                        ? KeyText.read(text(source).strip())
                        : KeyMaterial.ofSecret(algorithm, bytes(source), clock.instant()));
    }

    private KeyMaterial own(String id, SigningAlgorithm algorithm) throws ConfigException {
        Path file = folder.resolve(id + ".json");
        try {
            OwnerOnly.createFolder(folder);
            if (!Files.exists(file)) {
                KeyMaterial fresh = KeyMaterial.generate(algorithm, clock.instant(), random);
                OwnerOnly.createOnce(file, KeyText.revealForStorage(fresh) + "\n");
            }
            // Read the file even after creating it: another process may have been faster.
            OwnerOnly.check(file);
            String text = TextFile.read(file);
            return checked(file.toString(), () -> KeyText.read(text.strip()));
        } catch (IOException unusable) {
            throw new ConfigException("the key file " + file + " cannot be used: " + reason(unusable));
        }
    }

    private byte[] bytes(KeySource source) throws ConfigException {
        String text = text(source).replaceAll("[\\r\\n]+$", "");
        Function<String, byte[]> decode = switch (source.encoding()) {
            case TEXT -> line -> line.getBytes(StandardCharsets.UTF_8);
            case HEX -> line -> BaseEncoding.base16().ignoreCase().decode(line);
            case BASE64 ->
                line -> line.matches(".*[-_].*")
                        ? BaseEncoding.base64Url().decode(line)
                        : BaseEncoding.base64().decode(line);
            case JSON -> throw new ConfigException(name(source) + ": a short secret is text, base64 or hex");
        };
        return checked(name(source), () -> decode.apply(text));
    }

    private String text(KeySource source) throws ConfigException {
        if (source.file().isEmpty()) {
            String value = environment.get(source.variable());
            if (value == null) {
                throw new ConfigException("the environment variable " + source.variable() + " is not set");
            }
            if (value.indexOf('\uFFFD') >= 0) {
                throw new ConfigException("the environment variable " + source.variable() + " is not UTF-8");
            }
            return value;
        }
        try {
            Path file = TextFile.path(source.file());
            OwnerOnly.check(file);
            return TextFile.read(file);
        } catch (IOException unusable) {
            throw new ConfigException("the key file " + source.file() + " cannot be used: " + reason(unusable));
        }
    }

    private interface KeyReader<T> {
        T read() throws ConfigException;
    }

    /** Reports a bad key without quoting it: the exceptions of decoders quote their input. */
    private static <T> T checked(String name, KeyReader<T> reader) throws ConfigException {
        try {
            return reader.read();
        } catch (IllegalArgumentException unfit) {
            boolean decoding = unfit.getCause() instanceof BaseEncoding.DecodingException;
            throw new ConfigException(name + ": "
                    + (decoding ? "the key is not in the encoding that is configured" : unfit.getMessage()));
        }
    }

    private static String name(KeySource source) {
        return source.file().isEmpty() ? "environment variable " + source.variable() : source.file();
    }

    private static String reason(IOException problem) {
        return FileTrouble.of(problem);
    }
}
