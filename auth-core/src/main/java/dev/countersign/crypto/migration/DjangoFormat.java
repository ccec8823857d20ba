package dev.countersign.crypto.migration;

import com.google.common.collect.ImmutableMap;
import dev.countersign.crypto.format.HashFormat;
import dev.countersign.crypto.format.Reading;
import java.util.Map;
import java.util.Optional;

/** Django's names before hashes that have a format of their own, {@code bcrypt$$2b$…} and {@code argon2$argon2id$…}. */
final class DjangoFormat implements HashFormat {

    private final ImmutableMap<String, HashFormat> byPrefix;

    DjangoFormat(HashFormat bcrypt, HashFormat argon2) {
        this.byPrefix = ImmutableMap.of("bcrypt$", bcrypt, "argon2", argon2);
    }

    @Override
    public Optional<Reading> read(String stored) {
        if (stored.startsWith("bcrypt_sha256$")) {
            return Reading.refused("bcrypt of a SHA-256 digest is not taken");
        }
        for (Map.Entry<String, HashFormat> entry : byPrefix.entrySet()) {
            if (stored.startsWith(entry.getKey() + "$")) {
                String hash = stored.substring(entry.getKey().length());
                return entry.getValue().read(hash);
            }
        }
        return Optional.empty();
    }
}
