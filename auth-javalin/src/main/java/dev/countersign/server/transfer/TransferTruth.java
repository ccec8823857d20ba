package dev.countersign.server.transfer;

import com.google.common.collect.ImmutableSet;
import java.util.Locale;
import java.util.Optional;

/** Reads booleans as databases and programs print them; the same spellings for every field. */
final class TransferTruth {

    static final String REASON = "it is neither true (t, yes, y, on, 1) nor false (f, no, n, off, 0)";

    private static final ImmutableSet<String> TRUE = ImmutableSet.of("true", "t", "yes", "y", "on", "1");
    private static final ImmutableSet<String> FALSE = ImmutableSet.of("false", "f", "no", "n", "off", "0");

    private TransferTruth() {}

    static Optional<Boolean> read(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        if (TRUE.contains(word)) {
            return Optional.of(true);
        }
        return FALSE.contains(word) ? Optional.of(false) : Optional.empty();
    }
}
