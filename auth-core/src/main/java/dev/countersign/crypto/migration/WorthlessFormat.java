package dev.countersign.crypto.migration;

import com.google.common.collect.ImmutableList;
import dev.countersign.crypto.format.HashFormat;
import dev.countersign.crypto.format.Reading;
import java.util.Optional;

/** Fast hashes, refused by name: whoever has the table has the passwords. */
final class WorthlessFormat implements HashFormat {

    private static final ImmutableList<String> PREFIXES = ImmutableList.of(
            "$1$", "$apr1$", "$5$", "$6$", "md5$", "sha1$", "unsalted_md5$", "unsalted_sha1$", "crypt$");
    private static final String HEXADECIMAL = "([0-9A-Fa-f]{32}|[0-9A-Fa-f]{40}|[0-9A-Fa-f]{64}|[0-9A-Fa-f]{128})";

    @Override
    public Optional<Reading> read(String stored) {
        boolean worthless = PREFIXES.stream().anyMatch(stored::startsWith) || stored.matches(HEXADECIMAL);
        return worthless
                ? Reading.refused("it is a fast hash (MD5, SHA or crypt), which is no protection")
                : Optional.empty();
    }
}
