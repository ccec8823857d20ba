package dev.countersign.crypto.zxcvbn;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableSet;
import com.nulabinc.zxcvbn.StandardDictionaries;
import dev.countersign.internal.library.Library;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Common passwords (ASVS 6.2.4, NIST SP 800-63B-4 §3.1.1.2): the list that zxcvbn ships, and repetitions, such as {@code passwordpassword}, {@code
 * 123456789012345} and {@code abcabcabcabc}. The whole password is compared, case-insensitively. The list is loaded at the first use. Thread-safe.
 */
public final class CommonPasswords implements Predicate<String> {

    private static final Supplier<ImmutableSet<String>> WORDS = Suppliers.memoize(CommonPasswords::load);

    /** The longest text whose repetition is common, whatever it is. */
    private static final int SHORT = 3;

    private final ImmutableSet<String> more;

    /**
     * Uses the list in the zxcvbn library.
     *
     * @throws IllegalStateException if zxcvbn is not on the class path, with the lines that add it
     */
    public CommonPasswords() {
        this(ImmutableSet.of());
        Library.require("CommonPasswords", Library.ZXCVBN);
    }

    private CommonPasswords(ImmutableSet<String> more) {
        this.more = more;
    }

    /**
     * Adds passwords, such as the name of the application or those of a longer public list.
     *
     * @param passwords whole passwords, in any case
     * @return a new list with them
     */
    public CommonPasswords including(Collection<String> passwords) {
        requireNonNull(passwords, "passwords");

        return new CommonPasswords(
                Stream.concat(more.stream(), passwords.stream().map(CommonPasswords::folded))
                        .collect(ImmutableSet.toImmutableSet()));
    }

    /**
     * Checks whether a password is common.
     *
     * @param password as typed
     * @return whether it is on the list, or repeats a password of the list or at most three characters
     * @throws UncheckedIOException if the list cannot be read
     */
    @Override
    public boolean test(String password) {
        String folded = folded(password);
        return isListed(folded) || isRepetition(folded);
    }

    private boolean isListed(String folded) {
        return WORDS.get().contains(folded) || more.contains(folded);
    }

    private boolean isRepetition(String folded) {
        int[] borders = borders(folded);
        for (int border = borders[folded.length()]; border > 0; border = borders[border]) {
            int period = folded.length() - border;
            if ((period <= SHORT && border >= period) || isListed(folded.substring(0, period))) {
                return true;
            }
        }
        return false;
    }

    /** For the beginning of each length, the length of its longest proper part that is both its begin and its end (Knuth, Morris and Pratt). */
    private static int[] borders(String text) {
        int[] borders = new int[text.length() + 1];
        int border = 0;
        for (int i = 1; i < text.length(); i++) {
            while (border > 0 && text.charAt(i) != text.charAt(border)) {
                border = borders[border];
            }
            border += text.charAt(i) == text.charAt(border) ? 1 : 0;
            borders[i + 1] = border;
        }
        return borders;
    }

    private static String folded(String password) {
        return password.toLowerCase(Locale.ROOT);
    }

    /** {@return the number of passwords on the list} */
    public int size() {
        return WORDS.get().size() + more.size();
    }

    private static ImmutableSet<String> load() {
        try {
            return StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies().stream()
                    .map(CommonPasswords::folded)
                    .collect(ImmutableSet.toImmutableSet());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the list of common passwords cannot be read", unreadable);
        }
    }
}
