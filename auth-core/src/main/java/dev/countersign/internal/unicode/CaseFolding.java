package dev.countersign.internal.unicode;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.Normalizer2;

/**
 * Caseless matching: NFC, full case folding (Unicode 16, C+F of CaseFolding.txt), NFC. ß equals SS, σ equals ς; the dotless ı and the dotted İ do not
 * equal a plain i. The result depends on neither locale nor JDK, so it can be stored. Thread-safe.
 */
public final class CaseFolding {

    private CaseFolding() {}

    /**
     * Folds a text.
     *
     * @param text any text; the time grows with its length
     * @return the folded form, which does not change when folded again; the text itself if it has a code point that Unicode 16 does not assign,
     *     because later versions may fold that
     */
    public static String fold(String text) {
        requireNonNull(text, "text");

        if (CharMatcher.ascii().matchesAllOf(text)) {
            return Ascii.toLowerCase(text);
        }
        if (!text.codePoints().allMatch(CodePoints::isAssigned)) {
            return text;
        }
        Normalizer2 nfc = Normalizer2.getNFCInstance();
        return nfc.normalize(UCharacter.foldCase(nfc.normalize(text), true));
    }
}
