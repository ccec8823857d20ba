package dev.countersign.crypto.migration;

import com.google.common.collect.ImmutableList;
import dev.countersign.internal.hash.HashFormat;
import dev.countersign.internal.hash.Reading;
import java.util.Optional;

/** Hashes of crypt(3), rejected by name. */
final class CryptFormat implements HashFormat {

    private static final ImmutableList<String> PREFIXES =
            ImmutableList.of("$1$", "$apr1$", "$5$", "$6$", "$7$", "$y$", "$gy$", "crypt$");

    @Override
    public Optional<Reading> read(String stored) {
        return PREFIXES.stream().anyMatch(stored::startsWith)
                ? Reading.refused("it is a hash of crypt(3) other than bcrypt, which is not taken")
                : Optional.empty();
    }
}
