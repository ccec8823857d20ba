package dev.countersign.internal.unicode;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.ibm.icu.text.IDNA;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The domain of an e-mail address, compared by UTS 46, non-transitional: {@code MÜNCHEN。example.}, {@code münchen.example} and {@code
 * xn--mnchen-3ya.example} are one domain, {@code faß.de} and {@code fass.de} are two. Thread-safe.
 */
public final class DomainName {

    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST = 253;
    private static final String ENCODED = "xn--";

    private static final CharMatcher PLAIN = CharMatcher.inRange('a', 'z')
            .or(CharMatcher.inRange('A', 'Z'))
            .or(CharMatcher.inRange('0', '9'))
            .or(CharMatcher.anyOf("-_."))
            .precomputed();

    /** Errors that leave no doubt which domain is meant. */
    private static final Set<IDNA.Error> OF_FORM = EnumSet.of(
            IDNA.Error.LABEL_TOO_LONG,
            IDNA.Error.DOMAIN_NAME_TOO_LONG,
            IDNA.Error.LEADING_HYPHEN,
            IDNA.Error.TRAILING_HYPHEN,
            IDNA.Error.HYPHEN_3_4);

    private DomainName() {}

    /** Loaded only for domains with other characters than plain ASCII. */
    private static final class Uts46 {

        private static final IDNA MAPPING = IDNA.getUTS46Instance(IDNA.CHECK_BIDI
                | IDNA.CHECK_CONTEXTJ
                | IDNA.NONTRANSITIONAL_TO_ASCII
                | IDNA.NONTRANSITIONAL_TO_UNICODE);
    }

    /**
     * The form that is used for comparison.
     *
     * @param domain any text; the time grows with its length
     * @return the domain in lower-case Unicode without a full stop at its end; for a text that is not a domain, its case-folded form
     */
    public static String canonical(String domain) {
        requireNonNull(domain, "domain");

        String mapped = mapped(domain);
        if (mapped.isEmpty()) {
            String folded = CaseFolding.fold(domain);
            String again = mapped(folded);
            return again.isEmpty() ? folded : again;
        }
        return mapped;
    }

    /** The mapped domain; empty if the text is not a domain. */
    private static String mapped(String domain) {
        if (isPlain(domain)) {
            return hasEmptyLabel(domain) ? "" : Ascii.toLowerCase(withoutEnd(domain));
        }
        if (!domain.codePoints().allMatch(CodePoints::isAssigned)
                || domain.codePoints().anyMatch(CodePoints::vanishesInDomain)) {
            return "";
        }
        // Two versions of UTS 46 are in use; the older one maps the capital ẞ to ss, so it is replaced first.
        IDNA.Info info = new IDNA.Info();
        String mapped = Uts46.MAPPING
                .nameToUnicode(domain.replace('ẞ', 'ß'), new StringBuilder(), info)
                .toString();
        boolean clean = OF_FORM.containsAll(info.getErrors())
                && CharMatcher.ascii().negate().or(PLAIN).matchesAllOf(mapped)
                && labels(mapped).stream().noneMatch(label -> label.startsWith(ENCODED))
                && !hasEmptyLabel(mapped);
        return clean ? withoutEnd(mapped) : "";
    }

    /**
     * Checks whether the DNS could contain a domain.
     *
     * @param domain any text
     * @return whether each label is valid in IDNA (UTS 46) and has 1 to 63 bytes there, the whole at most 253; a full stop at the end, underscores and
     *     domains of one label are allowed
     */
    public static boolean isValid(String domain) {
        requireNonNull(domain, "domain");

        if (mapped(domain).isEmpty()) {
            return false;
        }
        if (isPlain(domain)) {
            return labels(withoutEnd(domain)).stream().allMatch(DomainName::isPlainLabel)
                    && withoutEnd(domain).length() <= LONGEST;
        }
        IDNA.Info info = new IDNA.Info();
        Uts46.MAPPING.nameToASCII(domain, new StringBuilder(), info);
        return EnumSet.of(IDNA.Error.HYPHEN_3_4).containsAll(info.getErrors());
    }

    private static boolean isPlainLabel(String label) {
        return label.length() <= LONGEST_LABEL && !label.startsWith("-") && !label.endsWith("-");
    }

    private static boolean isPlain(String domain) {
        return PLAIN.matchesAllOf(domain) && !Ascii.toLowerCase(domain).contains(ENCODED);
    }

    private static List<String> labels(String domain) {
        return Splitter.on('.').splitToList(domain);
    }

    private static boolean hasEmptyLabel(String domain) {
        return labels(withoutEnd(domain)).contains("");
    }

    private static String withoutEnd(String domain) {
        return domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
    }
}
