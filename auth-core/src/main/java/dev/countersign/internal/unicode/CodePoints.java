package dev.countersign.internal.unicode;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.util.VersionInfo;

/** The code points of one fixed version of Unicode, so that identifiers compare the same with any version of the library. */
final class CodePoints {

    private static final VersionInfo FLOOR = VersionInfo.UNICODE_16_0;

    private static final int SOFT_HYPHEN = 0xAD;
    private static final int NON_JOINER = 0x200C;
    private static final int JOINER = 0x200D;

    static {
        if (UCharacter.getUnicodeVersion().compareTo(FLOOR) < 0) {
            throw new IllegalStateException("identifiers need icu4j 76 or later; on the class path is one of Unicode "
                    + UCharacter.getUnicodeVersion());
        }
    }

    private CodePoints() {}

    /** Whether Unicode 16 assigns the code point to a character. */
    static boolean isAssigned(int codePoint) {
        VersionInfo age = UCharacter.getAge(codePoint);
        return age.getMajor() > 0
                && age.compareTo(FLOOR) <= 0
                && !UCharacter.hasBinaryProperty(codePoint, UProperty.NONCHARACTER_CODE_POINT);
    }

    static boolean isIgnorable(int codePoint) {
        return UCharacter.hasBinaryProperty(codePoint, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
    }

    static boolean isDirection(int codePoint) {
        return UCharacter.hasBinaryProperty(codePoint, UProperty.BIDI_CONTROL);
    }

    /** Whether the mapping of domains (UTS 46) removes the code point. */
    static boolean vanishesInDomain(int codePoint) {
        return codePoint >= SOFT_HYPHEN && isIgnorable(codePoint) && codePoint != NON_JOINER && codePoint != JOINER;
    }
}
