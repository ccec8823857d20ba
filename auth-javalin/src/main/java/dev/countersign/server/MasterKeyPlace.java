package dev.countersign.server;

import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ConfigLoader;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.config.Setting;
import dev.countersign.server.config.TextFile;
import dev.countersign.server.files.FileTrouble;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where the master key is: a file that only its owner can read, or an environment variable. */
final class MasterKeyPlace {

    /** What to do about a missing master key. */
    static final String ADVICE =
            "give it as " + Setting.MASTER_KEY_FILE.flag() + " or " + ConfigLoader.MASTER_KEY_VARIABLE;

    private final Optional<Path> file;
    private final Optional<String> text;

    private MasterKeyPlace(Optional<Path> file, Optional<String> text) {
        this.file = file;
        this.text = text;
    }

    /** The configured place; empty if no master key is given. */
    static Optional<MasterKeyPlace> of(ServerConfig config, Map<String, String> environment) throws ConfigException {
        Optional<String> text = Optional.ofNullable(environment.get(ConfigLoader.MASTER_KEY_VARIABLE));
        Optional<Path> file = config.database().masterKeyFile();
        if (text.isPresent() && file.isPresent()) {
            throw new ConfigException(ConfigLoader.MASTER_KEY_VARIABLE + " and " + Setting.MASTER_KEY_FILE.key()
                    + " are both set: give the master key in one of the two places");
        }
        if (text.isPresent() && DatabasePlace.isSqlite(config)) {
            throw new ConfigException(ConfigLoader.MASTER_KEY_VARIABLE
                    + ": with SQLite the keys are files in the data folder, which nothing encrypts; leave it out, or give the"
                    + " address of a server as " + Setting.DATABASE.flag());
        }
        return text.isPresent() || file.isPresent() ? Optional.of(new MasterKeyPlace(file, text)) : Optional.empty();
    }

    /** A file with another master key. */
    static MasterKeyPlace ofFile(Path file) {
        return new MasterKeyPlace(Optional.of(file), Optional.empty());
    }

    /** Reads the master key as it is now. */
    MasterKey read() throws ConfigException {
        if (text.isPresent()) {
            return MasterKey.parse(ConfigLoader.MASTER_KEY_VARIABLE, text.get());
        }
        Path path = file.orElseThrow();
        try {
            OwnerOnly.check(path);
            return MasterKey.parse(path.toString(), TextFile.read(path));
        } catch (IOException unusable) {
            throw new ConfigException("the master key file " + path + " cannot be used: " + FileTrouble.of(unusable));
        }
    }
}
