package dev.countersign.server;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.countersign.crypto.jjwt.KeyInput;
import dev.countersign.crypto.jjwt.KeyMaterial;
import dev.countersign.crypto.jjwt.SigningAlgorithm;
import dev.countersign.secret.Secret;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.KeySource;
import dev.countersign.server.config.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file with a key that was made elsewhere. Messages quote nothing of it. */
@Secret
public final class KeyFile {

    private final String name;
    private final char[] text;
    private final SigningAlgorithm algorithm;
    private final KeySource.Encoding encoding;
    private final boolean guessed;
    private final @Nullable String id;
    private final @Nullable Path file;

    private KeyFile(
            String name,
            char[] text,
            SigningAlgorithm algorithm,
            KeySource.Encoding encoding,
            boolean guessed,
            @Nullable String id,
            @Nullable Path file) {
        this.name = name;
        this.text = text;
        this.algorithm = algorithm;
        this.encoding = encoding;
        this.guessed = guessed;
        this.id = id;
        this.file = file;
    }

    /**
     * A key from a text, in PEM or JSON if it looks like it, otherwise a shared secret as text.
     *
     * @param name where the text is from, for messages
     * @param text the text
     * @param algorithm the algorithm of a key that names none
     * @return the key, not yet read
     */
    public static KeyFile of(String name, String text, SigningAlgorithm algorithm) {
        return of(
                requireNonNull(name, "name"),
                requireNonNull(text, "text"),
                requireNonNull(algorithm, "algorithm"),
                null);
    }

    private static KeyFile of(String name, String text, SigningAlgorithm algorithm, @Nullable Path file) {
        KeySource.Encoding encoding = KeySource.Encoding.TEXT;
        if (text.contains("-----BEGIN ")) {
            encoding = KeySource.Encoding.PEM;
        } else if (text.stripLeading().startsWith("{")) {
            encoding = KeySource.Encoding.JSON;
        }
        return new KeyFile(name, text.toCharArray(), algorithm, encoding, true, null, file);
    }

    /**
     * A key from a file, as {@link #of}.
     *
     * @param file the file
     * @param algorithm the algorithm of a key that names none
     * @return the key, not yet read
     * @throws IOException if the file cannot be read
     */
    public static KeyFile read(Path file, SigningAlgorithm algorithm) throws IOException {
        requireNonNull(algorithm, "algorithm");

        return of(file.toString(), TextFile.read(file), algorithm, file);
    }

    /** {@return the same key in another encoding} */
    public KeyFile encoded(KeySource.Encoding other) {
        return new KeyFile(name, text, algorithm, requireNonNull(other, "other"), false, id, file);
    }

    /** {@return the same key with another id} */
    public KeyFile withId(String other) {
        return new KeyFile(name, text, algorithm, encoding, guessed, requireNonNull(other, "other"), file);
    }

    /**
     * Reads the keys.
     *
     * @return the keys, at least one
     * @throws ConfigException if they cannot be read or used, or others can read a secret
     * @throws IOException if the file's permissions cannot be read
     */
    public List<KeyMaterial> keys() throws ConfigException, IOException {
        ImmutableList<KeyMaterial> keys = GivenKeys.checked(
                name,
                () -> isSecret()
                        ? ImmutableList.of(KeyMaterial.ofSecret(
                                shared(),
                                GivenKeys.longEnough(
                                        shared(),
                                        bytes(),
                                        "give a longer one, or to verify tokens of an old system until a date,"
                                                + " --verify-only --until DATE --accept-short-secret"),
                                InstantSource.system().instant()))
                        : KeyInput.read(
                                text().strip(),
                                Optional.of(algorithm),
                                InstantSource.system().instant()));
        if (keys.stream().anyMatch(KeyMaterial::canSign)) {
            checkHidden();
        }
        return named(keys);
    }

    /**
     * DANGER: reads a secret that is shorter than its hash.
     *
     * @return the key, which only verifies
     * @throws ConfigException if it is not a short secret, or others can read it
     * @throws IOException if the file's permissions cannot be read
     */
    public KeyMaterial shortSecret() throws ConfigException, IOException {
        checkHidden();
        if (!isSecret()) {
            throw new ConfigException(name + ": a short secret is text, base64 or hex");
        }
        KeyMaterial key = GivenKeys.checked(
                name,
                () -> KeyMaterial.ofShortLegacySecret(
                        shared(), bytes(), InstantSource.system().instant()));
        return named(ImmutableList.of(key)).get(0);
    }

    private ImmutableList<KeyMaterial> named(ImmutableList<KeyMaterial> keys) throws ConfigException {
        String given = id;
        if (given == null) {
            return keys;
        }
        if (keys.size() > 1) {
            throw new ConfigException(name + ": several keys cannot have one id");
        }
        return ImmutableList.of(GivenKeys.checked(name, () -> keys.get(0).withId(given)));
    }

    private boolean isSecret() {
        return encoding != KeySource.Encoding.JSON && encoding != KeySource.Encoding.PEM;
    }

    private SigningAlgorithm shared() {
        return algorithm.isShared() ? algorithm : SigningAlgorithm.HS256;
    }

    private byte[] bytes() {
        String secret = text().replaceAll("[\\r\\n]+$", "");
        if (guessed) {
            KeyInput.checkSecret(secret);
        }
        return GivenKeys.decode(encoding, secret);
    }

    private String text() {
        return new String(text);
    }

    private void checkHidden() throws ConfigException, IOException {
        if (file != null) {
            OwnerOnly.check(file);
        }
    }

    @Override
    public String toString() {
        return "KeyFile[" + name + ", hidden]";
    }
}
