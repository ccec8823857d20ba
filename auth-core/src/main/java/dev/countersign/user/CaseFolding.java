package dev.countersign.user;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
import java.text.Normalizer;
import java.util.Locale;

/** Case folding that no locale changes: ß equals SS, σ equals ς, and the dotless ı and the dotted İ equal no plain i. */
final class CaseFolding {

    private static final int DOTLESS_I = 0x131;

    private CaseFolding() {}

    static String fold(String text) {
        if (CharMatcher.ascii().matchesAllOf(text)) {
            return Ascii.toLowerCase(text);
        }
        StringBuilder folded = new StringBuilder();
        Normalizer.normalize(text, Normalizer.Form.NFC)
                .codePoints()
                .forEach(codePoint -> folded.append(fold(codePoint)));
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }

    // One code point at a time: lower-casing a whole word would turn its last sigma into another letter.
    private static String fold(int codePoint) {
        String letter = Character.toString(codePoint);
        // Lower-cased first, for a capital ẞ becomes SS only by way of ß.
        return codePoint == DOTLESS_I
                ? letter
                : letter.toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
