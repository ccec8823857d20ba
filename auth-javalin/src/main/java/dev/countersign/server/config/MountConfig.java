package dev.countersign.server.config;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Optional;

/**
 * A dialect to mount.
 *
 * @param name the name of a shipped dialect; empty if there is a file
 * @param file the path of a dialect file; empty if there is a name
 * @param prefix what comes before every path; empty for nothing
 * @param settings values for the settings of its file
 * @param signingKey the key to sign with; empty for one that is made at the first start
 * @param oldSecret the secret of the system that is replaced, for its tokens; empty if there is none
 */
public record MountConfig(
        String name,
        String file,
        String prefix,
        ImmutableMap<String, Given> settings,
        Optional<KeySource> signingKey,
        Optional<KeySource> oldSecret) {

    /** Refuses what is missing. */
    public MountConfig {
        requireNonNull(name, "name");
        requireNonNull(file, "file");
        requireNonNull(prefix, "prefix");
        requireNonNull(settings, "settings");
        requireNonNull(signingKey, "signingKey");
        requireNonNull(oldSecret, "oldSecret");
    }

    /**
     * The value of a setting.
     *
     * @param value the value
     * @param place where it was given, as problems write it
     */
    public record Given(String value, String place) {

        /** Refuses what is missing. */
        public Given {
            requireNonNull(value, "value");
            requireNonNull(place, "place");
        }
    }

    /** The keys in a configuration file. */
    static final ImmutableList<String> KEYS =
            ImmutableList.of("name", "file", "prefix", "settings", "signing_key", "old_secret");
}
