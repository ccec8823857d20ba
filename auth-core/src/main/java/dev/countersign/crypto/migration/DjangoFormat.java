package dev.countersign.crypto.migration;

import com.google.common.collect.ImmutableMap;
import dev.countersign.internal.hash.HashFormat;
import dev.countersign.internal.hash.Reading;
import java.util.Map;
import java.util.Optional;

/** Django's prefixes before hashes that have a format of their own, {@code bcrypt$$2b$…} and {@code argon2$argon2id$…}. */
final class DjangoFormat implements HashFormat {

    private final ImmutableMap<String, HashFormat> byPrefix;

    DjangoFormat(HashFormat bcrypt, HashFormat argon2) {
        this.byPrefix = ImmutableMap.of("bcrypt$", bcrypt, "argon2", argon2);
    }

    @Override
    public Optional<Reading> read(String stored) {
        for (Map.Entry<String, HashFormat> entry : byPrefix.entrySet()) {
            if (stored.startsWith(entry.getKey() + "$")) {
                return entry.getValue().read(stored.substring(entry.getKey().length()));
            }
        }
        return Optional.empty();
    }
}
