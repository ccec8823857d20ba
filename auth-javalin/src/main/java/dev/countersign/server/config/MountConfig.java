package dev.countersign.server.config;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.countersign.api.ProxyCheck;
import java.time.Duration;
import java.util.Optional;

/**
 * The configuration of a mount.
 *
 * @param name the name of a shipped dialect; empty if {@code file} is set
 * @param file the path of a dialect file; empty if {@code name} is set
 * @param prefix the prefix of every path; empty for none
 * @param settings values for the settings of the dialect file
 * @param signingKey the signing key; empty to generate one at the first start
 * @param oldSecret the key that verifies the replaced system's tokens; empty to refuse them
 * @param leeway the accepted difference of other clocks; empty for what the server's setting or the dialect says
 * @param registration whether users may register; empty for what the server's setting or the dialect says
 * @param verify the route for reverse proxies; empty for that of all mounts
 */
public record MountConfig(
        String name,
        String file,
        String prefix,
        ImmutableMap<String, Given> settings,
        Optional<KeySource> signingKey,
        Optional<KeySource> oldSecret,
        Optional<Duration> leeway,
        Optional<Boolean> registration,
        Optional<ProxyCheck> verify) {

    /** Rejects null components. */
    public MountConfig {
        requireNonNull(name, "name");
        requireNonNull(file, "file");
        requireNonNull(prefix, "prefix");
        requireNonNull(settings, "settings");
        requireNonNull(signingKey, "signingKey");
        requireNonNull(oldSecret, "oldSecret");
        requireNonNull(leeway, "leeway");
        requireNonNull(registration, "registration");
        requireNonNull(verify, "verify");
    }

    /** {@return a mount of a shipped dialect with defaults} */
    public static MountConfig of(String name, String prefix) {
        return new MountConfig(
                name,
                "",
                prefix,
                ImmutableMap.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * The given value of a setting.
     *
     * @param value the value
     * @param place its place, as error messages write it
     */
    public record Given(String value, String place) {

        /** Rejects null components. */
        public Given {
            requireNonNull(value, "value");
            requireNonNull(place, "place");
        }
    }

    /** The YAML keys of a mount. */
    static final ImmutableList<String> KEYS = ImmutableList.of(
            "name", "file", "prefix", "settings", "signing_key", "old_secret", "leeway", "registration", "verify");
}
