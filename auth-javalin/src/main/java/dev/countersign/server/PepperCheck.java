package dev.countersign.server;

import dev.countersign.password.PasswordHash;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.config.Setting;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses to start without a pepper that stored hashes need: their users could not log in. Looks at a sample of them. */
final class PepperCheck {

    private static final Logger LOG = LoggerFactory.getLogger(PepperCheck.class);

    private PepperCheck() {}

    static void check(ServerConfig config, Collection<PasswordHash> stored, StoredHashes hashes)
            throws ConfigException {
        long lost = 0;
        for (PasswordHash hash : stored) {
            Optional<String> trouble = hashes.trouble(hash);
            if (trouble.isEmpty()) {
                continue;
            }
            String id = hashes.pepper(hash).orElseThrow();
            if (!hashes.lostPeppers().contains(id)) {
                throw new ConfigException(message(config.passwords().pepperFile(), id, trouble.get()));
            }
            lost++;
        }
        if (lost > 0) {
            LOG.warn(
                    "the pepper of {} of {} stored hashes is lost; these users cannot log in until they get a new password",
                    lost,
                    stored.size());
        }
    }

    private static String message(Optional<Path> file, String id, String trouble) {
        String advice = file.isEmpty()
                ? "give the file with this pepper as " + Setting.PEPPER_FILE.flag()
                : "put its line back into " + file.get() + "; if it is lost for good, write the line \"" + id + " "
                        + PepperFile.LOST + "\" instead";
        return "a stored password hash cannot be verified: " + trouble + "; users with such hashes could not log in: "
                + advice;
    }
}
