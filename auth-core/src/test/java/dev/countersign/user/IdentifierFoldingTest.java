package dev.countersign.user;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.Normalizer2;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What folding does to every character, and that no JDK and no release of the library changes it. */
class IdentifierFoldingTest {

    @Test
    void folding_folded_text_changes_nothing() {
        assertThat(texts().filter(text -> {
                    String once = fold(text);
                    return !fold(once).equals(once);
                }))
                .isEmpty();
    }

    @Test
    void what_nfc_and_case_folding_make_equal_is_equal() {
        assertThat(texts().filter(text -> Identifier.username(text).isPresent())
                        .filter(text -> !fold(plainlyFolded(text)).equals(fold(text))))
                .isEmpty();
    }

    /** All that could matter to case, composition and domains: without most of Han, Hangul and private use, and without dead scripts. */
    private static Stream<Integer> letters() {
        return Stream.of(
                        IntStream.range(0x20, 0x3410),
                        IntStream.range(0x9FF0, 0xAC10),
                        IntStream.range(0xD790, 0xD800),
                        IntStream.range(0xE000, 0xE010),
                        IntStream.range(0xF8F0, 0x11E00),
                        IntStream.range(0x16E00, 0x16F00),
                        IntStream.range(0x1BC90, 0x1BCB0),
                        IntStream.range(0x1D100, 0x1D800),
                        IntStream.range(0x1E000, 0x1F200),
                        IntStream.range(0x2F7F0, 0x2FA20),
                        IntStream.range(0xE0000, 0xE1010))
                .flatMap(IntStream::boxed);
    }

    /** Each alone, with marks around, and in a domain; then random strings of the difficult ones. */
    private static Stream<String> texts() {
        Stream<String> all = letters()
                .map(Character::toString)
                .flatMap(letter -> Stream.of(
                        "x" + letter + "x",
                        letter + "\u0345\u0301x",
                        "x" + letter + "\u0323\u0307\u0345",
                        "x@x" + letter + "x.example"));
        Random random = new Random(7);
        String difficult =
                "aAßẞİIıiΣσςͅιΙᾳᾼ\u0345\u0301\u0323\u0307\u0308\u030CjǰΐŉᏠꭰﬁK\u212AÅ\u2F868가\u1100\u1161.\u3002．-@xn@@\u200D\u0BCDא1";
        int[] points = difficult.codePoints().toArray();
        return Stream.concat(
                all,
                Stream.generate(() -> random.ints(1 + random.nextInt(9), 0, points.length)
                                .map(i -> points[i])
                                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                                .toString())
                        .limit(50_000)
                        .map(String::strip));
    }

    /** The definition in its simplest words, without domains. */
    private static String plainlyFolded(String text) {
        Normalizer2 nfc = Normalizer2.getNFCInstance();
        return text.indexOf('@') >= 0 ? text : nfc.normalize(UCharacter.foldCase(nfc.normalize(text), true));
    }

    @Test
    void every_release_of_the_library_and_every_jdk_fold_alike() {
        Hasher hasher = Hashing.sha256().newHasher();
        letters()
                .map(Character::toString)
                .forEach(letter -> hasher.putString(fold("x" + letter + "x"), StandardCharsets.UTF_8)
                        .putString(fold("x@x" + letter + "x"), StandardCharsets.UTF_8)
                        .putBoolean(Identifier.username("x" + letter + "x").isPresent()));
        // Stored forms depend on it: if this differs, users must be folded anew.
        assertThat(hasher.hash()).hasToString("76e06a70de18089d0911ad83f77a1ba1f4aaeca97253b9f6fc6090f15032b8f2");
    }

    @Test
    void upper_and_lower_case_of_every_letter_fold_alike() {
        assertThat(IntStream.rangeClosed(0x80, Character.MAX_CODE_POINT)
                        .filter(Character::isLetter)
                        .filter(codePoint -> codePoint != 'ı')
                        .filter(codePoint -> {
                            String letter = Character.toString(codePoint);
                            String folded = fold(letter);
                            return !fold(letter.toUpperCase(Locale.ROOT)).equals(folded)
                                    || !fold(letter.toLowerCase(Locale.ROOT)).equals(folded);
                        }))
                .isEmpty();
    }

    private static String fold(String text) {
        return Identifier.typed(text).folded();
    }
}
