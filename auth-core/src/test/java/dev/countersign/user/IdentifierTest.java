package dev.countersign.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierTest {

    private final Locale locale = Locale.getDefault();

    @AfterEach
    void restore_the_locale() {
        Locale.setDefault(locale);
    }

    @ParameterizedTest
    @CsvSource({
        "han@example.com,HAN@Example.COM",
        "straße,STRASSE",
        "straße,STRAẞE",
        "όσος,ΌΣΟΣ",
        "όσοσ,όσος",
        "é,É",
        "e\u0301,É",
        "Å,Å",
        "ﬁ,FI",
        "ŉ,ʼN",
        "ǅ,ǆ",
        "𐐨,𐐀",
        "İ,i\u0307"
    })
    void case_and_composition_do_not_matter(String one, String other) {
        assertThat(Identifier.typed(one)).isEqualTo(Identifier.typed(other)).hasSameHashCodeAs(Identifier.typed(other));
        assertThat(Identifier.typed(one).folded())
                .isEqualTo(Identifier.typed(other).folded());
    }

    @ParameterizedTest
    @CsvSource({"e,é", "ı,i", "ı,I", "İ,I", "İ,i", "o,ö", "a b,ab", "а,a", "1,１"})
    void other_letters_are_other_letters(String one, String other) {
        assertThat(Identifier.typed(one)).isNotEqualTo(Identifier.typed(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr", "az", "lt", "el", "de", "en"})
    void no_locale_changes_anything(String language) {
        Locale.setDefault(Locale.forLanguageTag(language));
        assertThat(Identifier.typed("TITANIC@EXAMPLE.COM").folded()).isEqualTo("titanic@example.com");
        assertThat(Identifier.typed("İI").folded()).isEqualTo("i\u0307i");
        assertThat(Identifier.typed("ΟΣ").folded()).isEqualTo("οσ");
    }

    @Test
    void folding_folded_text_changes_nothing() {
        assertThat(IntStream.rangeClosed(0x20, Character.MAX_CODE_POINT)
                        .filter(Character::isDefined)
                        .filter(codePoint -> Character.getType(codePoint) != Character.SURROGATE)
                        .filter(codePoint -> {
                            String once = fold("x" + Character.toString(codePoint) + "x");
                            return !fold(once).equals(once);
                        }))
                .isEmpty();
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

    @Test
    void what_was_typed_is_kept() {
        assertThat(Identifier.email("Han.Solo@Example.COM").orElseThrow().text())
                .isEqualTo("Han.Solo@Example.COM");
        assertThat(Identifier.username("Ĥan").orElseThrow()).hasToString("Ĥan");
    }

    @Test
    void white_space_around_what_is_looked_up_is_dropped() {
        assertThat(Identifier.typed(" han@example.com\n"))
                .isEqualTo(Identifier.email("han@example.com").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\0", "a\0b", "\uD800", "a\nb"})
    void what_cannot_be_stored_is_folded_to_nothing(String text) {
        assertThat(Identifier.typed(text).folded()).isEmpty();
    }

    @Test
    void what_is_too_long_is_folded_to_nothing() {
        assertThat(Identifier.typed("x".repeat(1_000_000)).folded()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b",
                "han.solo+tag@example.com",
                "\"quoted\"@example.com",
                "ünïcode@exämple.com",
                "🐎@example.com"
            })
    void addresses_are_taken(String text) {
        assertThat(Identifier.email(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "a@",
                "@b",
                "ab",
                "a@b@c",
                "a b@c",
                " a@b",
                "a@b ",
                "a@b\n",
                "a\0@b",
                "a@b,c@d",
                "<a@b>",
                "a\tb@c",
                "a\u00A0b@c",
                "a\u2003b@c",
                "a\u3000b@c",
                "a\u0085b@c",
                "\uD800@b"
            })
    void what_is_no_address_is_refused(String text) {
        assertThat(Identifier.email(text)).isEmpty();
    }

    @Test
    void length_is_counted_in_code_points() {
        assertThat(Identifier.email("🐎".repeat(64) + "@" + "x".repeat(255))).isPresent();
        assertThat(Identifier.email("🐎".repeat(64) + "@" + "x".repeat(256))).isEmpty();
        assertThat(Identifier.username("🐎".repeat(320))).isPresent();
        assertThat(Identifier.username("🐎".repeat(321))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"han", "han solo", "123", "ß", "a@b"})
    void usernames_are_taken(String text) {
        assertThat(Identifier.username(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " han", "han ", "h\0n", "h\u007Fn", "h\u0085n", "han\n", "\uDC00"})
    void what_is_no_username_is_refused(String text) {
        assertThat(Identifier.username(text)).isEmpty();
    }

    @Test
    void a_number_is_the_same_username_and_shown_as_a_number() {
        Identifier number = Identifier.username(9_007_199_254_740_993L);
        assertThat(number).isEqualTo(Identifier.typed("9007199254740993"));
        assertThat(number.isNumber()).isTrue();
        assertThat(Identifier.typed("9007199254740993").isNumber()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "EMAIL,han,ByEmail",
        "EMAIL,han@x,ByEmail",
        "USERNAME,han@x,ByUsername",
        "EITHER,han@x,ByEmail",
        "EITHER,han,ByUsername"
    })
    void one_look_up_is_chosen(IdentifierKind kind, String typed, String key) {
        assertThat(kind.key(Identifier.typed(typed)).getClass().getSimpleName()).isEqualTo(key);
    }
}
