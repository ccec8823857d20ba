package dev.countersign.server;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import dev.countersign.crypto.jjwt.KeyInput;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.KeySet;
import dev.countersign.crypto.jjwt.RingKey;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.KeySource;
import dev.countersign.server.config.TextFile;
import dev.countersign.server.files.FileTrouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads the keys that the configuration names: files that only their owner can read, and environment variables. */
final class GivenKeys {

    private final Map<String, String> environment;
    private final InstantSource clock;

    GivenKeys(Map<String, String> environment, InstantSource clock) {
        this.environment = environment;
        this.clock = clock;
    }

    /** The keys that sign a mount's tokens. */
    KeySet signing(KeySource source, SigningAlgorithm algorithm) throws ConfigException {
        return checked(name(source), () -> switch (source.encoding()) {
            case JSON -> KeySet.read(text(source).strip(), Optional.of(algorithm));
            case PEM -> KeySet.of(read(source, algorithm).get(0));
            case TEXT, BASE64, HEX ->
                KeySet.of(KeyMaterial.ofSecret(
                        algorithm,
                        longEnough(algorithm, bytes(source), "a shorter one cannot sign, generate one"),
                        clock.instant()));
        });
    }

    /** The keys that verify an old system's tokens. */
    ImmutableList<RingKey> old(KeySource source, SigningAlgorithm algorithm) throws ConfigException {
        Optional<Instant> until = source.shortUntil();
        SigningAlgorithm shared = algorithm.isShared() ? algorithm : SigningAlgorithm.HS256;
        return checked(name(source), () -> {
            if (until.isPresent()) {
                KeyMaterial brief = KeyMaterial.ofShortLegacySecret(shared, bytes(source), clock.instant());
                return ImmutableList.of(RingKey.ofOldSystem(brief, source.system(), until.get()));
            }
            ImmutableList<KeyMaterial> keys = isSecret(source)
                    ? ImmutableList.of(KeyMaterial.ofSecret(
                            shared,
                            longEnough(
                                    shared,
                                    bytes(source),
                                    "accept_short_secret_until: DATE accepts a short one until that date"),
                            clock.instant()))
                    : read(source, algorithm);
            return keys.stream()
                    .map(key -> RingKey.ofOldSystem(key, source.system(), null))
                    .collect(ImmutableList.toImmutableList());
        });
    }

    private static boolean isSecret(KeySource source) {
        return source.encoding() != KeySource.Encoding.JSON && source.encoding() != KeySource.Encoding.PEM;
    }

    private ImmutableList<KeyMaterial> read(KeySource source, SigningAlgorithm algorithm) throws ConfigException {
        return KeyInput.read(text(source).strip(), Optional.of(algorithm), clock.instant());
    }

    private byte[] bytes(KeySource source) throws ConfigException {
        String text = text(source).replaceAll("[\\r\\n]+$", "");
        if (!isSecret(source)) {
            throw new ConfigException(name(source) + ": a short secret is text, base64 or hex");
        }
        return checked(name(source), () -> decode(source.encoding(), text));
    }

    /** Refuses a secret that is too short, with the advice; an empty one is refused with its key. */
    static byte[] longEnough(SigningAlgorithm algorithm, byte[] secret, String advice) {
        if (secret.length > 0 && secret.length < algorithm.secretBytes()) {
            throw new IllegalArgumentException(algorithm.joseName() + " needs a secret of at least "
                    + algorithm.secretBytes() + " bytes, this has " + secret.length + ": " + advice);
        }
        return secret;
    }

    /** Decodes a shared secret. */
    static byte[] decode(KeySource.Encoding encoding, String text) {
        Function<String, byte[]> decode = switch (encoding) {
            case HEX -> line -> BaseEncoding.base16().ignoreCase().decode(line);
            case BASE64 ->
                line -> line.matches(".*[-_].*")
                        ? BaseEncoding.base64Url().decode(line)
                        : BaseEncoding.base64().decode(line);
            case TEXT, JSON, PEM -> line -> line.getBytes(StandardCharsets.UTF_8);
        };
        return decode.apply(text);
    }

    /** A text that differs whenever the file of a key has changed. */
    String state(KeySource source) throws ConfigException {
        return source.file().isEmpty()
                ? ""
                : Hashing.sha256()
                        .hashString(text(source), StandardCharsets.UTF_8)
                        .toString();
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
            throw new ConfigException("the key file " + source.file() + " cannot be used: " + FileTrouble.of(unusable));
        }
    }

    /** Reads a key. */
    interface KeyReader<T> {
        T read() throws ConfigException;
    }

    /** Reports a bad key without quoting it: the exceptions of decoders quote their input. */
    static <T> T checked(String name, KeyReader<T> reader) throws ConfigException {
        try {
            return reader.read();
        } catch (IllegalArgumentException unfit) {
            boolean decoding = unfit.getCause() instanceof BaseEncoding.DecodingException;
            throw new ConfigException(name + ": "
                    + (decoding ? "the key is not in the encoding that is configured" : unfit.getMessage()));
        }
    }

    /** The place of a key, for messages. */
    static String name(KeySource source) {
        return source.file().isEmpty() ? "environment variable " + source.variable() : source.file();
    }
}
