package dev.countersign.crypto.zxcvbn;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableSet;
import com.nulabinc.zxcvbn.StandardDictionaries;
import dev.countersign.internal.library.Library;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The list of common passwords that zxcvbn ships (ASVS 6.2.4), compared case-insensitively. Loaded at the first use. Thread-safe.
 */
public final class CommonPasswords implements Predicate<String> {

    private static final Supplier<ImmutableSet<String>> WORDS = Suppliers.memoize(CommonPasswords::load);

    /**
     * Uses the list in the zxcvbn library.
     *
     * @throws IllegalStateException if zxcvbn is not on the class path, with the lines that add it
     */
    public CommonPasswords() {
        Library.require("CommonPasswords", Library.ZXCVBN);
    }

    /**
     * Checks whether a password is on the list.
     *
     * @param password as typed
     * @return whether it is on the list, in any case
     * @throws UncheckedIOException if the list cannot be read
     */
    @Override
    public boolean test(String password) {
        return WORDS.get().contains(password.toLowerCase(Locale.ROOT));
    }

    /** {@return the number of passwords on the list} */
    public int size() {
        return WORDS.get().size();
    }

    private static ImmutableSet<String> load() {
        try {
            return StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies().stream()
                    .map(word -> word.toLowerCase(Locale.ROOT))
                    .collect(ImmutableSet.toImmutableSet());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the list of common passwords cannot be read", unreadable);
        }
    }
}
