package dev.countersign.server;

import com.google.common.base.Splitter;
import dev.countersign.crypto.zxcvbn.CommonPasswords;
import dev.countersign.password.PasswordPolicy;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.config.Setting;
import dev.countersign.server.config.TextFile;
import dev.countersign.server.files.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The common passwords that the server refuses: the list that it brings, and those of the configured file. */
final class Blocklist {

    /** The most bytes of a file. */
    static final int MOST_BYTES = 16 << 20;

    private Blocklist() {}

    static CommonPasswords of(ServerConfig config) throws ConfigException {
        Optional<Path> file = config.passwords().blocklist();
        CommonPasswords common = new CommonPasswords();
        return file.isEmpty() ? common : common.including(read(file.get()));
    }

    private static List<String> read(Path file) throws ConfigException {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw unusable(file, "it has more than " + (MOST_BYTES >> 20) + " MiB");
            }
            List<String> words = new ArrayList<>();
            int number = 0;
            for (String line : Splitter.onPattern("\r?\n").split(TextFile.read(file))) {
                number++;
                if (line.length() > PasswordPolicy.LONGEST) {
                    throw unusable(
                            file,
                            "line " + number + " has more than " + PasswordPolicy.LONGEST
                                    + " characters; the file has one password per line");
                }
                // A password may begin with # or a space: there are no comments.
                if (!line.isEmpty()) {
                    words.add(line);
                }
            }
            if (words.isEmpty()) {
                throw unusable(file, "it is empty; leave the setting out if there are no more passwords to refuse");
            }
            return words;
        } catch (IOException unreadable) {
            throw unusable(file, FileTrouble.of(unreadable));
        }
    }

    private static ConfigException unusable(Path file, String why) {
        return new ConfigException(Setting.PASSWORD_BLOCKLIST.key() + " " + file + ": " + why);
    }
}
