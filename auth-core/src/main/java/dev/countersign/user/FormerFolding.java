package dev.countersign.user;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
import java.text.Normalizer;
import java.util.Locale;

/** The folded form of releases before schema version 3, for looking up users who were stored then. */
final class FormerFolding {

    private static final int DOTLESS_I = 0x131;

    private FormerFolding() {}

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

    private static String fold(int codePoint) {
        String letter = Character.toString(codePoint);
        return codePoint == DOTLESS_I
                ? letter
                : letter.toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
